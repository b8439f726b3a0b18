"""Has everything inside come to a standstill for good?  A proof from two looks, not a guess from silence.

Who uses it: the stage's loop, outside, when nothing has come from inside for a while. What goes in: the PID of the
zygote. What comes out: a Look, with one Wait for every thread.

A look is quiet where every thread of every process below the zygote sleeps in a system call that has no time limit.
Two quiet looks with the same threads in the same calls and the same context-switch counters prove that no thread ran
in between; then all of them were blocked at one moment, and nothing inside can wake anything. That does not depend on
how busy the machine is. (The judge must have read everything and have nothing to send: the loop sees to that. What a
look cannot see, a timer that is set, is timers.py's matter.)

Where the kernel keeps the system calls from us, a look still has the states and the counters; it is then never quiet.
"""

from __future__ import annotations

import math
import time
from collections.abc import Collection
from dataclasses import dataclass, replace

from grader import systems
from grader.kernel import calls, processes
from grader.kernel.calls import Args

Place = tuple[int, int, int, str, int]
UNREADABLE = "unreadable"
ALARMS = 1 << 13 | 1 << 25 | 1 << 26  # SIGALRM, SIGVTALRM and SIGPROF, as the bits of SigCgt


@dataclass(frozen=True)
class Wait:
    """What one thread does: `call` is the system call that it sleeps in, or "running"."""

    pid: int
    task: int
    call: str
    args: Args = ()
    endless: bool = False
    left_s: float | None = None  # seconds until a timed wait ends, at least, where the kernel lets us read it
    asked_s: float | None = None  # the seconds that it asked for, where that can be told
    switches: bytes = b""  # the context-switch counters: they change whenever it has run
    stack: int = 0  # where the top of its stack is
    born: int = 0  # ticks since the machine started
    has_alarm: bool = False  # whether its process has a handler for a timer's signal

    @property
    def key(self) -> tuple[object, ...]:
        """What is equal in two looks only if the thread did not run in between."""
        return self.pid, self.task, self.call, self.args, self.switches

    @property
    def place(self) -> Place:
        """What is equal in two looks where it waits in the same place, however often it woke up in between."""
        return self.pid, self.task, self.born, self.call, self.stack

    @property
    def wakes(self) -> int:
        """How often it has slept so far."""
        return int(self.switches.split()[1]) if self.switches else 0

    @property
    def is_timed(self) -> bool:
        """Whether it sleeps in a call that has a time limit."""
        return not self.endless and self.call in calls.TIMED

    @property
    def is_sleep(self) -> bool:
        """Whether it sleeps, and waits for nothing that could happen meanwhile."""
        return calls.is_sleep(self.call, self.args)


@dataclass(frozen=True)
class Look:
    """All threads below the zygote at about one moment."""

    waits: tuple[Wait, ...]
    zombies: tuple[tuple[int, int, int], ...] = ()  # (pid, its PID inside, parent)
    zygote: int = 0
    readable: bool = True  # whether the kernel let us see the system calls

    @property
    def key(self) -> tuple[object, ...]:
        """Equal in two looks only if nothing ran, came or went in between."""
        return tuple(wait.key for wait in self.waits), self.zombies

    def restless(self) -> list[Wait]:
        """The threads that are not blocked for good."""
        return [wait for wait in self.waits if not wait.endless]

    def is_idle(self) -> bool:
        """Whether no thread runs, or would run if it were given a processor."""
        return all(wait.call != "running" for wait in self.waits)

    def is_quiet(self, apart_from: Collection[Wait] = ()) -> bool:
        """Whether every thread is blocked for good, no zombie is about to wake its parent, and no alarm is expected."""
        return (
            self.readable
            and all(wait.endless or wait in apart_from for wait in self.waits)
            and not any(self._wakes(*zombie) for zombie in self.zombies)
            and not any(wait.has_alarm for wait in self.waits)
        )

    def sleeps(self) -> bool:
        """Whether a thread sleeps until a moment, as far as the kernel tells without the system calls."""
        return any("nanosleep" in processes.sleeps_in(wait.pid, wait.task) for wait in self.waits)

    def _wakes(self, _: int, inner: int, parent: int) -> bool:
        return parent == self.zygote or any(
            wait.pid == parent and calls.is_for_child(wait.call, wait.args, inner) for wait in self.waits
        )


def look(zygote: int, housekeeping: Collection[Place] = ()) -> Look | None:
    """A look at everything below `zygote`; None where something came or went while we looked.

    `housekeeping` are the places where threads of multiprocessing's own wake up in vain: such waits count as endless.
    """
    if not systems.KERNEL_TELLS:
        return Look((), zygote=zygote, readable=False)
    waits: list[Wait] = []
    zombies: list[tuple[int, int, int]] = []
    try:
        for pid in processes.below(zygote):
            alive, tasks = [], processes.tasks(pid)
            for task in tasks:
                seen = processes.stat(pid, task)
                if seen.state not in "ZX":
                    alive.append(_wait(pid, task, seen))
            if not tasks or len(tasks) < seen.threads:  # the list was cut short, or it has just gone
                return None
            waits += alive
            if not alive:
                zombies.append((pid, processes.inside_pid(pid), seen.parent))
    except processes.GONE:
        return None
    waits = [replace(each, endless=True, switches=b"") if each.place in housekeeping else each for each in waits]
    readable = all(wait.call != UNREADABLE for wait in waits)
    return Look(tuple(waits), tuple(zombies), zygote, readable)


def stopped(look: Look) -> Look:
    """`look`, now that all have been stopped: with where the stacks are of those that ran then."""
    return replace(look, waits=tuple(each if each.stack else replace(each, stack=_stack(each)) for each in look.waits))


def _stack(wait: Wait) -> int:
    """Where the stack of a stopped thread is; 0 where the kernel does not say."""
    try:
        said = _syscall(wait.pid, wait.task)
    except (*processes.GONE, PermissionError):
        return 0
    return int(said[-2], 16) if len(said) > 1 else 0


def _wait(pid: int, task: int, seen: processes.Stat) -> Wait:
    switches, has_alarm = _status(pid, task)
    wait = Wait(pid, task, "running", switches=switches, has_alarm=has_alarm, born=seen.born)
    if seen.state == "D" and processes.is_in_vfork(pid, task):
        return replace(wait, call="vfork", endless=True)
    if seen.state not in "ST":
        return wait
    if seen.state == "T":
        return replace(wait, call="stopped", endless=True)
    try:
        said = _syscall(pid, task)
    except PermissionError:
        return replace(wait, call=UNREADABLE)
    number, *rest = said
    if not number.isdigit():  # "running", or -1 outside any call
        return wait
    name = calls.NAMES.get(int(number), f"syscall {int(number)}")
    *args, stack, _ = (int(text, 16) for text in rest)
    wait = replace(wait, call=name, args=tuple(args), stack=stack)
    timed = _timed(wait)
    if timed.left_s is None or (_syscall(pid, task), _status(pid, task)[0]) == (said, switches):
        return timed
    return wait  # it ran while we read in its memory: what stood there was anything


def _syscall(pid: int, task: int) -> list[bytes]:
    return processes.read(f"/proc/{pid}/task/{task}/syscall").split()


def _timed(wait: Wait) -> Wait:
    """`wait` with what is known of its end."""
    if wait.call in calls.OPENINGS and (opening := calls.opening(wait.pid, wait.task)):
        return replace(wait, call=opening, endless=True)
    if calls.is_endless(wait.pid, wait.call, wait.args):
        return replace(wait, endless=True)
    age_s = max(0.0, time.clock_gettime(time.CLOCK_BOOTTIME) - wait.born / processes.HERTZ)
    if (span_s := calls.span_s(wait.pid, wait.call, wait.args)) is not None:
        return replace(wait, left_s=span_s - age_s, asked_s=span_s)
    if (left_s := calls.left_s(wait.pid, wait.call, wait.args)) is not None:
        return replace(wait, left_s=left_s, asked_s=roundest(left_s, left_s + age_s))
    return wait


def roundest(low: float, high: float) -> float | None:
    """The number with the fewest digits from `low` to `high`: what somebody is likely to have written."""
    for digits in range(7) if high > 0 else ():
        step = 10.0 ** (math.floor(math.log10(high)) - digits)
        if (rounded := math.ceil(low / step) * step) <= high:
            return round(rounded, 3)
    return None


def _status(pid: int, task: int) -> tuple[bytes, bool]:
    text = processes.read(f"/proc/{pid}/task/{task}/status")
    at = text.find(b"\nSigCgt:")
    caught = int(text[at + 8 : text.index(b"\n", at + 1)], 16) if at >= 0 else 0
    return text[text.index(b"\nvoluntary_ctxt_switches") :], caught & ALARMS != 0
