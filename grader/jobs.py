"""The judge as a server: it takes jobs one after the other, and grades each in a fork of itself.

Who uses it: the pytest plugin, once the checks are collected, so that many submissions share the price of starting
pytest. A job comes as a line of JSON on standard input; events go out as lines of JSON. Where whoever gave the job has
gone, however it ended, the fork is interrupted, and clears up as it would have at its end.
"""

from __future__ import annotations

import os
import select
import signal
import sys
from collections.abc import Callable
from typing import TextIO

import msgspec

from grader.sandbox import Limits

PR_SET_PDEATHSIG = 1  # prctl(2)


class Job(msgspec.Struct, kw_only=True):
    """One submission to grade: what run sends."""

    folder: str
    tier: str
    exercises: list[str]
    stubs: str  # the folder of the stubs
    report: str  # where pytest-json-report writes
    start_method: str | None = None
    limits: Limits = Limits()


def serve(events: TextIO, do: Callable[[Job], object]) -> object:
    """Has `do` grade each job that comes in, until no more do; in the fork, what `do` gave."""
    if hasattr(os, "fork"):
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the fork, which has something to clear up
    for line in sys.stdin.buffer:
        job = msgspec.json.decode(line, type=Job)
        if not hasattr(os, "fork"):
            return do(job)
        if (pid := os.fork()) == 0:
            _end_with_the_judge()
            return do(job)
        tell(events, over=_status_of(pid))
    return True


def tell(events: TextIO, **event: object) -> None:
    """Writes one event."""
    events.write(msgspec.json.encode(event).decode() + "\n")
    events.flush()


def _status_of(pid: int) -> int:
    """Waits for the fork, and interrupts it where nobody waits for its events any more; its wait status."""
    poll, ended = select.poll(), os.pidfd_open(pid) if hasattr(os, "pidfd_open") else None
    if ended is not None:
        poll.register(ended, select.POLLIN)
        poll.register(sys.stdin.fileno(), 0)  # only a hang-up is of interest: the next job may well be there
        if any(descriptor != ended for descriptor, _ in poll.poll()):
            os.kill(pid, signal.SIGINT)
        os.close(ended)
    return os.waitpid(pid, 0)[1]


def _end_with_the_judge() -> None:
    signal.signal(signal.SIGINT, signal.default_int_handler)
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGINT, 0, 0, 0)
