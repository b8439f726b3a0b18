"""Who is at work in a batch: right submissions fill the places, and whoever only waits gives its place away.

Who uses it: batch, and the workers of a cluster. As many submissions are at work as there are places. One of which
nothing was heard for a moment, and whose processes use no CPU, waits for something that never comes (its judge will
see to that): another one may begin meanwhile. When it stirs it is at work again, at once, even where that makes one
more than there are places. So no verdict depends on the number of places.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from grader.grading import ahead, judging
from grader.kernel import processes

LOOK_S = 0.1  # so often it is asked who waits
QUIET_S = 0.3  # without an event, before its CPU is looked at
OVERTIME_S = judging.CHECK_NET_S + 120  # beyond its budget, which is looked at between checks: then its judge is ended


@dataclass(eq=False)
class Member:
    """A submission at work."""

    name: str
    begun: float = field(default_factory=time.monotonic)
    heard: float = field(default_factory=time.monotonic)
    judge: ahead.Process | None = None
    cpu: int = -1  # of its processes, in clock ticks, when last looked at
    rests: bool = False
    is_overdue: bool = False  # its judge was ended for it

    def joined_by(self, judge: ahead.Process) -> None:
        """It has a judge, whose processes are looked at."""
        self.judge = judge
        self.stir()

    def stir(self) -> None:
        """It was heard of: it is at work."""
        self.heard, self.rests = time.monotonic(), False


class Crew:
    """`with Crew(places) as crew:` - `with crew.member(name)` waits for a place."""

    def __init__(self, places: int, budget_s: float | None = None) -> None:
        self._places, self._budget_s = places, budget_s
        self._change = threading.Condition()
        self._members: list[Member] = []
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="crew")

    def __enter__(self) -> Crew:
        self._thread.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()
        self._thread.join()

    def close(self) -> None:
        """Nobody waits for a place any more: `member` raises Closed."""
        self._over.set()
        with self._change:
            self._change.notify_all()

    @property
    def is_closed(self) -> bool:
        """Whether nobody gets a place any more."""
        return self._over.is_set()

    @contextlib.contextmanager
    def member(self, name: str) -> Iterator[Member]:
        """Waits for a place, and holds it; raises Closed."""
        with self._change:
            self._change.wait_for(lambda: self._over.is_set() or self._is_room())
            if self._over.is_set():
                raise Closed
            member = Member(name)
            self._members.append(member)
        try:
            yield member
        finally:
            with self._change:
                self._members.remove(member)
                self._change.notify()

    def _is_room(self) -> bool:
        return sum(not member.rests for member in self._members) < self._places

    def _watch(self) -> None:
        while not self._over.wait(LOOK_S):
            for member in list(self._members):
                self._look(member)
            with self._change:
                if self._is_room():
                    self._change.notify()

    def _look(self, member: Member) -> None:
        now = time.monotonic()
        if member.judge is None:
            return
        if self._budget_s is not None and now - member.begun > self._budget_s + OVERTIME_S:
            member.is_overdue = True
            member.judge.kill()
        if now - member.heard > QUIET_S and not member.rests:
            cpu = _cpu(member.judge.pid)
            member.rests, member.cpu = cpu == member.cpu, cpu


class Closed(Exception):
    """The batch is over; what waited for a place is not graded."""


def _cpu(judge: int) -> int:
    """CPU of all that is below `judge`, in clock ticks; what has ended and was waited for, too."""
    total = 0
    for pid in processes.below(judge):
        with contextlib.suppress(*processes.GONE):
            stat = processes.stat(pid)
            total += stat.cpu + stat.cpu_of_reaped
    return total
