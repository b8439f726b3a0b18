"""The judge that stands by for `grade watch`: whatever is newer comes first."""

from __future__ import annotations

import queue
import threading
from typing import Any

import pytest
from runs import SMALL, small
from world import NET_S, TIERS, nothing_left

from grader import course as courses
from grader import places
from grader.grading import run
from grader.grading.gathering import blank
from grader.grading.orders import Order
from grader.result import Result
from grader.student.standby import Standby

__all__ = ["small"]


class Slow:
    """Grading that goes on until it may end; the names of the orders that were begun."""

    def __init__(self, small: places.Home) -> None:
        self.course = courses.load(small.course)
        self.begun: list[str] = []
        self.is_at_it, self.may_end = threading.Event(), threading.Event()

    def grade(self, order: Order, *_: Any) -> Result:
        """In place of run.grade."""
        self.begun.append(order.name)
        self.is_at_it.set()
        self.may_end.wait(NET_S)
        return blank(order, self.course)


def test_orders_that_were_called_off_before_their_turn_are_left_out(
    small: places.Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow, told = Slow(small), queue.SimpleQueue[str]()
    monkeypatch.setattr(run, "grade", slow.grade)
    first, second, third = (Order(small.solutions, [SMALL], small, TIERS[0], name=name) for name in "123")
    with (
        nothing_left(),
        Standby(small, slow.course, print, lambda order, _: told.put(order.name), lambda it: told.put(str(it))) as it,
    ):
        it.grade(first)
        assert slow.is_at_it.wait(NET_S)
        it.grade(second)
        it.grade(third)
        slow.may_end.set()

        assert [told.get(timeout=NET_S), told.get(timeout=NET_S)] == ["1", "3"]
    assert slow.begun == ["1", "3"]
