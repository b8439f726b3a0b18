"""For all tests: what is kept between two commands is kept for each test alone, and never in the user's own home.

A browser is lent to those that want one (browser.py).
"""

from __future__ import annotations

import signal
import sys
from pathlib import Path
from typing import Any

import pytest
from browser import chromium, show
from world import Said

from grader import cli

__all__ = ["chromium", "show"]


def pytest_configure() -> None:
    """Ctrl-C is heard, also where a shell has started us in the background: some tests press it."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def state(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of what is kept; it is made when something is."""
    folder = tmp_path_factory.mktemp("home") / "state"
    monkeypatch.setenv("XDG_STATE_HOME", str(folder))
    return folder


@pytest.fixture
def grade(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    """Runs `grade` with the given arguments, in this process."""

    def grade(*arguments: object) -> Said:
        monkeypatch.setattr(sys, "argv", ["grade", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        return Said(int(str(ended.value.code)), *capsys.readouterr())

    monkeypatch.delenv("GRADE_LANG", raising=False)
    return grade
