"""The crew of a batch: as many at work as there are places; whoever only waits gives its place away until it stirs."""

from __future__ import annotations

import math
import subprocess
import sys
import threading
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any, cast

import pytest
from world import NET_S, linux

from grader.classes import crew
from grader.classes.crew import Closed, Crew, Member

pytestmark = linux


@pytest.fixture
def waiter() -> Iterator[Any]:
    """A process that waits for what never comes, in the place of a judge."""
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        yield process


def entered(crew: Crew, name: str) -> threading.Event:
    """Set once `name` has a place, which it gives up at once."""
    has_a_place = threading.Event()

    def enter() -> None:
        with crew.member(name):
            has_a_place.set()

    threading.Thread(target=enter, daemon=True).start()
    return has_a_place


def test_one_that_only_waits_gives_its_place_away(waiter: Any) -> None:
    with Crew(1) as made, made.member("ada") as ada:
        ada.joined_by(waiter)
        assert entered(made, "bob").wait(NET_S)
        assert ada.rests


def test_place_that_is_left_is_taken() -> None:
    with Crew(1) as made:
        with made.member("ada"):
            bob = entered(made, "bob")
            assert not bob.is_set()
        assert bob.wait(NET_S)


def looked_at(cpu: list[int], monkeypatch: pytest.MonkeyPatch) -> Member:
    """One of whom nothing was heard for long, looked at once for each sum of CPU."""
    monkeypatch.setattr(crew, "_cpu", lambda pid: cpu.pop(0))
    made, member = Crew(1), Member("ada", heard=-math.inf, judge=cast(Any, SimpleNamespace(pid=1)))
    while cpu:
        made._look(member)
    return member


def test_one_that_uses_cpu_is_at_work(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not looked_at([1, 2, 3], monkeypatch).rests
    assert looked_at([1, 2, 2], monkeypatch).rests


def test_one_that_stirs_is_at_work_again_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    member = looked_at([1, 1], monkeypatch)
    member.stir()
    assert not member.rests


def test_nobody_begins_once_it_is_closed() -> None:
    with Crew(1) as made:
        made.close()
        with pytest.raises(Closed), made.member("ada"):
            pass
