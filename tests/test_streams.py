"""The command as a process: pipes, terminals and disks that it writes to, and how it ends when it is ended."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest
import small_course
from asked import SMALL, WRONG, course, folder, orders
from rich.cells import cell_len
from world import Ends, linux, nothing_left, until, written

from grader import __version__
from grader.grading.orders import Order
from grader.kernel import processes
from grader.result import from_json

__all__ = ["course", "folder", "orders"]

pytestmark = pytest.mark.frontend

COMMAND = [sys.executable, "-m", "grader"]
POLLS = small_course.SOLUTION.replace(small_course.DOUBLE, "    import time\n    while True:\n        time.sleep(0.01)")


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
    said = f"the output, or a file in the temporary folder {tempfile.gettempdir()}, cannot be written"
    assert done.stderr.decode().splitlines()[0] == f"grade: {said}: No space left on device"


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
