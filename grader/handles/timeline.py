"""The events of one check as they were seen: who was born, checked in, was held, waited, ended, and was waited for.

Who uses it: the stage, its calls and the probes tell what they do and hear; the rest is looked up in /proc at moments
that are there anyway: a check-in, an order, an answer. What comes out stands in the result, for people. Nothing is
decided here: no verdict rests on an event, and what cannot be seen is left out. An event says who says so:

    kernel  read from /proc, a pidfd or a socket's credentials
    check   what the check itself did: a call, an order
    code    said by the student's side: that a call has returned, what a process is called, who started it (fork server)
"""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Iterable
from dataclasses import dataclass

from grader import systems
from grader.handles import ended
from grader.kernel import calls, helpers, processes
from grader.kernel.loop import Loop
from grader.result import Event, Waiting

MOST_EVENTS, MOST_CALLS, MOST_LANES, MOST_LOOKS = 200, 8, 24, 12
DIGITS = 4  # of a moment, in seconds
LEAST_S = 10**-DIGITS  # what two moments at least differ by
WAITS = {"wait4": "child_end", "waitid": "child_end", "read": "pipe_read", "write": "pipe_room"}


@dataclass
class Lane:
    """One process: what is known of it."""

    outer: int
    inner: int
    born: int  # in clock ticks: with `outer` it names the process for good
    who: str
    parent: int = 0  # inner
    pidfd: int = -1
    speaks: bool = False  # with a probe's other end: that it waits for the answer is nobody's concern
    is_held: bool = False
    waits: str | None = None
    call: str = ""  # the system call in which it was seen to wait
    end: Event | None = None
    is_reaped: bool = False


class Timeline:
    """What happened since it was made, to everything below `zygote`."""

    def __init__(self, loop: Loop, zygote: int, stage: tuple[int, int], nursery: int = 0) -> None:
        """`stage` are the PIDs of the stage, the first of all: outer and inner."""
        outer, inner = stage
        self.events: list[Event] = []
        self._loop = loop
        self._zygote, self._nursery = zygote, nursery
        self._main = Lane(outer, inner, 0, "main")
        self._ticks = processes.now_ticks()  # first: who is held up between the two shows nothing before its cause
        self._begun = self._called_s = time.monotonic()
        self._lanes = {outer: self._main}
        self._calls: dict[int, str] = {}
        self._threads = 1  # of the main process, as the last call began
        self._asked: set[int] = set()  # the numbers of all calls, of ours too, that have not been answered
        self._is_resting = False  # the main process: until a child ends it starts none
        self._woke: Lane | None = None  # the child whose end was the end of that
        self._woken_s = 0.0  # whom we do not know yet, it has started after this moment
        self._looks = self._told = 0
        self.note("born", inner, "main", at_s=0.0)

    # --- what others tell

    def note(self, kind: str, pid: int, who: str, *, at_s: float | None = None, **more: object) -> Event:
        """One more event; the last of very many are not kept."""
        at_s = time.monotonic() - self._begun if at_s is None else at_s
        event = Event(at_s=round(max(at_s, 0.0), DIGITS), kind=kind, pid=pid, who=who, **more)  # type: ignore[arg-type]
        if len(self.events) < MOST_EVENTS:
            self.events.append(event)
        return event

    def asks(self) -> None:
        """The check is about to call something: whatever comes of it comes after this moment."""
        self._called_s = time.monotonic()
        self._threads, self._is_resting = self._main_threads(), False

    def begins(self, number: int, function: str | None) -> None:
        """It has called `function` of the student's (or one of ours: None); the answer will have that number."""
        self._asked.add(number)
        if function is not None and self._told < MOST_CALLS:
            self._told += 1
            self._calls[number] = function
            called_s = self._called_s - self._begun
            self.note("called", self._main.inner, "main", by="check", detail=function, at_s=called_s)

    def answers(self, number: int, how: str) -> None:
        """The answer with that number has come: the call "returned" or "raised"; who was waited for went before it."""
        self._asked.discard(number)
        if number in self._calls:
            self.look()
            self.note(how, self._main.inner, "main", by="code", detail=self._calls.pop(number))

    def checks_in(self, outer: int, who: str, *, is_held: bool, said_parent: int | None = None) -> None:
        """The process `outer`, which names itself `who`, calls a probe; it may say who started it (fork server)."""
        if outer not in self._lanes:
            self.look()
        if (lane := self._lanes.get(outer)) is None:
            return
        lane.who, lane.speaks, lane.is_held, lane.waits = who, True, is_held, None
        born = next((each for each in self.events if each.kind == "born" and each.pid == lane.inner), None)
        if born is not None and said_parent is not None:
            born.parent_pid, born.by, lane.parent = said_parent, "code", said_parent
            born.at_s = round(self._after_waking(lane, born.at_s), DIGITS)
        self.note("checked_in", lane.inner, who)
        if is_held:
            self.note("held", lane.inner, who)

    def lets_go(self, outer: int, order: str) -> None:
        """The check gives `outer`, which it has held, an order; the others are looked at while that is still so."""
        for lane in self._lanes.values():
            self._see_wait(lane)
        self._see_rest()
        if (held := self._lanes.get(outer)) is not None:
            if held.is_held:
                self.note("released", held.inner, held.who, by="check", detail=order)
            held.speaks = held.is_held = False

    def stands_still(self, waiting: Iterable[Waiting]) -> None:
        """Nothing can go on: who waits for what, as the explanation of the hang has it."""
        for each in waiting:
            if each.waits_for != "held":
                self.note("waits", each.pid, each.who, detail=each.waits_for, on=each.on, line=each.line)

    def main_ends(self, status: int | None) -> None:
        """The stage has ended, with that wait status where it is known; whom it had waited for went before it."""
        if self._main.end is None:
            for lane in self._lanes.values():
                if lane.end is not None and not lane.is_reaped and not (status or 0) & 0x7F:
                    self._see_reaped(lane)
            detail = None if status is None else ended.how(status)
            self._main.end = self.note("ended", self._main.inner, "main", detail=detail)
            self._main.is_reaped = True  # by the zygote, which is nobody's concern

    # --- what is looked up

    def look(self, *, last: bool = False) -> None:
        """Finds who has come, and who has been waited for."""
        if len(self._lanes) == 1 and not self._has_children():
            return
        self._looks += 1
        if self._looks > MOST_LOOKS and not last:
            return
        if self._woke is not None and not self._woke.is_reaped:
            self._see_reaped(self._woke)
        for pid in processes.below(self._zygote):
            if pid not in self._lanes:
                self._enter(pid, watched=not last)
        for lane in self._lanes.values():
            if lane.end is None and lane is not self._main and _is_over(lane):
                self._ends(lane)
            if lane.end is not None and not lane.is_reaped:
                self._see_reaped(lane)

    def close(self) -> None:
        """Takes a last look, and lets go of everything."""
        self.look(last=True)
        for lane in self._lanes.values():
            if lane.end is None and lane.pidfd >= 0 and not processes.is_alive(lane.outer):
                self._ends(lane)
            self._loop.forget(lane.pidfd)
            if lane.pidfd >= 0:
                os.close(lane.pidfd)
        self._lanes.clear()
        self.events.sort(key=lambda event: event.at_s)

    def _has_children(self) -> bool:
        """Whether the stage has any now, of its first thread: a quick look that saves most of the thorough ones.

        Or the zygote has others than the stage: orphans, and a nursery, whose grandchildren a fork server's are.
        """
        with contextlib.suppress(*processes.GONE, OSError):
            of_stage, of_zygote = (
                processes.read(f"/proc/{pid}/task/{pid}/children").split() for pid in (self._main.outer, self._zygote)
            )
            return bool(of_stage) or len(of_zygote) > 1
        return True

    def _enter(self, outer: int, *, watched: bool) -> None:
        if len(self._lanes) >= MOST_LANES or helpers.helper(outer, self._nursery):
            return
        try:
            seen = processes.stat(outer)
            known = self._lanes.get(seen.parent)
            parent = known.inner if known else processes.inside_pid(seen.parent)
            lane = Lane(outer, processes.inside_pid(outer), seen.born, "", parent)
            lane.pidfd = os.pidfd_open(outer) if systems.KERNEL_TELLS else -1
        except (*processes.GONE, OSError):
            return
        self._lanes[outer] = lane
        if watched and lane.pidfd >= 0:
            self._loop.watch(lane.pidfd, lambda: self._ends(lane))
        self.note("born", lane.inner, "", at_s=self._born_s(lane), parent_pid=parent)

    def _born_s(self, lane: Lane) -> float:
        """When it was born, as the kernel says to a clock tick; not before what it comes from: a call, an end."""
        tick_s = (lane.born - self._ticks) / processes.HERTZ
        called_s = self._called_s - self._begun
        born_s = max(tick_s, called_s + LEAST_S) if tick_s + 1 / processes.HERTZ > called_s else tick_s
        return self._after_waking(lane, born_s)

    def _after_waking(self, lane: Lane, born_s: float) -> float:
        """The moment of its birth, as far as it follows from what the main process has waited for."""
        if lane.parent == self._main.inner and self._woken_s:
            born_s = max(born_s, self._woken_s + LEAST_S)
        return min(time.monotonic() - self._begun, born_s)

    def _see_rest(self) -> None:
        """Whether the main process, with no new thread, waits for the end of a child, and we know its children."""
        if self._joins() and not self._is_resting and self._main_threads() <= self._threads:
            self.look()
            self._is_resting = self._looks <= MOST_LOOKS

    def _joins(self) -> bool:
        """Whether the main process was seen to wait for a child; under a fork server that is a poll of its sentinel."""
        polls = bool(self._nursery) and self._main.waits is not None and self._main.call in ("poll", "ppoll")
        return polls or self._main.waits == "child_end"

    def _main_threads(self) -> int:
        with contextlib.suppress(*processes.GONE, OSError):
            return len(processes.tasks(self._main.outer)) if systems.KERNEL_TELLS else 0
        return 0

    def _wakes(self, child: Lane) -> None:
        """A child of the main process has ended, for which it may have waited."""
        if self._is_resting and child.parent == self._main.inner:
            self._is_resting, self._woke = False, child
            self._woken_s = time.monotonic() - self._begun

    def _see_wait(self, lane: Lane) -> None:
        if lane.speaks or lane.end is not None:
            return
        with contextlib.suppress(*processes.GONE, OSError, ValueError):
            number, *rest = processes.read(f"/proc/{lane.outer}/syscall").split()
            name = calls.NAMES.get(int(number), "")
            args = tuple(int(text, 16) for text in rest[:-2])
            endless = calls.is_endless(lane.outer, name, args)
            waits = self._wait(lane, name) if endless else None
            if waits and waits != lane.waits:
                self.note("waits", lane.inner, lane.who, detail=waits)
            lane.waits, lane.call = waits, name

    def _wait(self, lane: Lane, call: str) -> str:
        """What a wait in that system call is for; what the main process reads between calls is our next order."""
        is_between = lane is self._main and not self._asked
        return "next_call" if is_between else WAITS.get(call, "unknown")

    def _ends(self, lane: Lane) -> None:
        self._loop.forget(lane.pidfd)
        lane.end = self.note("ended", lane.inner, lane.who)
        with contextlib.suppress(*processes.GONE, OSError, IndexError, ValueError):
            os.readlink(f"/proc/{lane.outer}/ns/user")  # refused where the exit code would be kept from us as well
            lane.end.detail = ended.how(int(processes.read(f"/proc/{lane.outer}/stat").split()[-1]))
        self._wakes(lane)
        self._see_reaped(lane)

    def _see_reaped(self, lane: Lane) -> None:
        with contextlib.suppress(*processes.GONE, OSError):
            if processes.stat(lane.outer).born == lane.born:
                return
        lane.is_reaped = True
        if lane.end is not None and lane.end.detail is None and (status := ended.status_of(lane.pidfd)) is not None:
            lane.end.detail = ended.how(status)
        self.note("reaped", lane.inner, lane.who)
        if lane is self._woke:
            self._woken_s = time.monotonic() - self._begun


def _is_over(lane: Lane) -> bool:
    """Whether it has been waited for; that one has ended and is a zombie we hear from the kernel, where that tells."""
    try:
        seen = processes.stat(lane.outer)
    except processes.GONE:
        return True
    return seen.born != lane.born or (not systems.KERNEL_TELLS and seen.state in "ZX")
