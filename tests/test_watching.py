"""`grade watch` in a terminal of its own: what is saved is graded, and q ends it with nothing left running."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from world import TIERS, Ends, linux, until

from grader import places, processes

pytestmark = linux
EXERCISE = "ex12_iterators.py"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one stub in it, as a student begins."""
    made = tmp_path / "mine"
    made.mkdir()
    shutil.copy(places.EXERCISES / EXERCISE, made / EXERCISE)
    return made


class Terminal:
    """`grade watch` on a pseudo-terminal; `text` is all that it has shown so far."""

    def __init__(self, folder: Path) -> None:
        self.ours, theirs = os.openpty()
        command = [sys.executable, "-m", "grader", "watch", str(folder), "--lang", "en", "--sandbox", TIERS[0]]
        environment = {
            **os.environ,
            "TERM": "xterm-256color",
            "COLUMNS": "80",
            "LINES": "24",
            "HOME": str(folder.parent),
        }
        self.process = subprocess.Popen(
            command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment, start_new_session=True
        )
        os.close(theirs)
        os.set_blocking(self.ours, False)
        self.text = ""

    def has_shown(self, words: str) -> bool:
        """Whether `words` has been shown; takes in what there is."""
        try:
            self.text += os.read(self.ours, 1 << 16).decode("utf-8", "replace")
        except BlockingIOError:
            pass
        return words in self.text

    def press(self, key: str) -> None:
        """Presses `key`, unless so many were pressed already that no more are taken."""
        with contextlib.suppress(BlockingIOError):
            os.write(self.ours, key.encode())


def test_what_is_saved_is_graded_and_q_leaves_nothing(folder: Path) -> None:
    terminal = Terminal(folder)
    until(lambda: terminal.has_shown("quit"))
    shutil.copy(places.SOLUTIONS / EXERCISE, folder / "new")
    os.replace(folder / "new", folder / EXERCISE)  # as many editors save
    until(lambda: terminal.has_shown("62/62"))
    left = Ends(processes.below(terminal.process.pid))
    until(lambda: terminal.press("q") or terminal.process.poll() is not None)
    left.await_all()
    assert terminal.process.returncode == 0
