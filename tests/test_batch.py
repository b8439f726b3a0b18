"""A class graded: each has its true result, whoever is beside it; whatever ends a run, the next one goes on."""

from __future__ import annotations

import contextlib
import errno
import io
import json
import os
import random
import re
import signal
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Any

import pytest
import small_course
from classes import book, entry
from downloads import encrypted, packed, tarred
from rich.console import Console
from world import Ends, linux, until, written

from grader import course as courses
from grader import gradebook, places
from grader.classes import batch as batches
from grader.classes import roll
from grader.classes.classwork import Settings, Task
from grader.classes.headway import Headway
from grader.gradebook import EntryState, Gradebook
from grader.grading import judging, run
from grader.grading.orders import Order
from grader.intake import snapshot
from grader.intake.downloads import HandedIn
from grader.intake.snapshot import Snapshot
from grader.kernel import processes
from grader.misuse import Misuse
from grader.result import ExerciseResult, Result, State, from_json

pytestmark = [linux, pytest.mark.frontend]

FILE = f"{small_course.EXERCISE}.py"
RIGHT, WRONG = small_course.SOLUTION, small_course.SOLUTION.replace(small_course.DOUBLE, "    return number")
HANGS = small_course.SOLUTION.replace("process.join()", "process.join()\n    multiprocessing.Queue().get()")
KILLS = "import os\n\n\ndef double(number):\n    os.kill(0, 9)\n\n\ndef run(target):\n    os.kill(-1, 9)\n"
CLASS = {
    f"ada/{FILE}": RIGHT, f"bob/exercises/{FILE}": WRONG, f"cy/{FILE}": HANGS, f"dee/{FILE}": KILLS,
    "eve.zip": packed({"../evil.py": "", FILE: RIGHT}), "fay.zip": packed({f"hw/{FILE}": RIGHT}),
    "gil/readme.txt": "nothing", f"hal/{FILE}": "def double(:\n", f"ivy/{FILE}": small_course.STUB, "notes.txt": "",
}  # fmt: skip
STATES = {name: EntryState.GRADED for name in ("ada", "bob", "cy", "dee", "fay", "hal", "ivy")}
STATES |= {"eve": EntryState.REFUSED, "gil": EntryState.REFUSED}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_course.make(tmp_path_factory.mktemp("course"))


@pytest.fixture(scope="module")
def handed_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = written(tmp_path_factory.mktemp("in") / "class", CLASS)
    encrypted(folder / "jo.zip")
    return folder


def command(home: Path, *arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "grader", "batch", *map(str, arguments), "--course", str(home)]


def batch(home: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command(home, *arguments), capture_output=True, text=True, check=False)


def book_of(out: Path) -> Gradebook:
    return gradebook.from_json((out / gradebook.SUMMARY).read_bytes())


def result_of(out: Path, name: str) -> Result:
    return from_json((out / "submissions" / name / "result.json").read_bytes())


def told(result: Result) -> Any:
    """What of a result does not differ from one grading to the next."""
    checks = [
        (exercise.id, exercise.state, exercise.error, check.id, check.verdict, check.points, check.cause, check.hang)
        for exercise in result.exercises
        for check in exercise.checks
    ]
    return result.submission, result.complete, result.score, result.max_score, result.stretch, checks


def all_told(out: Path) -> Any:
    """What does not differ of a whole class."""
    book = book_of(out)
    entries = [
        (each.id, each.state, each.reason, each.notes, each.score, each.verdicts, each.key) for each in book.entries
    ]
    results = {each.id: told(result_of(out, each.id)) for each in book.entries if each.result}
    files = sorted(str(path.relative_to(out)) for path in out.rglob("*"))
    return entries, book.not_understood, results, files


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


def test_what_has_changed_is_graded_again(home: Path, tmp_path: Path) -> None:
    source = written(tmp_path / "class", {f"ada/{FILE}": RIGHT, f"bob/{FILE}": WRONG})
    batch(home, source, "-o", tmp_path / "out")
    written(source, {f"bob/{FILE}": RIGHT})
    done = batch(home, source, "-o", tmp_path / "out")
    assert "(1 graded now" in done.stdout
    assert result_of(tmp_path / "out", "bob").score == result_of(tmp_path / "out", "ada").score
    assert "(2 graded now" in batch(home, source, "-o", tmp_path / "out", "--force").stdout
    assert "(1 graded now" in batch(home, source, "-o", tmp_path / "out", "--force", "--only", "ada").stdout
    assert {each.state for each in book_of(tmp_path / "out").entries} == {EntryState.GRADED}
    assert "(2 graded now" in batch(home, source, "-o", tmp_path / "out", "--memory", "512").stdout


def test_time_of_submission_is_kept(home: Path, tmp_path: Path) -> None:
    files = {f"hw1-{name}/{path}": RIGHT for name in ("ada", "bob") for path in (FILE, ".git/HEAD")}
    source = written(tmp_path / "hw1-submissions", {**files, "g.csv": "username,datetime\nada,2026-01-05T10:20:30Z\n"})
    batch(home, source, "-o", tmp_path / "out")
    (source / "g.csv").unlink()
    batch(home, source, "-o", tmp_path / "out", "--force")
    ada = next(each for each in book_of(tmp_path / "out").entries if each.id == "ada")
    assert ada.submitted_at == "2026-01-05T10:20:30+00:00"
    assert ada.graded_at and ada.graded_at > ada.submitted_at


def test_names_that_are_no_text_end_no_run(home: Path, tmp_path: Path) -> None:
    source = written(tmp_path / "class", {f"ada/{FILE}": RIGHT})
    odd = Path(os.fsdecode(b"zo\xeb"))
    written(source, {str(odd / FILE): RIGHT, str(odd / odd): "", str(odd) + ".txt": ""})
    (source / odd / "link").symlink_to(odd)
    tarred(source / "tar.tar", [(tarfile.TarInfo(str(odd / FILE)), RIGHT.encode())], "w")
    done = batch(home, source, "-o", tmp_path / "out")
    book = book_of(tmp_path / "out")
    assert done.returncode == 0, done.stderr
    graded = [(each.id, each.name, each.score) for each in book.entries]
    assert graded == [("ada", "ada", 3), ("tar", "tar", 3), ("zo", r"zo\udceb", 3)]
    assert [r"zo\udceb.txt" in line for line in book.not_understood] == [True]


def test_roster_and_missing(home: Path, tmp_path: Path) -> None:
    source = written(tmp_path / "class", {f"ada/{FILE}": RIGHT})
    (tmp_path / "roster.csv").write_text("id,name,email\nada,Ada Lovelace,a@x.org\nzoe,Zoe,z@x.org\n")
    batch(home, source, "-o", tmp_path / "out", "--roster", tmp_path / "roster.csv")
    book = book_of(tmp_path / "out")
    assert [each.id for each in book.missing] == ["zoe"]
    assert result_of(tmp_path / "out", "ada").submission == "Ada Lovelace"


@pytest.mark.parametrize(
    "arguments",
    [["nowhere"], ["class", "--only", "adda"], ["class", "--name-regex", "("], ["class", "--roster", "none.csv"]],
)
def test_wrong_use(home: Path, tmp_path: Path, arguments: list[str]) -> None:
    written(tmp_path / "class", {f"ada/{FILE}": RIGHT})
    done = subprocess.run(
        command(home, *arguments, "-o", "out"), cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)


def test_folder_with_other_things_is_not_written_to(home: Path, handed_in: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("")
    assert batch(home, handed_in, "-o", tmp_path).returncode == 2
    assert os.listdir(tmp_path) == ["mine"]


def test_submission_over_its_budget_is_skipped_from_there_on(home: Path, tmp_path: Path) -> None:
    computes = RIGHT.replace(small_course.DOUBLE, "    while True:\n        number = 1")
    source = written(tmp_path / "class", {f"ada/{FILE}": computes})
    assert batch(home, source, "-o", tmp_path / "out", "--budget", "1").returncode == 0
    checks = result_of(tmp_path / "out", "ada").exercises[0].checks
    assert [check.because for check in checks][-1] == "budget"
    assert result_of(tmp_path / "out", "ada").max_score == 3
    told = f"before the last {sum(check.because == 'budget' for check in checks)} of its checks"
    assert told in book_of(tmp_path / "out").entries[0].notes[0]
    assert "had used up the time" in (tmp_path / "out" / "submissions" / "ada" / "report.html").read_text()
    assert told in (tmp_path / "out" / "index.html").read_text()


def test_judge_that_dies_is_replaced_and_then_broken(home: Path, tmp_path: Path) -> None:
    """A course whose own check ends its judge: our fault, and told as such."""
    at = small_course.make(
        tmp_path / "course",
        **{f"checks/{FILE}": small_course.CHECKS + "\n\nimport os\ndef check_run(submission):\n    os._exit(3)\n"},
    )
    source = written(tmp_path / "class", {f"ada/{FILE}": RIGHT, f"ivy/{FILE}": small_course.STUB})
    done = batch(at, source, "-o", tmp_path / "out")
    states = {each.id: each.state for each in book_of(tmp_path / "out").entries}
    assert (done.returncode, states) == (1, {"ada": EntryState.BROKEN, "ivy": EntryState.GRADED})
    assert "(0 graded now" in batch(at, source, "-o", tmp_path / "out").stdout
    assert "(1 graded now" in batch(at, source, "-o", tmp_path / "out", "--retry-broken").stdout


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


def count(out: Path) -> int:
    return len(list(out.glob("submissions/*/result.json")))


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


def test_results_may_lie_in_the_folder_of_the_class(home: Path, tmp_path: Path) -> None:
    source = written(tmp_path / "class", {f"ada/{FILE}": RIGHT, f"bob/{FILE}": WRONG})
    batch(home, source, "-o", source / "graded")
    done = batch(home, source, "-o", source / "graded", "--jobs", "1")
    assert "2 graded (0 graded now" in done.stdout, done.stdout + done.stderr
    assert [each.id for each in book_of(source / "graded").entries] == ["ada", "bob"]
    done = batch(home, *sorted(source.iterdir()), "-o", source / "graded")
    assert "2 graded (0 graded now" in done.stdout, done.stdout + done.stderr


def test_run_that_has_no_room_says_so_and_goes_on(graded: Path, home: Path, handed_in: Path, tmp_path: Path) -> None:
    """A limit on the size of files in the place of a disk that is full: no page fits."""
    limited = ["bash", "-c", 'ulimit -f 16 && exec "$@"', "bash", *command(home, handed_in, "-o", tmp_path / "out")]
    done = subprocess.run(limited, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1), done.stderr
    assert f"{tmp_path / 'out'}/submissions/" in done.stderr
    assert batch(home, handed_in, "-o", tmp_path / "out").returncode == 0
    assert all_told(tmp_path / "out") == all_told(graded)


class Passes:
    """A grader of which nothing is heard but that all passed."""

    threads = 1

    def grade(self, task: Task, folder: Path) -> Result:
        facts = {"course": "small", "kit": "1", "python": "3.12.1", "start_method": "fork", "sandbox": "none"}
        return Result(submission=task.name, key=task.key, complete=True, **facts)

    def interrupt(self) -> None:
        pass


def grade_here(home: Path, source: Path, out: Path, **asked: Any) -> dict[str, EntryState]:
    """The class, taken in by this process; what it says of it goes nowhere."""
    at = places.home(home)
    plan = batches.Plan([source], out, Settings(exercises=[small_course.EXERCISE]), at, **asked)
    with Headway(Console(file=io.StringIO()), quiet=True) as nobody:
        course = courses.load(at.course)
        book = batches.grade(plan, course, nobody, lambda _: b"", lambda _: contextlib.nullcontext(Passes()))
    return {each.id: each.state for each in book.entries}


@pytest.mark.parametrize("number", [errno.ENAMETOOLONG, errno.EEXIST, errno.EIO])
def test_what_fails_where_one_is_taken_in_is_broken_alone(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    take = snapshot.take

    def failing(handed: HandedIn, work: Path, exercises: list[str]) -> Snapshot:
        if handed.id == "bob":
            raise OSError(number, os.strerror(number), str(work / "submission"))
        return take(handed, work, exercises)

    monkeypatch.setattr(snapshot, "take", failing)
    source = written(tmp_path / "class", {f"{name}/{FILE}": RIGHT for name in ("ada", "bob", "cy")})
    states = grade_here(home, source, tmp_path / "out")
    assert states == {"ada": EntryState.GRADED, "bob": EntryState.BROKEN, "cy": EntryState.GRADED}


@pytest.mark.parametrize(
    ("number", "path"), [(errno.ENOSPC, None), (errno.ENOSPC, ".work/bob"), (errno.EACCES, "submissions/bob/x")]
)
def test_a_full_disk_and_a_result_that_cannot_be_written_end_the_run(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, path: str | None
) -> None:
    def failing(*_: object) -> None:
        raise OSError(number, os.strerror(number), path and str(tmp_path / "out" / path))

    monkeypatch.setattr(roll, "keep", failing)
    with pytest.raises(OSError, match=os.strerror(number)):
        grade_here(home, written(tmp_path / "class", {f"bob/{FILE}": RIGHT}), tmp_path / "out")


def test_one_alone_leaves_the_others_as_they_were(home: Path, tmp_path: Path) -> None:
    source, out = written(tmp_path / "class", {f"{name}/{FILE}": RIGHT for name in ("ada", "bob")}), tmp_path / "out"
    written(source, {"gil/readme.txt": "nothing", f"hal/copy/{FILE}": RIGHT, f"hal/{FILE}": RIGHT})
    grade_here(home, source, out)
    before = {each.id: each for each in book_of(out).entries}
    assert before["gil"].reason and before["hal"].notes
    grade_here(home, source, out, only=["ada"], force=True)
    assert {each.id: each for each in book_of(out).entries} | {"ada": before["ada"]} == before


def test_an_id_that_is_nobodys_leaves_all_as_it_was(home: Path, tmp_path: Path) -> None:
    source = written(tmp_path / "class", {f"ada/{FILE}": RIGHT})
    grade_here(home, source, tmp_path / "out")
    before = book_of(tmp_path / "out")
    with pytest.raises(Misuse, match="Did you mean ada"):
        grade_here(home, source, tmp_path / "out", only=["adda"])
    assert book_of(tmp_path / "out") == before


def test_checks_are_counted_of_all_that_are_counted() -> None:
    said = io.StringIO()
    with Headway(Console(file=said, width=200), quiet=False) as told:
        told.end(book(entry("ada", verdicts={"passed": 2}), entry("bob", verdicts={"passed": 1, "failed": 3})), "out")
    assert "2 graded" in said.getvalue() and "Checks: 3 failed, 3 passed." in said.getvalue()


def test_who_needs_a_look_is_named_at_the_end_in_the_order_of_the_gradebook() -> None:
    said = io.StringIO()
    refused = [entry(name, state=EntryState.REFUSED, reason="broken") for name in ("ada", "bob")]
    absent = [entry(f"m{n}", state=EntryState.MISSING) for n in range(6)]
    with Headway(Console(file=said, width=200), quiet=False) as told:
        told.begin([])
        for each in reversed(refused):
            told.done(each, False)
        told.end(book(*refused, *absent, entry("eve", on_roster=False)), "out")
    assert said.getvalue().splitlines()[:4] == [
        "! ada: refused: broken",
        "! bob: refused: broken",
        "? nothing handed in: m0, m1, m2, m3 and 2 more",
        "? not on the roster: eve",
    ]


def test_headway_is_told_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("grader.classes.headway.LINE_S", 0.01)
    said = io.StringIO()
    with Headway(Console(file=said, width=200), quiet=False) as told:
        told.begin([entry("ada"), entry("bob")])
        until(lambda: said.getvalue())
        told.at_work(["bob"])
        told.done(entry("ada", verdicts={"passed": 2}), True)
        until(lambda: "1 of 2" in said.getvalue())
    assert said.getvalue().startswith("0 of 2; at work: nobody\n")
    assert re.search(r"^1 of 2; \S+ a minute, .* left; 2 passed; at work: bob$", said.getvalue(), re.MULTILINE)


def test_results_of_other_exercises_are_told_before_they_are_replaced(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    class PassesOf(Passes):
        def grade(self, task: Task, folder: Path) -> Result:
            result = super().grade(task, folder)
            result.exercises = [ExerciseResult(id=name, state=State.GRADED) for name in task.settings.exercises]
            return result

    source, at = written(tmp_path / "class", {f"ada/{FILE}": RIGHT}), places.home(home)
    for exercises in (["ex01_double"], ["ex01_double"], ["ex02_other", "ex01_double"]):
        plan = batches.Plan([source], tmp_path / "out", Settings(exercises=exercises), at)
        with Headway(Console(width=200), quiet=False) as told:
            course = courses.load(at.course)
            batches.grade(plan, course, told, lambda _: b"", lambda _: contextlib.nullcontext(PassesOf()))
    replaced = "! the results that are there are of ex01_double: what is graded now takes their place"
    assert capsys.readouterr().out.splitlines() == [replaced]


def test_full_disk_says_that_the_same_command_goes_on(
    grade: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_: object) -> None:
        raise OSError(errno.ENOSPC, "full", "out/x")

    monkeypatch.setattr(batches, "grade", failing)
    said = grade("batch", tmp_path, "-o", tmp_path / "out")
    assert (said.status, said.err) == (
        2, "grade: out/x: No space left on device. Once there is room, the same command goes on where it was.\n",
    )  # fmt: skip


def test_judge_that_is_killed_is_replaced(graded: Path, home: Path, handed_in: Path, tmp_path: Path) -> None:
    process = begun(home, handed_in, tmp_path / "out")
    until(lambda: count(tmp_path / "out") >= 1)
    judges = [pid for pid in processes.below(process.pid) if judging.WAIT in processes.command(pid)]
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


def test_summary_is_valid_json_for_others(graded: Path) -> None:
    told = json.loads((graded / "summary.json").read_bytes())
    assert (told["schema"], len(told["entries"])) == (1, len(STATES) + 1)
