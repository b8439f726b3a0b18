"""A class graded: each has its true result, whoever is beside it; whatever ends a run, the next one goes on."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import tempfile
from pathlib import Path

import pytest
import small_course
from batched import FILE, KILLS, RIGHT, WRONG, all_told, batch, book_of, command, count, home, result_of, told
from downloads import encrypted, packed
from world import Ends, linux, until, written

from grader import course as courses
from grader import places
from grader.gradebook import EntryState
from grader.grading import ahead, run
from grader.grading.orders import Order
from grader.kernel import processes

__all__ = ["home"]

pytestmark = [linux, pytest.mark.frontend]

HANGS = small_course.SOLUTION.replace("process.join()", "process.join()\n    multiprocessing.Queue().get()")
CLASS = {
    f"ada/{FILE}": RIGHT, f"bob/exercises/{FILE}": WRONG, f"cy/{FILE}": HANGS, f"dee/{FILE}": KILLS,
    "eve.zip": packed({"../evil.py": "", FILE: RIGHT}), "fay.zip": packed({f"hw/{FILE}": RIGHT}),
    "gil/readme.txt": "nothing", f"hal/{FILE}": "def double(:\n", f"ivy/{FILE}": small_course.STUB, "notes.txt": "",
}  # fmt: skip
STATES = {name: EntryState.GRADED for name in ("ada", "bob", "cy", "dee", "fay", "hal", "ivy")}
STATES |= {"eve": EntryState.REFUSED, "gil": EntryState.REFUSED}


@pytest.fixture(scope="module")
def handed_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = written(tmp_path_factory.mktemp("in") / "class", CLASS)
    encrypted(folder / "jo.zip")
    return folder


@pytest.fixture(scope="module")
def graded(home: Path, handed_in: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The class, graded undisturbed with one job."""
    out = tmp_path_factory.mktemp("out") / "out"
    done = batch(home, handed_in, "-o", out, "--jobs", "1")
    assert done.returncode == 0, done.stdout + done.stderr
    return out


def test_each_has_its_state(graded: Path) -> None:
    assert {each.id: each.state for each in book_of(graded).entries} == {**STATES, "jo": EntryState.REFUSED}
    reasons = {each.id: each.reason for each in book_of(graded).entries if each.state is EntryState.REFUSED}
    assert (
        "leaves its folder" in reasons["eve"] and "no exercise file" in reasons["gil"] and "encrypted" in reasons["jo"]
    )
    assert [line.rpartition("/")[2].partition(":")[0] for line in book_of(graded).not_understood] == ["notes.txt"]


def test_each_has_the_result_that_it_has_alone(graded: Path, handed_in: Path, home: Path) -> None:
    course = courses.load(home / "course.toml")
    for name in ("ada", "bob", "cy", "dee", "hal", "ivy"):
        folder = run.find_folder(handed_in / name, course)
        order = Order(folder, [small_course.EXERCISE], places.home(home), name=name)
        assert told(run.grade(order, course)) == told(result_of(graded, name))


def test_nothing_is_left_beside_what_is_promised(graded: Path) -> None:
    assert set(os.listdir(graded)) == {"submissions", "summary.json", ".lock", "index.html", "gradebook.csv"}
    assert sorted(os.listdir(graded / "submissions" / "ada")) == ["files", "report.html", "result.json"]
    assert (graded / "submissions" / "ada" / "files" / FILE).read_text() == RIGHT


def test_results_do_not_depend_on_the_number_of_jobs(graded: Path, home: Path, handed_in: Path, tmp_path: Path) -> None:
    batch(home, handed_in, "-o", tmp_path / "out", "--jobs", "8")
    assert all_told(tmp_path / "out") == all_told(graded)


def test_the_same_command_grades_nothing_again(graded: Path, home: Path, handed_in: Path) -> None:
    before = {each.id: each.graded_at for each in book_of(graded).entries}
    stamps = {path: path.stat().st_mtime_ns for path in (graded / "submissions").rglob("*")}
    done = batch(home, handed_in, "-o", graded)
    assert "(0 graded now" in done.stdout
    assert {each.id: each.graded_at for each in book_of(graded).entries} == before
    assert {path: path.stat().st_mtime_ns for path in (graded / "submissions").rglob("*")} == stamps


def test_summary_is_valid_json_for_others(graded: Path) -> None:
    told = json.loads((graded / "summary.json").read_bytes())
    assert (told["schema"], len(told["entries"])) == (1, len(STATES) + 1)


def begun(home: Path, source: Path, out: Path, temporary: str | None = None) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command(home, source, "-o", out, "--jobs", "2"),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "TMPDIR": temporary} if temporary else None,
    )


def test_ctrl_c_says_that_the_same_command_goes_on(home: Path, handed_in: Path, tmp_path: Path) -> None:
    with subprocess.Popen(command(home, handed_in, "-o", tmp_path / "out"), stderr=subprocess.PIPE, text=True) as run:
        until(lambda: count(tmp_path / "out") >= 1)
        run.send_signal(signal.SIGINT)
        assert run.communicate()[1].strip() == "grade: stopped: the same command goes on where it was"


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
def test_run_that_is_ended_goes_on(
    graded: Path, home: Path, handed_in: Path, tmp_path: Path, number: signal.Signals
) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        process = begun(home, handed_in, tmp_path / "out", temporary)
        until(lambda: count(tmp_path / "out") >= 2)
        left = Ends(processes.below(process.pid))
        process.send_signal(number)
        process.wait()
        left.await_all()
        until(lambda: os.listdir(temporary) == [])  # who began after we looked ends a little later
    assert batch(home, handed_in, "-o", tmp_path / "out").returncode == 0
    assert all_told(tmp_path / "out") == all_told(graded)


@pytest.mark.thorough
@pytest.mark.parametrize("trial", range(20))
def test_run_that_is_killed_at_any_moment_goes_on(
    graded: Path, home: Path, handed_in: Path, tmp_path: Path, trial: int
) -> None:
    out, moment = tmp_path / "out", random.Random(trial).randrange(9)
    process = begun(home, handed_in, out)
    until(lambda: count(out) >= moment or process.poll() is not None)
    left = Ends(processes.below(process.pid))
    process.kill()
    process.wait()
    left.await_all()
    assert batch(home, handed_in, "-o", out).returncode == 0
    assert all_told(out) == all_told(graded)


def test_run_that_has_no_room_says_so_and_goes_on(graded: Path, home: Path, handed_in: Path, tmp_path: Path) -> None:
    """A limit on the size of files in the place of a disk that is full: no page fits."""
    limited = ["bash", "-c", 'ulimit -Sf 16 && exec "$@"', "bash", *command(home, handed_in, "-o", tmp_path / "out")]
    done = subprocess.run(limited, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1), done.stderr
    assert f"{tmp_path / 'out'}/submissions/" in done.stderr
    assert batch(home, handed_in, "-o", tmp_path / "out").returncode == 0
    assert all_told(tmp_path / "out") == all_told(graded)


def test_judge_that_is_killed_is_replaced(graded: Path, home: Path, handed_in: Path, tmp_path: Path) -> None:
    process = begun(home, handed_in, tmp_path / "out")
    until(lambda: count(tmp_path / "out") >= 1)
    judges = [pid for pid in processes.below(process.pid) if ahead.WAIT in processes.command(pid)]
    os.kill(judges[-1], signal.SIGKILL)
    process.wait()
    assert all_told(tmp_path / "out") == all_told(graded)


def test_second_run_in_the_same_folder_is_refused(home: Path, handed_in: Path, tmp_path: Path) -> None:
    process = begun(home, handed_in, tmp_path / "out")
    until(lambda: (tmp_path / "out").is_dir() and count(tmp_path / "out") >= 1)
    process.send_signal(signal.SIGSTOP)  # or it may be done before the other one begins
    done = batch(home, handed_in, "-o", tmp_path / "out")
    process.send_signal(signal.SIGCONT)
    process.terminate()
    process.wait()
    assert (done.returncode, "at work" in done.stderr) == (2, True)


def test_folder_with_other_things_is_not_written_to(home: Path, handed_in: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("")
    assert batch(home, handed_in, "-o", tmp_path).returncode == 2
    assert os.listdir(tmp_path) == ["mine"]
