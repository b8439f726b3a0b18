"""`python -m tests.bench.crowd`: a class of twenty, 5 with a mistake and 3 that hang, beside naive pytest; and growth.

pytest runs once for each submission, as a teacher's script does it, with a limit for each test; one after the other,
and four at a time. One that has not ended long after is killed. Then classes of many sizes, in which every file is the
stub: nothing is judged, so what is left is what a submission costs beside its checks.
"""

from __future__ import annotations

import argparse
import concurrent.futures
import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.__main__ import HERE, NAIVE, ROOT
from tests.bench.measure import Cost, adopt, children_cpu_s

RIGHT = 12
WRONG = {  # exercise files of tests/submissions, in place of the solution's
    "ex03_arguments_and_globals": "wrong_args_leave_out_empty_lists",
    "ex07_queue_between_processes": "wrong_read_leaves_the_last",
    "ex08_pool": "wrong_at_once_gives_pairs",
}
HANGING = ("wrong_large_joins_the_writer_first", "wrong_read_waits_for_more", "wrong_transfer_small_queue")  # of ex07
LIMIT_S = 10  # for each naive test, as teachers set it
NEVER_S = 60  # then a run of pytest is killed


def main() -> None:
    """Reads what to measure, and prints it."""
    parser = argparse.ArgumentParser(prog="bench.crowd")
    parser.add_argument("--exercise", action="append", default=[], metavar="exNN", help="must have ex07 among them")
    parser.add_argument("--jobs", type=int, default=2 * (os.cpu_count() or 1))
    parser.add_argument("--sizes", type=lambda text: [int(part) for part in text.split(",")], default=[30, 300, 1000])
    parser.add_argument("--no-naive", action="store_true")
    wanted = parser.parse_args()
    files = [file for file in NAIVE if not wanted.exercise or file.stem.split("_")[1] in wanted.exercise]
    with tempfile.TemporaryDirectory() as folder:
        if not wanted.no_naive:
            beside_naive(Path(folder), files, wanted.jobs)
        growth(Path(folder), wanted.sizes)


def beside_naive(folder: Path, files: list[Path], jobs: int) -> None:
    """The class of twenty: three ways."""
    students = twenty(folder / "class", [file.stem.removeprefix("test_") for file in files])
    ours = batch(folder / "class", folder / "out", files, jobs)
    print(f"grade batch --jobs {jobs:2}  {ours.wall_s:7.1f} s wall  {ours.cpu_s:7.1f} s CPU", flush=True)
    for at_once in (4, 1):
        begun = time.monotonic()
        with concurrent.futures.ThreadPoolExecutor(at_once) as threads:
            killed = sum(threads.map(lambda student: naive(student, files), students))
        took_s = time.monotonic() - begun
        times = took_s / ours.wall_s
        print(
            f"pytest, {at_once} at a time  {took_s:7.1f} s wall: {times:.1f} times; {killed} had to be killed",
            flush=True,
        )


def twenty(folder: Path, exercises: list[str]) -> list[Path]:
    """The class, each a folder with the exercise files."""
    others = [(exercise, name) for exercise, name in WRONG.items() if exercise in exercises]
    faults = [others[number % len(others)] for number in range(5)]
    faults += [("ex07_queue_between_processes", name) for name in HANGING]
    students = []
    for number in range(RIGHT + len(faults)):
        students.append(folder / f"s{number:02}")
        students[-1].mkdir(parents=True)
        for exercise in exercises:
            shutil.copy(ROOT / "solutions" / f"{exercise}.py", students[-1])
        if number >= RIGHT:
            exercise, name = faults[number - RIGHT]
            shutil.copy(ROOT / "tests" / "submissions" / exercise / f"{name}.py", students[-1] / f"{exercise}.py")
    return students


def batch(folder: Path, out: Path, files: list[Path], jobs: int) -> Cost:
    """The command; each of the class has to have its result."""
    chosen = [part for file in files for part in ("--exercise", file.stem.removeprefix("test_"))]
    command = [sys.executable, "-m", "grader", "batch", str(folder), "-o", str(out), "--quiet", *chosen]
    adopt()
    before, begun = children_cpu_s(), time.monotonic()
    subprocess.run([*command, "--jobs", str(jobs)], check=True)
    wall_s, cpu_s = time.monotonic() - begun, children_cpu_s() - before
    entries = json.loads((out / "summary.json").read_bytes())["entries"]
    assert all(entry["state"] == "graded" for entry in entries)
    return Cost(wall_s, cpu_s, len(entries))


def naive(student: Path, files: list[Path]) -> int:
    """pytest once, on one submission; 1 where it had to be killed."""
    options = ["-q", "-p", "no:cacheprovider", "--rootdir", str(HERE), "-c", "/dev/null", f"--timeout={LIMIT_S}"]
    process = subprocess.Popen(
        [sys.executable, "-B", "-m", "pytest", *options, *map(str, files)],
        env={**os.environ, "PYTHONPATH": f"{student}:{HERE / 'naive'}"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    killed = 0
    try:
        process.wait(NEVER_S)
    except subprocess.TimeoutExpired:
        killed = 1
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)  # with all that it has left
    process.wait()
    return killed


def growth(folder: Path, sizes: list[int]) -> None:
    """What one submission costs beside its checks, in classes of each size; and a second run, that grades nothing."""
    file = next(file for file in NAIVE if "ex01" in file.stem)
    for size in sizes:
        class_, out = folder / f"class{size}", folder / f"out{size}"
        for number in range(size):
            (class_ / f"s{number:05}").mkdir(parents=True)
            shutil.copy(ROOT / "exercises" / f"{file.stem.removeprefix('test_')}.py", class_ / f"s{number:05}")
            (class_ / f"s{number:05}" / "name.txt").write_text(str(number))
        for name in ("graded", "again"):
            cost = batch(class_, out, [file], os.cpu_count() or 1)
            print(f"{size:6} {name:7} {cost.wall_s:7.1f} s wall {cost.cpu_s:7.1f} s CPU", end="")
            print(f"{cost.cpu_s / size * 1000:8.1f} ms CPU each", flush=True)


if __name__ == "__main__":
    main()
