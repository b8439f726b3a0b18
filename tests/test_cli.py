"""The command as a user meets it: its exit status, its sentences, its languages, and how it ends when it is ended."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import small_course
from rich.cells import cell_len
from world import Ends, Said, linux, nothing_left, until, written

from grader import __version__, options
from grader.grading import judging, run, twins
from grader.grading.orders import Order
from grader.kernel import processes
from grader.options import Lang
from grader.result import CheckResult, ExerciseResult, Result, State, Verdict, from_json
from grader.walls.tiers import NoWall

pytestmark = pytest.mark.frontend
EX12 = "ex12_iterators"
SMALL = small_course.EXERCISE
WRONG = small_course.SOLUTION.replace(small_course.DOUBLE, "    return None")
POLLS = small_course.SOLUTION.replace(small_course.DOUBLE, "    import time\n    while True:\n        time.sleep(0.01)")
COMMAND = [sys.executable, "-m", "grader"]


@pytest.fixture
def orders(monkeypatch: pytest.MonkeyPatch) -> list[Order]:
    """What would have been graded: nothing is."""
    taken: list[Order] = []

    def take(order: Order, *_: object) -> Result:
        taken.append(order)
        return result_of(CheckResult(id="check_x", function="take", section="7.15", verdict=Verdict.PASSED))

    monkeypatch.setattr(twins, "grade", take)
    monkeypatch.setattr(judging, "started", contextlib.nullcontext)
    monkeypatch.setattr(run, "brief", lambda *_: None)
    return taken


def result_of(*checks: CheckResult, complete: bool = True) -> Result:
    exercise = ExerciseResult(id=EX12, state=State.GRADED, checks=list(checks))
    return Result(
        course="c", kit="1", python="3", start_method="fork", submission="s", sandbox="none", complete=complete,
        exercises=[exercise],
    )  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return written(tmp_path / "handed in", {f"{EX12}.py": ""})


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course of one exercise with four checks: quick to grade."""
    return small_course.make(tmp_path_factory.mktemp("course"))


# --- exit statuses


@linux
def test_all_right_is_0(grade: Any, course: Path) -> None:
    said = grade("run", course / "solutions", "--course", course)
    assert (said.status, said.err) == (0, "")
    assert "Score: 3 of 3 points, 100 %" in said.out


@linux
def test_something_wrong_is_1_and_says_what(grade: Any, course: Path, tmp_path: Path) -> None:
    folder = written(tmp_path / "s", {f"{SMALL}.py": WRONG})
    said = grade("run", folder, "--course", course, "--json", tmp_path / "r.json", "--html", tmp_path / "r.html")
    assert (said.status, said.err) == (1, "")
    assert "Expected: " in said.out
    assert "Hint: " in said.out
    assert from_json((tmp_path / "r.json").read_bytes()).complete
    assert b"<html" in (tmp_path / "r.html").read_bytes()


MISUSES: dict[str, tuple[list[str], str]] = {
    "path that is not there": (["run", "nowhere"], "nowhere is not there"),
    "path without command": (["./nowhere"], "nowhere is not there"),
    "file": (["run", f"handed in/{EX12}.py"], "is a file: give the folder it lies in, and choose with --exercise"),
    "folder without exercises": (["run", "empty"], "no exercise file is in empty"),
    "no command": (["handed"], "No such command 'handed'."),
    "mistyped command": (["rnu", "handed in"], r"Did you mean:? .*\brun\b"),
    "mistyped report": (["reprot"], r"Did you mean:? .*\breport\b"),
    "unknown option": (["run", "handed in", "--speed"], "No such option: --speed"),
    "mistyped option": (["run", "handed in", "--exercize", "ex12"], "--exercise"),
    "no value": (["run", "handed in", "--json"], "requires an argument"),
    "too many": (["run", "handed in", "empty"], "extra argument"),
    "no such exercise": (["run", "handed in", "--exercise", "ex99"], "there is no exercise ex99."),
    "exercise for a folder": (["run", "ex12"], "ex12 is not there. Did you mean --exercise ex12"),
    "file for a folder": (["run", f"{EX12}.py", "--lang", "zh"], f"--exercise {EX12}.py"),
    "mistyped exercise": (["run", "handed in", "--exercise", "ex12_iterator"], f"Did you mean {EX12}"),
    "no such language": (["run", "handed in", "--lang", "fr"], "fr"),
    "no such sandbox": (["run", "handed in", "--sandbox", "castle"], "castle"),
    "no such start method": (["run", "handed in", "--start-method", "thread"], "thread"),
    "too little memory": (["run", "handed in", "--memory", "1"], "64"),
    "no number": (["run", "handed in", "--processes", "many"], "'--processes'"),
    "json that is a folder": (["run", "handed in", "--json", "empty"], "empty is a folder: name a file"),
    "json in no folder": (["run", "handed in", "--json", "nowhere/r.json"], "nowhere is not there"),
    "json below a file": (["run", "handed in", "--json", "file/r.json"], "file is not there"),
    "html that is a folder": (["run", "handed in", "--html", "empty"], "empty is a folder: name a file"),
    "html in no folder": (["run", "handed in", "--html", "nowhere/r.html"], "nowhere is not there"),
    "report of nothing": (["report"], "Missing argument"),
    "report of no file": (["report", "nowhere.json"], "nowhere.json: No such file"),
    "report of a folder": (["report", "empty"], "empty.*summary.json"),
    "report of no result": (["report", "file"], "file is no result of grade"),
    "report to nowhere": (["report", "result.json", "-o", "nowhere/r.html"], "nowhere"),
}


@pytest.mark.parametrize(("arguments", "told"), MISUSES.values(), ids=MISUSES)
def test_wrong_use_is_2_and_a_sentence(
    grade: Any, orders: list[Order], folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    arguments: list[str], told: str,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    written(tmp_path, {"empty/notes.txt": "", "file": "x"})
    (tmp_path / "result.json").write_bytes(cli_json())
    said = grade(*arguments)
    assert (said.status, said.out) == (2, "")
    assert said.err.startswith("grade: ")
    assert re.search(told, said.err)
    assert len(said.err.splitlines()) == 1
    assert orders == []


def cli_json() -> bytes:
    from grader.result import to_json

    return to_json(result_of())


def test_wall_that_cannot_be_had_is_2(grade: Any, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def choose(wanted: str) -> str:
        raise NoWall("no sandbox can be had here")

    monkeypatch.setattr(run, "choose", choose)
    said = grade(folder)
    assert (said.status, said.err) == (2, "grade: no sandbox can be had here\n")


@linux
def test_judge_that_does_not_come_up_is_3(grade: Any, course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judging, "_pytest_arguments", lambda *which: ["--no-such-option"])
    said = grade("run", course / "solutions", "--course", course)
    assert said.status == 3
    assert "This result is not complete" in said.out


def test_error_of_ours_is_3_and_is_ours(grade: Any, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise RuntimeError("our own")

    monkeypatch.setattr(twins, "grade", fails)
    said = grade(folder)
    assert said.status == 3
    assert "RuntimeError: our own" in said.err
    assert said.err.splitlines()[-1].startswith("grade: this is a fault of grade itself")


STATUSES = [
    ([], 0),
    ([(Verdict.PASSED, False)], 0),
    ([(Verdict.PASSED, False), (Verdict.FAILED, True), (Verdict.STUCK, True)], 0),
    ([(Verdict.FAILED, False)], 1),
    ([(Verdict.STUCK, False)], 1),
    ([(Verdict.CRASHED, False)], 1),
    ([(Verdict.SKIPPED, False)], 1),
    ([(Verdict.BROKEN, False)], 3),
    ([(Verdict.FAILED, False), (Verdict.BROKEN, True)], 3),
]


@pytest.mark.parametrize(("found", "status"), STATUSES)
def test_status_is_the_worst_that_counts(found: list[tuple[Verdict, bool]], status: int) -> None:
    checks = [CheckResult(id="c", function="f", section="7.3", verdict=v, stretch=s) for v, s in found]
    assert options.status_of(result_of(*checks)) == status
    assert options.status_of(result_of(*checks, complete=False)) == 3


# --- what is graded


CHOICES = [
    (["ex12"], [EX12]),
    ([EX12], [EX12]),
    ([f"{EX12}.py"], [EX12]),
    ([f"/some/where/{EX12}.py"], [EX12]),
    (["ex12", EX12], [EX12]),
    (["ex12", "ex01"], ["ex01_first_process", EX12]),
]


@pytest.mark.parametrize(("wanted", "chosen"), CHOICES, ids=str)
def test_exercises_are_named_in_any_way(
    grade: Any, orders: list[Order], folder: Path, wanted: list[str], chosen: list[str]
) -> None:
    assert grade(folder, *(part for name in wanted for part in ("--exercise", name))).status == 0
    assert orders[0].exercises == chosen


def test_folder_is_this_one_or_the_one_that_is_named(
    grade: Any, orders: list[Order], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nested = written(folder.parent / "nested", {f"exercises/{EX12}.py": ""})
    monkeypatch.chdir(folder)
    for arguments in ([], ["run"], [folder], ["run", folder], ["--exercise", "ex12"], [nested], ["."]):
        assert grade(*arguments).status == 0
    assert [order.folder.resolve() for order in orders] == [folder] * 5 + [nested / "exercises", folder]


@pytest.mark.parametrize(("lang", "told"), [("en", "There is no"), ("zh", "没有")])
@pytest.mark.usefixtures("orders")
def test_a_file_that_may_be_meant_by_a_missing_one_is_named(grade: Any, folder: Path, lang: str, told: str) -> None:
    written(folder, {"ex11.py": "", "ex01_first_process.py.txt": ""})
    lines = grade("run", str(folder), "--lang", lang).out.splitlines()
    said = [line for line in lines if line.startswith(told)]
    assert ["ex01_first_process.py.txt" in said[0], "ex11.py" in said[1], len(said)] == [True, True, 2]


@pytest.mark.skipif(os.name != "posix", reason="kinds of files of POSIX")
@pytest.mark.parametrize(("lang", "told"), [("en", ("is a link", "is a folder", "no ordinary")),
                                            ("zh", ("是一个链接", "是一个文件夹", "不是普通的文件"))])  # fmt: skip
@pytest.mark.usefixtures("orders")
def test_what_has_the_name_and_is_no_file_is_called_what_it_is(
    grade: Any, folder: Path, lang: str, told: tuple[str, ...]
) -> None:
    (folder / "ex01_first_process.py").symlink_to("nowhere")
    (folder / "ex02_name_and_pid.py").mkdir()
    os.mkfifo(folder / "ex03_arguments_and_globals.py")
    lines = grade("run", str(folder), "--lang", lang).out.splitlines()
    said = [line for line in lines if line.startswith(("ex01_", "ex02_", "ex03_"))]
    assert [part in line for part, line in zip(told, said, strict=True)] == [True] * 3
    assert not any("not there" in line or "There is no" in line for line in lines)
    hints = [grade("hint", name, folder, "--lang", lang).err for name in ("ex01", "ex02", "ex03")]
    assert [part in hint for part, hint in zip(told, hints, strict=True)] == [True] * 3


def test_options_are_handed_on(grade: Any, orders: list[Order], folder: Path) -> None:
    grade(folder, "--start-method", "spawn", "--sandbox", "none", "--memory", 100, "--processes", 20, "--scratch", 5,
          "--output", 7)  # fmt: skip
    (order,) = orders
    limits = order.limits
    assert (order.start_method, order.tier, order.json) == ("spawn", "none", None)
    assert (limits.memory_mb, limits.total_memory_mb, limits.processes) == (100, 150, 20)
    assert (limits.scratch_mb, limits.output_bytes) == (5, 7 << 10)


# --- words


LANGUAGES: list[tuple[dict[str, str], str | None, str]] = [
    ({}, "zh", "zh"),
    ({}, "en", "en"),
    ({"GRADE_LANG": "zh"}, None, "zh"),
    ({"GRADE_LANG": "zh_CN.UTF-8"}, None, "zh"),
    ({"GRADE_LANG": "zh"}, "en", "en"),
    ({"GRADE_LANG": "en", "LANG": "zh_CN.UTF-8"}, None, "en"),
    ({"GRADE_LANG": "", "LANG": "zh_CN.UTF-8"}, None, "zh"),
    ({"LANG": "Chinese_China"}, None, "zh"),
    ({"LANG": "de_DE.UTF-8"}, None, "en"),
    ({"LANG": "C"}, None, "en"),
]


@pytest.mark.parametrize(("environment", "wanted", "language"), LANGUAGES, ids=str)
def test_language_is_the_one_that_is_asked_for(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], wanted: str | None, language: str
) -> None:
    for name in ("GRADE_LANG", "LANG", "LC_ALL", "LC_CTYPE"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("locale.getlocale", lambda: (None, None))
    assert options.language(Lang(wanted) if wanted else None) == language


@linux
def test_chinese_folder_is_graded_and_told_in_chinese(grade: Any, course: Path, tmp_path: Path) -> None:
    folder = written(tmp_path / "小明 的「作业」", {f"{SMALL}.py": WRONG})
    said = grade(folder, "--course", course, "--lang", "zh", "--json", tmp_path / "结果.json")
    assert said.status == 1
    assert re.search("得分.*分", said.out)
    assert "Expected" not in said.out
    assert from_json((tmp_path / "结果.json").read_bytes()).submission == "小明 的「作业」"


def test_report_is_made_of_a_result(grade: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "结果.json").write_bytes(cli_json())
    assert grade("report", "结果.json") == Said(0, "Written: report.html\n", "")
    assert grade("report", "结果.json", "-o", "页.html", "--lang", "zh") == Said(0, "已写入：页.html\n", "")
    assert grade("report", "结果.json", "-o", "/dev/null") == Said(0, "", "")
    assert b'lang="en"' in (tmp_path / "report.html").read_bytes()
    assert b'lang="zh' in (tmp_path / "页.html").read_bytes()


def test_schema_help_and_version(grade: Any) -> None:
    from grader.result import schema

    assert json.loads(grade("schema").out) == schema()
    assert grade("--version") == Said(0, f"grade {__version__}\n", "")
    for arguments in (["--help"], ["run", "--help"], ["report", "--help"]):
        said = grade(*arguments)
        assert (said.status, said.err) == (0, "")
        assert "grade" in said.out


# --- as a process of its own


def start(*arguments: object, **options: Any) -> subprocess.Popen[bytes]:
    return subprocess.Popen([*COMMAND, *map(str, arguments)], stdin=subprocess.DEVNULL, **options)


def test_module_is_the_command() -> None:
    done = subprocess.run([*COMMAND, "--version"], capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, f"grade {__version__}\n".encode(), b"")


@linux
def test_pipe_gets_plain_lines_and_a_terminal_80_columns(course: Path, tmp_path: Path) -> None:
    import fcntl
    import struct
    import termios

    folder = written(tmp_path / "s", {f"{SMALL}.py": WRONG})
    ours, theirs = os.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    environment = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "NO_COLOR")}
    arguments = (folder, "--course", course)
    with start(*arguments, stdout=theirs, stderr=theirs, env={**environment, "TERM": "xterm-256color"}) as shown:
        os.close(theirs)
        text = b""
        try:
            while data := os.read(ours, 1 << 16):
                text += data
        except OSError:  # the other end has been closed
            pass
    os.close(ours)
    lines = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b\]8;.*?\x1b\\", "", text.decode()).splitlines()
    assert shown.returncode == 1
    assert b"\x1b[" in text
    assert [line for line in lines if cell_len(line.rstrip()) > 80] == []
    piped = subprocess.run([*COMMAND, *map(str, arguments)], capture_output=True, check=False)
    assert (piped.returncode, piped.stderr) == (1, b"")
    assert b"\x1b" not in piped.stdout


@linux
def test_reader_that_goes_away_is_no_error_of_ours(course: Path, tmp_path: Path) -> None:
    with nothing_left():
        with start(course / "solutions", "--course", course, "--json", tmp_path / "r.json", stdout=subprocess.PIPE,
                   stderr=subprocess.PIPE, env={**os.environ, "TMPDIR": str(tmp_path)}) as grade:  # fmt: skip
            assert grade.stdout and grade.stderr
            grade.stdout.close()
            said = grade.stderr.read().decode()
        assert grade.returncode == 141
    assert said == ""
    assert len(from_json((tmp_path / "r.json").read_bytes()).verdicts()) > 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["r.json"]


@linux
@pytest.mark.parametrize("whom", ["the command", "all that run in the terminal"])
def test_interrupt_keeps_what_was_graded_and_leaves_nothing(course: Path, tmp_path: Path, whom: str) -> None:
    folder = written(tmp_path / "s", {f"{SMALL}.py": POLLS})
    with start(folder, "--course", course, "--json", tmp_path / "r.json", stdout=subprocess.DEVNULL,
               stderr=subprocess.PIPE, start_new_session=True,
               env={**os.environ, "TMPDIR": str(tmp_path)}) as grade:  # fmt: skip
        assert grade.stderr
        until((tmp_path / "r.json").exists)
        ends = Ends(processes.below(grade.pid))
        assert len(ends.pidfds) >= 3
        grade.send_signal(signal.SIGINT) if whom == "the command" else os.killpg(grade.pid, signal.SIGINT)
        said = grade.stderr.read().decode()
        assert (grade.wait(), said) == (130, "grade: stopped\n")
        assert [pid for pid in ends.pidfds.values() if processes.is_alive(pid)] == []
        ends.await_all()
    kept = from_json((tmp_path / "r.json").read_bytes())
    assert not kept.complete
    assert kept.verdicts()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["r.json", "s"]


@linux
def test_full_disk_is_said_in_a_sentence(folder: Path) -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run([*COMMAND, "schema"], stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 2
    assert done.stderr.decode().splitlines()[0] == "grade: it cannot be written: No space left on device"


@linux
def test_page_that_was_written_is_named(grade: Any, orders: list[Order], folder: Path, tmp_path: Path) -> None:
    asked = ("run", folder, "--exercise", "ex12", "--html", tmp_path / "p.html")
    assert grade(*asked).out.endswith(f"\nWritten: {tmp_path}/p.html\n")
    assert "Written" not in grade(*asked, "--quiet").out
    assert "Written" not in grade(*asked[:-1], "/dev/null").out


@linux
def test_full_disk_for_the_page_is_said_below_what_was_found(grade: Any, orders: list[Order], folder: Path) -> None:
    said = grade("run", folder, "--exercise", "ex12", "--html", "/dev/full")
    assert (said.status, said.err) == (2, "grade: /dev/full: No space left on device\n")
    assert "Score: " in said.out


@linux
def test_closed_output_is_no_error_of_ours() -> None:
    done = subprocess.run(["sh", "-c", f"'{sys.executable}' -m grader schema >&-"], capture_output=True, check=False)
    assert done.returncode in (0, 141)
    assert b"Traceback" not in done.stderr
