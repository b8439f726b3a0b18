"""The entry point: which words have a judge started at once, and what becomes of it."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest

from grader import cli, places, start
from grader.grading import ahead
from grader.kernel import processes
from tests.world import NET_S, linux, nothing_left, until

pytestmark = pytest.mark.outside
DEAF = """
import os, signal, sys
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
os.execv(sys.executable, [sys.executable, "-m", "grader", *sys.argv[1:]])
"""


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[ahead.Judge]]:
    """The judges that were started."""
    judges: list[ahead.Judge] = []

    class Noted(ahead.Judge):
        def __init__(self, *args: object, **options: object) -> None:
            super().__init__(*args, **options)  # type: ignore[call-overload]
            judges.append(self)

    monkeypatch.setattr(ahead, "Judge", Noted)
    before = signal.getsignal(signal.SIGTERM)
    yield judges
    signal.signal(signal.SIGTERM, before)


def status(monkeypatch: pytest.MonkeyPatch, *arguments: object) -> int:
    """The exit status of `grade` with these arguments, run in this process."""
    monkeypatch.setattr(sys, "argv", ["grade", *map(str, arguments)])
    with nothing_left(), pytest.raises(SystemExit) as ended:
        start.main()
    return int(str(ended.value.code))


@pytest.mark.parametrize(
    ("arguments", "will"),
    [
        ([], True),
        (["run"], True),
        (["run", "folder", "--exercise", "ex02"], True),
        (["."], True),
        (["some/folder"], True),
        (["--exercise", "ex02"], True),
        (["run", "--help"], False),
        (["-h"], False),
        (["--version"], False),
        (["watch"], False),
        (["batch", "some/folder"], False),
        (["tests"], False),
    ],
)
def test_words_that_ask_for_a_run(arguments: list[str], will: bool) -> None:
    assert start.will_grade(arguments) is will


def test_run_takes_over_the_judge_that_was_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, started: list[ahead.Judge], capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "ex01_first_process.py").write_text("def start_process(target):\n    pass\n")
    assert status(monkeypatch, "run", tmp_path, "--exercise", "ex01", "-q") == 1
    assert [(judge.has_begun, judge.returncode, judge.home.exists()) for judge in started] == [(True, 0, False)]


def test_judge_that_nobody_wants_is_ended(
    monkeypatch: pytest.MonkeyPatch, started: list[ahead.Judge], capfd: pytest.CaptureFixture[str]
) -> None:
    assert status(monkeypatch, "run", "--no-such-option") == 2
    assert [(judge.has_begun, judge.returncode, judge.home.exists()) for judge in started] == [
        (False, -signal.SIGKILL, False)
    ]


def test_ctrl_c_before_there_is_a_sentence_for_it(monkeypatch: pytest.MonkeyPatch, started: list[ahead.Judge]) -> None:
    def interrupted(judge: ahead.Judge) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "main", interrupted)
    assert status(monkeypatch, "run") == 130
    assert [judge.home.exists() for judge in started] == [False]


def test_ctrl_c_at_its_first_step(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(start, "_hear_of_ends", interrupted)
    assert status(monkeypatch, "--version") == 130


def test_its_first_steps_take_no_longer_than_they_must() -> None:
    """Until main runs, Ctrl-C shows Python's own traceback."""
    program = "import sys; sys.path.append(sys.argv[1]); import grader.start; print(*sys.modules)"
    words = [sys.executable, "-I", "-S", "-c", program, str(places.PACKAGE.parent)]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    assert {"typing", "contextlib"} & set(done.stdout.split()) == set()


@linux
def test_status_is_the_same_where_python_is_to_go_on_after_its_end() -> None:
    words = [sys.executable, "-m", "grader", "list", "no/such/folder"]
    there = {**os.environ, "PYTHONINSPECT": "1"}
    done = subprocess.run(words, env=there, check=False, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    assert (done.returncode, done.stderr) == (2, "grade: no/such/folder is not there\n")


def test_judge_that_cannot_be_started_is_told_of_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, started: list[ahead.Judge], capfd: pytest.CaptureFixture[str]
) -> None:
    def full(**options: object) -> NoReturn:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "/tmp")

    monkeypatch.setattr(tempfile, "TemporaryDirectory", full)
    assert status(monkeypatch, "run", places.SOLUTIONS) == 2
    said = capfd.readouterr()
    assert (said.out, said.err.startswith("grade: "), "Traceback" in said.err) == ("", True, False)
    assert started == []


@linux
def test_whoever_starts_it_may_ignore_and_block_signals(tmp_path: Path) -> None:
    shutil.copy(places.SOLUTIONS / "ex11_iterables.py", tmp_path)
    words = ["run", str(tmp_path), "--exercise", "ex11", "--quiet"]
    done = subprocess.run([sys.executable, "-c", DEAF, *words], check=False, stdout=subprocess.DEVNULL, timeout=NET_S)
    assert done.returncode == 0


@linux
def test_nothing_is_left_where_the_terminal_is_closed(tmp_path: Path) -> None:
    """Its end is told to all at once: the judge has gone before it could clear up."""
    words = [sys.executable, "-m", "grader", "run", str(places.SOLUTIONS), "--quiet"]
    there = {**os.environ, "TMPDIR": str(tmp_path)}
    with subprocess.Popen(words, env=there, start_new_session=True, stdout=subprocess.DEVNULL) as grade:
        until(lambda: any("grade_harness" in " ".join(processes.command(pid)) for pid in processes.below(grade.pid)))
        os.killpg(grade.pid, signal.SIGHUP)
    assert (grade.returncode, list(tmp_path.iterdir())) == (128 + signal.SIGHUP, [])


def test_command_that_needs_no_judge_starts_none(
    monkeypatch: pytest.MonkeyPatch, started: list[ahead.Judge], capfd: pytest.CaptureFixture[str]
) -> None:
    assert status(monkeypatch, "--version") == 0
    assert started == []


def test_it_is_sooner_than_all_that_the_command_imports() -> None:
    program = "import sys; import grader.start, grader.grading.ahead; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert {"typer", "rich", "msgspec", "pytest", "grader.cli"} & set(done.stdout.split()) == set()
