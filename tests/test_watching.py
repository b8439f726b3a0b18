"""`grade watch` in a terminal of its own: what is saved is graded, and nothing is left behind, however it is left."""

from __future__ import annotations

import contextlib
import os
import queue
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from world import NET_S, TIERS, Ends, linux, until

from grader import course as courses
from grader import places
from grader.commands.watch import _signals
from grader.kernel import processes
from grader.student.watching import Event

pytestmark = linux
EXERCISE = "ex12_iterators.py"
COURSE = courses.load()
ASKED = [each for each in COURSE.exercises["ex12_iterators"].checks.values() if not each.stretch]
ALL = "{0}/{0}".format(sum(COURSE.points(each) for each in ASKED))
IN_A_TERMINAL = """
import fcntl, os, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
os.execvp(sys.argv[1], sys.argv[1:])
"""
SHELL = '"$@"; echo AWAY; read; fg'  # as somebody who presses Ctrl-Z, looks at something, and comes back


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one stub in it, as a student begins."""
    made = tmp_path / "mine"
    made.mkdir()
    shutil.copy(places.EXERCISES / EXERCISE, made / EXERCISE)
    return made


class Terminal:
    """`grade watch` on a pseudo-terminal; `text` is all that it has shown so far, since it was last emptied."""

    def __init__(self, folder: Path, lang: str, *within: str) -> None:
        self.ours, theirs = os.openpty()
        watch = [sys.executable, "-m", "grader", "watch", str(folder), "--lang", lang, "--sandbox", TIERS[0]]
        size = {"TERM": "xterm-256color", "COLUMNS": "80", "LINES": "24"}
        self.process = subprocess.Popen(
            [sys.executable, "-c", IN_A_TERMINAL, *within, *watch],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env={**os.environ, **size, "HOME": str(folder.parent)},
            start_new_session=True,
        )
        os.close(theirs)
        os.set_blocking(self.ours, False)
        self.text = ""

    def has_shown(self, words: str) -> bool:
        """Whether `words` has been shown; takes in what there is."""
        with contextlib.suppress(OSError):  # nothing is there, or nobody is at the other end any more
            self.text += os.read(self.ours, 1 << 16).decode("utf-8", "replace")
        return words in self.text

    def press(self, key: str) -> None:
        """Presses `key`, unless so many were pressed already that no more are taken."""
        with contextlib.suppress(BlockingIOError):
            os.write(self.ours, key.encode())

    def shows_after(self, key: str, words: str) -> None:
        """Presses `key`, and waits for `words`."""
        self.text = ""
        self.press(key)
        until(lambda: self.has_shown(words))

    def takes_lines(self) -> bool:
        """Whether what is typed is seen, and comes line by line, as it is for a shell."""
        import termios

        wanted = termios.ICANON | termios.ECHO
        return bool(termios.tcgetattr(self.ours)[3] & wanted == wanted)

    def has_ended(self) -> bool:
        """Whether it has; takes in what there is, for which it may have to wait."""
        self.has_shown("")
        return self.process.poll() is not None


def save(folder: Path, text: str) -> None:
    """As many editors do it."""
    (folder / "new").write_text(text)
    os.replace(folder / "new", folder / EXERCISE)


def test_what_is_saved_is_graded_and_q_leaves_nothing(folder: Path) -> None:
    terminal = Terminal(folder, "en")
    until(lambda: terminal.has_shown("quit"))
    save(folder, (places.SOLUTIONS / EXERCISE).read_text())
    until(lambda: terminal.has_shown(ALL))
    left = Ends(processes.below(terminal.process.pid))
    until(lambda: terminal.press("q") or terminal.has_ended())
    left.await_all()
    assert terminal.process.returncode == 0
    assert terminal.takes_lines()


def test_a_signal_that_does_not_wake_the_main_thread_is_heard_all_the_same() -> None:
    events: queue.SimpleQueue[Event] = queue.SimpleQueue()
    main = threading.get_native_id()

    def elsewhere() -> None:
        until(lambda: processes.stat(os.getpid(), main).state == "S")
        signal.pthread_kill(threading.get_ident(), signal.SIGWINCH)  # here, so that the main thread sleeps on

    with _signals(events.put):
        other = threading.Thread(target=elsewhere)
        other.start()
        heard = {events.get(timeout=NET_S).kind, events.get(timeout=NET_S).kind}
        other.join()
    assert heard == {"woken", "resized"}


@pytest.mark.thorough
def test_ctrl_z_gives_the_terminal_back_and_ctrl_c_ends_what_runs(folder: Path) -> None:
    terminal = Terminal(folder, "zh", "bash", "-mc", SHELL, "bash")
    until(lambda: terminal.has_shown("退出"))
    terminal.shows_after("\x1a", "AWAY")
    assert terminal.takes_lines()
    terminal.shows_after("\n", "退出")
    until(lambda: not terminal.takes_lines())
    terminal.shows_after("l", "得分")
    save(folder, "while True:\n    pass\n")
    until(lambda: terminal.has_shown("正在评判"))
    save(folder, (places.SOLUTIONS / EXERCISE).read_text())  # calls that off
    until(lambda: terminal.has_shown(ALL))
    save(folder, "while True:\n    pass\n")
    terminal.text = ""
    until(lambda: terminal.has_shown("正在评判"))
    left = Ends(processes.below(terminal.process.pid))
    until(lambda: terminal.press("\x03") or terminal.has_ended())
    left.await_all()
    assert terminal.takes_lines()
    assert not [name for name in os.listdir(folder) if name not in (EXERCISE, "__pycache__")]
