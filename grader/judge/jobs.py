"""The judge as a server: it takes jobs one after the other, and grades each in a fork of itself.

Who uses it: the pytest plugin, once the checks are collected, so that many submissions share the price of starting
pytest. A job comes as a line of JSON on standard input; events go out as lines of JSON. Where whoever gave the job has
gone, however it ended, the fork is interrupted, and clears up as it would have at its end.

Whoever knows that a job will come can have its walls put up before: the fork is there by then, and takes the job
itself. For many at one time it makes twins of itself: forks that serve jobs in the same way, over pipes of their own,
and that share its memory. It waits for them at its end.
"""

from __future__ import annotations

import contextlib
import functools
import gc
import mmap
import os
import select
import signal
import sys
from collections.abc import Callable
from typing import IO, TextIO

import msgspec

from grader import systems
from grader.limits import LEAST_FILE_MB, Limits

PR_SET_PDEATHSIG = 1  # prctl(2)
FILES = 4096  # that a judge may have open at one time


class Twin(msgspec.Struct, kw_only=True, tag="twin"):
    """Whoever sends this wants a twin; it is told {"twin": PID}, or why there is none: {"failed": ...}."""

    orders: str  # the path of the pipe that it reads jobs from
    events: str  # and of the one that it writes to


class Walls(msgspec.Struct, kw_only=True, tag="walls"):
    """Whoever sends this will send a job with these walls: they are put up meanwhile."""

    tier: str
    limits: Limits


class Job(msgspec.Struct, kw_only=True, tag="job"):
    """One submission to grade: what run sends."""

    folder: bytes  # its path: the name of a folder need be no text
    tier: str
    checks: dict[str, list[str]]  # those to be asked, by exercise
    faulty: dict[str, dict[str, list[str]]] = {}  # functions, by exercise and check: see Judge.faulty_for
    stubs: str  # the folder of the stubs
    report: str  # where pytest-json-report writes
    start_method: str | None = None
    limits: Limits = Limits()


def serve(events: TextIO, do: Callable[[Job | Walls, Callable[[], Job | None]], object]) -> object:
    """Has `do` grade each job that comes in, until no more do; in the fork, what `do` gave.

    Where it is given walls alone, it asks for their job once they are up: None where no more come.
    """
    systems.allow("NOFILE", FILES)  # whoever checks in takes two of them
    systems.allow("FSIZE", LEAST_FILE_MB << 20)  # what a submission is to read is made by us
    if systems.HAS_FORK:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the fork, which has something to clear up
        gc.freeze()  # what is here is here to stay: a fork that looked for garbage in it would have a copy of its own
    gc.enable()  # off until now: to look for the little garbage that importing leaves takes longer than it is worth
    orders = _unbuffered_input()
    while line := orders.readline():
        order = msgspec.json.decode(line, type=Job | Walls | Twin)
        if isinstance(order, Twin):
            orders = _fork_twin(order, events) or orders
            continue
        has_job = mmap.mmap(-1, 1)  # the fork shares it, and notes there that it has taken one
        has_job[0] = isinstance(order, Job)
        next_job = functools.partial(_next_job, orders, has_job)
        if not systems.HAS_FORK:
            return do(order, next_job)
        if (pid := os.fork()) == 0:
            _end_with_the_judge()
            return do(order, next_job)
        status = _status_of(pid)
        with contextlib.suppress(BrokenPipeError):  # whoever gave the job has gone: no other one comes
            if has_job[0]:  # else the job that comes still is for another fork
                tell(events, over=status)
    _await_twins()
    return True


def _unbuffered_input() -> IO[bytes]:
    """Where orders come from, of which no more is read than one line.

    What a judge had read ahead, its fork would have, too, and both of them would serve it.
    """
    return open(0, "rb", buffering=0, closefd=False)


def _next_job(orders: IO[bytes], has_job: mmap.mmap) -> Job | None:
    if not (line := orders.readline()):
        return None
    has_job[0] = True
    return msgspec.json.decode(line, type=Job)


def _fork_twin(order: Twin, events: TextIO) -> IO[bytes] | None:
    """Forks; in the fork the twin's pipes are in the place of ours, and out comes where its jobs come from.

    They are opened before, and it is us who tell: whether or not there is a twin, whoever waits for it hears of it.
    """
    with contextlib.ExitStack() as opened:
        try:
            pipes = [os.open(order.orders, os.O_RDONLY)]
            opened.callback(os.close, pipes[0])
            pipes.append(os.open(order.events, os.O_WRONLY))
            opened.callback(os.close, pipes[1])
            pid = os.fork()
        except OSError as error:
            told: dict[str, object] = {"failed": str(error)}
        else:
            if pid == 0:
                os.dup2(pipes[0], 0)
                os.dup2(pipes[1], events.fileno())
                return _unbuffered_input()
            told = {"twin": pid}
    with contextlib.suppress(BrokenPipeError):  # whoever wanted it has gone
        tell(events, **told)
    return None


def _await_twins() -> None:
    with contextlib.suppress(ChildProcessError, AttributeError):
        while True:
            os.waitpid(-1, 0)


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
