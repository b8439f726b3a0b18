"""Keys come one at a time, and whoever leaves is never kept by one that Ctrl-C has thrown away."""

from __future__ import annotations

import contextlib
import os
import queue
import select
import sys
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from world import NET_S, linux

from grader.student.keys import END, keys

pytestmark = [linux, pytest.mark.frontend]
Pressed = queue.SimpleQueue[str]


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """The other end of what stands for standard input."""
    ours, theirs = os.openpty()
    with open(theirs, encoding="utf-8") as stdin:
        monkeypatch.setattr(sys, "stdin", stdin)
        yield ours
    with contextlib.suppress(OSError):  # it may have gone
        os.close(ours)


def test_keys_come_one_at_a_time_and_the_terminal_is_given_back(terminal: int) -> None:
    import termios

    before = termios.tcgetattr(terminal)
    pressed: Pressed = queue.SimpleQueue()
    with keys(pressed.put):
        os.write(terminal, b"Nq")
        assert [pressed.get(timeout=NET_S), pressed.get(timeout=NET_S)] == ["n", "q"]
        assert not termios.tcgetattr(terminal)[3] & termios.ICANON
    assert termios.tcgetattr(terminal) == before


def test_nobody_waits_for_a_key_that_ctrl_c_has_thrown_away(terminal: int, monkeypatch: pytest.MonkeyPatch) -> None:
    import termios

    told, wait, pressed = threading.Event(), select.select, queue.SimpleQueue[str]()

    def select_and_flush(reading: list[int], *others: Any) -> Any:
        found = wait(reading, *others)
        termios.tcflush(sys.stdin, termios.TCIFLUSH)
        told.set()
        return found

    def press_and_leave() -> None:
        with keys(pressed.put):
            os.write(terminal, b"n")
            assert told.wait(NET_S)

    monkeypatch.setattr(select, "select", select_and_flush)
    whole = threading.Thread(target=press_and_leave, daemon=True)
    whole.start()
    whole.join(NET_S)
    assert (whole.is_alive(), pressed.empty()) == (False, True)


def test_a_terminal_that_goes_is_told_like_a_key(terminal: int) -> None:
    pressed: Pressed = queue.SimpleQueue()
    with keys(pressed.put):
        os.close(terminal)
        assert pressed.get(timeout=NET_S) == END
