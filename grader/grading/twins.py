"""A twin of a judge: a fork of it that serves jobs over pipes of its own, and shares its memory (Linux).

Who uses it: judges, and whoever has one submission graded by several side by side. What goes in: a judge that waits.
What comes out: another one, in some milliseconds, which is used as the first is. It is the first one's child; that it
ends with its pipes holds for it alike.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator

import msgspec

from grader.course import Course
from grader.grading import ahead, run
from grader.grading.gathering import OnStep
from grader.grading.orders import Order
from grader.result import Result

CAN_BE = sys.platform == "linux" and hasattr(os, "pidfd_open")  # the pipes are handed over by /proc/PID/fd
WORTH_A_SANDBOX = 8  # checks: with fewer, what another sandbox takes to start is a good part of what it saves


class NoMother(Exception):
    """The judge that was to make a twin has ended, or can make none."""


@contextlib.contextmanager
def twin(mother: ahead.Process) -> Iterator[ahead.Process]:
    """A twin of `mother`, which serves no job itself meanwhile; raises NoMother."""
    made = Twin(mother)
    try:
        yield made
    finally:
        ahead.end(made)
        os.close(made.pidfd)


def grade(order: Order, course: Course, on_step: OnStep | None, by: ahead.Process) -> Result:
    """As run.grade, with twins beside `by` where there are cores for them, and enough checks to be worth a sandbox."""
    checks = sum(len(course.exercises[name].checks) for name in order.exercises)
    with beside(by, checks // WORTH_A_SANDBOX) as others:
        return run.grade(order, course, on_step, by, others)


@contextlib.contextmanager
def beside(by: ahead.Process, most: int) -> Iterator[list[ahead.Process]]:
    """The twins of `by` that there are cores for; with itself there are `most`."""
    with contextlib.ExitStack() as ends:
        others: list[ahead.Process] = []
        with contextlib.suppress(NoMother):  # it has ended, and is asked why
            others += [ends.enter_context(twin(by)) for _ in range(1, min(_cores(), most) if CAN_BE else 1)]
        yield others


def _cores() -> int:
    return len(os.sched_getaffinity(0))


class Twin:
    """What of a subprocess.Popen is used of a judge; its exit status is its parent's to know, and -1 here."""

    def __init__(self, mother: ahead.Process) -> None:
        self.home = mother.home
        self.errors = mother.errors
        self.returncode = -1
        with contextlib.ExitStack() as theirs, contextlib.ExitStack() as undo:
            orders, self_orders = os.pipe()
            theirs.callback(os.close, orders)
            self.stdin = undo.enter_context(os.fdopen(self_orders, "wb"))
            self_events, events = os.pipe()
            theirs.callback(os.close, events)
            self.stdout = undo.enter_context(os.fdopen(self_events, "rb"))
            try:
                self.pid = _born(mother, orders, events)
                self.pidfd = os.pidfd_open(self.pid)
            except OSError as error:
                raise NoMother(str(error)) from error
            undo.pop_all()

    def poll(self) -> int | None:
        """None while it lives."""
        return -1 if select.select([self.pidfd], [], [], 0)[0] else None

    def wait(self, timeout: float | None = None) -> int:
        """Returns once it has ended; raises TimeoutExpired."""
        if not select.select([self.pidfd], [], [], timeout)[0]:
            raise subprocess.TimeoutExpired("judge", timeout or 0)
        return -1

    def kill(self) -> None:
        """Ends it at once."""
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(self.pidfd, signal.SIGKILL)


def _born(mother: ahead.Process, orders: int, events: int) -> int:
    """Has `mother` fork; the PID of the twin, which has the pipes by then. Raises NoMother."""
    assert mother.stdin and mother.stdout
    here = f"/proc/{os.getpid()}/fd"
    mother.stdin.write(
        msgspec.json.encode({"type": "twin", "orders": f"{here}/{orders}", "events": f"{here}/{events}"}) + b"\n"
    )
    mother.stdin.flush()
    told = msgspec.json.decode(mother.stdout.readline() or b'{"failed": "it has ended"}')
    if "twin" not in told:
        raise NoMother(told["failed"])
    return int(told["twin"])
