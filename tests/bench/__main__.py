"""`tox -e bench`: what grading costs beside the bare calls and beside naive pytest, in one run on one machine.

    bare     every naive test once, each in a fork of its own, and nothing else (bare.py)
    naive    the same tests in plain pytest, in one process: no walls, no witness, no fresh process
    grade    the command, from its start to its result
    warm     the same submission in a judge and a machine that are warm: what one more submission of a class costs

Rounds of all four follow each other, so that a change of the machine's mood meets them all; medians are printed. CPU is
that of all processes; memory is the sum of their proportional set sizes (PSS, proc_pid_smaps(5)) at its highest. The
checks and the naive tests make the same claims, one test for each check. `--exercise ex02` (repeatable) chooses.
A second table says how long a hang takes to its verdict (hangs.py); `--no-hangs` leaves it out.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.bench import hangs
from tests.bench.measure import Cost, measured, warm_cost

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
NAIVE = sorted((HERE / "naive").glob("test_*.py"))


def main() -> None:
    """Measures in rounds, and prints a table of medians."""
    parser = argparse.ArgumentParser(prog="bench")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--exercise", action="append", default=[], metavar="exNN")
    parser.add_argument("--no-hangs", action="store_true")
    parser.add_argument("--json", type=Path)
    wanted = parser.parse_args()
    files = [file for file in NAIVE if not wanted.exercise or file.stem.split("_")[1] in wanted.exercise]
    costs = measure(files, wanted.rounds)
    show(costs)
    if wanted.json:
        wanted.json.write_text(json.dumps({name: [vars(cost) for cost in each] for name, each in costs.items()}))
    if not wanted.no_hangs:
        print("\nSeconds until there is a verdict")
        hangs.show(rounds=1)  # where one of theirs never ends, each round takes long


def measure(files: list[Path], rounds: int) -> dict[str, list[Cost]]:
    """What each way costs, round by round."""
    exercises = [file.stem.removeprefix("test_") for file in files]
    ways: dict[str, Callable[[], Cost]] = {
        "bare": lambda: bare(files),
        "naive": lambda: naive(files),
        "grade": lambda: grade(exercises),
        "warm": lambda: warm_cost(exercises),
    }
    costs: dict[str, list[Cost]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            costs[name].append(way())
    return costs


def bare(files: list[Path]) -> Cost:
    """The bare calls; its own start does not count."""
    command = [sys.executable, str(HERE / "bare.py"), str(ROOT / "solutions"), *map(str, files)]
    said = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    assert not said["failed"], said["failed"]
    return Cost(said["wall_s"], said["cpu_s"], said["count"])


def naive(files: list[Path]) -> Cost:
    """Plain pytest, from its start to its end."""
    options = ["-q", "-p", "no:cacheprovider", "--rootdir", str(HERE), "-c", "/dev/null"]
    command = [sys.executable, "-B", "-m", "pytest", *options, *map(str, files)]
    return measured(command, count(files), {"PYTHONPATH": f"{ROOT / 'solutions'}:{HERE / 'naive'}"})


def grade(exercises: list[str]) -> Cost:
    """The command on the reference solutions, as a student runs it."""
    with tempfile.TemporaryDirectory() as folder:
        chosen = [part for name in exercises for part in ("--exercise", name)]
        result = Path(folder) / "result.json"
        command = [sys.executable, "-m", "grader", "run", str(ROOT / "solutions"), "--json", str(result), *chosen]
        cost = measured(command, 0, {})
        checks = [check for exercise in json.loads(result.read_bytes())["exercises"] for check in exercise["checks"]]
    assert all(check["verdict"] == "passed" for check in checks)
    return Cost(cost.wall_s, cost.cpu_s, len(checks), cost.memory_mb)


def count(files: list[Path]) -> int:
    """How many naive tests there are."""
    return sum(file.read_text().count("\ndef test_") for file in files)


def show(costs: dict[str, list[Cost]]) -> None:
    """The table, and the ratios of medians that matter."""
    print(f"{'':8}{'checks':>7}{'wall s':>9}{'CPU s':>9}{'wall ms/check':>15}{'CPU ms/check':>14}{'PSS MiB':>9}")
    for name, each in costs.items():
        wall, cpu, number = median(each, wall_s), median(each, cpu_s), each[0].count
        memory = max(cost.memory_mb for cost in each)
        print(f"{name:8}{number:7}{wall:9.3f}{cpu:9.3f}{wall / number * 1000:15.1f}{cpu / number * 1000:14.1f}", end="")
        print(f"{memory:9.0f}" if memory else f"{'-':>9}")
    for name in ("naive", "grade", "warm"):
        ratios = [median(costs[name], of) / median(costs["bare"], of) for of in (wall_s, cpu_s)]
        print(f"{name} / bare: {ratios[0]:.2f} of wall, {ratios[1]:.2f} of CPU")


def wall_s(cost: Cost) -> float:
    """Seconds by the clock."""
    return cost.wall_s


def cpu_s(cost: Cost) -> float:
    """Seconds of CPU."""
    return cost.cpu_s


def median(costs: list[Cost], of: Callable[[Cost], float]) -> float:
    """The middle one."""
    return statistics.median(map(of, costs))


if __name__ == "__main__":
    main()
