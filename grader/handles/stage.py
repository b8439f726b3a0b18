"""A stage from outside: the process inside that one check speaks to, and everything that happens around it.

Who uses it: submission.py and probes.py, for a check. It sends requests, takes in replies, check-ins, output and ends,
and waits: `until` ends when what is waited for is there, or with a Finding that says why it never will be.
"""

from __future__ import annotations

import contextlib
import socket
import time
from collections.abc import Callable, Iterator
from typing import Any

from grader import systems
from grader.finding import Broken, Finding
from grader.handles import ended
from grader.handles.callsocket import CallSocket
from grader.handles.output import Output
from grader.handles.timeline import Timeline
from grader.harness import wire
from grader.kernel import helpers, processes
from grader.kernel.lives import Life
from grader.kernel.loop import Loop
from grader.kernel.standstill import Halt, Watch
from grader.limits import Limits
from grader.result import Verdict
from grader.walls.sandbox import Sandbox

SETTLE_S = 1.7  # a net for right code that polls: it is only ever given the benefit of the doubt
LONGEST = 5  # times as long a net may take where others have the processors
GIVE_UP_S = 9.0  # how long a wait with a time limit may go on before it is taken for polling
AFTERWARDS_S = 1.0  # what code that has given up may take to come back
AT_THE_DOOR = 100  # so much is taken in before a verdict, and not what goes on coming
LIMITS = ("busy", "crowd", "memory")  # kinds of a Halt that nothing takes back but what the check waits for


class Stage:
    """`with Stage(sandbox, start_method) as stage:` - a fresh process; after the block nothing of it is left."""

    def __init__(
        self, sandbox: Sandbox, module: str = "", start_method: str | None = None, limits: Limits | None = None
    ) -> None:
        self.sandbox = sandbox
        self.limits = limits or sandbox.limits
        self.module = module  # the exercise file's name, without .py
        self.start_method = start_method
        self.loops: dict[str, list[str]] = {}
        self.faulty: frozenset[str] = frozenset()  # the functions that earlier checks have found fault with
        self.rests: dict[str, bool] = {}  # the functions that the check rests on: whether they are among those
        self.asks_again = False  # whether a stand-in may be what has made the check fail
        self.call: Any = None  # the Call that was begun last
        self.asked: Any = None  # the Call of a function of theirs that was begun last
        self.holds: list[Any] = []  # the Holds of files (leases.py)
        self.output = Output(self.limits.output_bytes)
        self.explain: Callable[[Halt], Finding] = stuck
        self.overdue: Callable[[], None] = lambda: None  # raises where a standstill has a better name
        self.lingering: list[Callable[[], None]] = []  # lets those go on who are held at their end
        self.is_leaving = False  # the main program has come to its end, because the check wants it to
        self._is_settling = False  # the check waits for nothing to come any more

    def __enter__(self) -> Stage:
        with contextlib.ExitStack() as undo:  # what is begun is ended, also where not all of it can be
            line = self.sandbox.open(self.start_method)
            self._printed, self.pid = line.printed, line.pid
            undo.callback(self._printed.close)
            undo.callback(self._take_the_rest)
            undo.callback(self.sandbox.ends.clear)
            undo.callback(line.call.close)  # not before: a stage that is hung up on would take itself apart in vain
            undo.callback(self.sandbox.clear)
            self._attend(line.call, undo)
            self._end = undo.pop_all()
        return self

    def _attend(self, line: socket.socket, undo: contextlib.ExitStack) -> None:
        """From now on what happens around the stage is taken in."""
        self.zygote = self.sandbox.ready()
        self.outer_pid, self.nursery = _outer(self.zygote.pid, self.pid)  # 0: there is none
        self._threads = 1 if systems.KERNEL_TELLS else processes.stat(self.outer_pid).threads
        self.loop = Loop()
        undo.callback(self.loop.close)
        self.loop.watch(line, self._hear_stage)
        if systems.KERNEL_TELLS:
            self.loop.watch(self._printed, self._hear_output)
        self.loop.watch(self.zygote.control, self._hear_zygote)
        self.timeline = Timeline(self.loop, self.zygote.pid, (self.outer_pid, self.pid), self.nursery)
        undo.callback(self.timeline.close)
        self.calls = CallSocket(line, self.outer_pid, self.limits.patience_s, self.timeline.answers)
        self.watch = Watch(self.zygote.pid, self.limits, may_ring=self.sandbox.may_ring)

    def __exit__(self, *exc: object) -> None:
        self._end.close()

    def _take_the_rest(self) -> None:
        for data in self._printed.rest():
            self.output.add(data)

    # --- requests and replies

    def request(self, do: str, **what: Any) -> int:
        """Asks the stage to do something; the number of the reply to come."""
        self.watch.begin_call()
        return self.calls.request(do, **what)

    def reply(self, number: int) -> dict[str, Any]:
        """The reply with that number, once it is there; raises Finding where it never will be."""
        while True:
            self.wait_for(lambda: self.has_replied(number) or bool(self.lingering))
            if reply := self.calls.reply(number):
                return reply
            self._let_end(number)

    def _let_end(self, number: int) -> None:
        """Lets those end who linger, if the call waits for their end: where it is over by itself, it did not wait."""
        self.settle(lambda: self.has_replied(number))
        if not self.has_replied(number):
            for goes_on in self.lingering:
                goes_on()
            self.lingering.clear()

    def has_replied(self, number: int) -> bool:
        """Whether that reply is there already."""
        return self.calls.reply(number) is not None

    # --- the wait

    def until(self, done: Callable[[], bool], *, eager: bool = False) -> None:
        """Waits until `done`; raises the Finding that names why it will never be."""
        self.watch.begin_wait()
        while not done():
            self._fail_where_lost()
            if self.loop.pump(self.watch.pause_s(eager=eager)):
                self.watch.something_came()
                halt = self.watch.glance() if self.watch.is_due() else None
            else:
                halt = self.watch.look() or self._at_rest()
            if halt and self._stands(halt, done):
                raise self._finding(halt)

    def _stands(self, halt: Halt, done: Callable[[], bool]) -> bool:
        """Whether it is one still, once what is at the door has been taken in: more may come for ever."""
        came = 0
        while came < AT_THE_DOOR and not done() and self._more_than_output():
            came += 1
        return not done() and (came == 0 or halt.kind in LIMITS or self.watch.is_over)

    def _at_rest(self) -> Halt | None:
        """A Halt where the kernel tells of no wait, but all that was asked is answered and nobody is left to act."""
        if systems.KERNEL_TELLS or not self.calls.is_answered():
            return None
        try:
            alone = processes.stat(self.outer_pid).threads <= self._threads
        except processes.GONE:
            return None
        others = filter(processes.is_alive, processes.below(self.outer_pid))
        return Halt("settled", "processes") if alone and all(map(helpers.helper, others)) else None

    def _more_than_output(self) -> bool:
        """Whether there is anything to take in, at this moment, but what is printed: that changes nothing inside."""
        before = self.output.total
        return self.loop.pump(0) > (self.output.total > before)

    def until_ended(self, life: Life) -> None:
        """Waits until the kernel says that `life` has ended; raises as `until` does."""
        life.watch(self.loop, lambda: life.forget(self.loop))
        try:
            self.until(lambda: life.has_ended)
        finally:
            life.forget(self.loop)

    def settle(self, done: Callable[[], bool] = lambda: False, *, to_the_last_step: bool = False) -> None:
        """Waits until everything inside is blocked for good, or `done`, or long enough for one who asks in a loop.

        A `join(5)` blocks as well as a `join()` for five seconds: a wait with a time limit is waited for, unless it
        would go on for too long: what it waits for can come from the check alone. `to_the_last_step` waits for a call
        that goes round in little steps as well, where it may have a last one.
        """
        with contextlib.suppress(Settled), self.watch.uncounted(), self._settling():
            self._within(SETTLE_S, done)
            if limited := self.watch.limited_waits():
                self._within(GIVE_UP_S, lambda: done() or not limited & self.watch.limited_waits(limited))
                self._within(AFTERWARDS_S, done)
            if to_the_last_step and not done() and self.watch.may_end(self.outer_pid):
                self._within(GIVE_UP_S, done)

    @contextlib.contextmanager
    def _settling(self) -> Iterator[None]:
        self._is_settling = True
        try:
            yield
        finally:
            self._is_settling = False

    def _within(self, net_s: float, done: Callable[[], bool]) -> None:
        """Waits until `done`, or until all inside have been idle, or have computed, for so long.

        That they wait for a processor does not count: code that is on its way on a busy machine comes to its end.
        """
        begun = time.monotonic()

        def is_over() -> bool:
            took_s = time.monotonic() - begun
            return took_s > net_s and (self.watch.went_on_s > net_s or took_s > LONGEST * net_s)

        self.until(lambda: done() or is_over(), eager=True)

    def leave(self, how: str) -> None:
        """Has the main program end ("returns", "exits", "raises"), and waits until the kernel says that it has."""
        try:
            life = Life(self.outer_pid)
        except ProcessLookupError:
            raise Finding(Verdict.CRASHED, cause="died", facts={"how": "before it came to its end"}) from None
        self.is_leaving = True
        try:
            self.request("leave", how=how)
            self.until_ended(life)
        except Settled as settled:
            raise self._overdue(settled.halt) from None
        finally:
            life.close()
        self.sandbox.take_note()
        self.timeline.main_ends(self.sandbox.ends.get(self.pid))

    def _finding(self, halt: Halt) -> Exception:
        if self.calls.lost is not None and not self.is_leaving:
            return Finding(Verdict.CRASHED, cause="died", facts={"how": self.calls.lost})
        is_rest = halt.kind == "settled" or (halt.kind == "asleep" and self._is_rest(halt))
        asks = halt.kind == "busy" and self._is_settling  # in a loop without a pause: a wait as well
        return Settled(halt) if is_rest or asks else self.explain(halt)

    def _is_rest(self, halt: Halt) -> bool:
        """Whether nobody minds that a thread waits until far beyond the patience."""
        if self.call is not None and self.call.has_returned:
            return True
        restless = halt.look.restless() if halt.look else []
        return self._is_settling and not any(wait.is_sleep for wait in restless)

    def wait_for(self, done: Callable[[], bool]) -> None:
        """`until`, where a standstill is a failure: it is told by the best name that the facts give it."""
        try:
            self.until(done)
        except Settled as settled:
            raise self._overdue(settled.halt) from None

    def _overdue(self, halt: Halt) -> Finding:
        """What a standstill is: by other facts, where there are better ones, and by who waits for whom."""
        try:
            if halt.kind == "settled":
                self.overdue()
        except Finding as found:
            if found.verdict is Verdict.STUCK:
                told = self.explain(halt)
                found.judge, found.waiting, found.place = told.judge, told.waiting, found.place or told.place
            return found
        return self.explain(halt)

    def _fail_where_lost(self) -> None:
        if not systems.KERNEL_TELLS:
            self._take_note()
        if self.calls.copy is not None:
            raise Finding(cause="came_back_twice", facts={"pid": str(self.calls.copy)})
        if self.pid in self.sandbox.ends and not self.is_leaving:
            for _ in range(AT_THE_DOOR):  # its last words; whoever is left may go on for ever
                self.loop.pump(0)
            raise Finding(Verdict.CRASHED, cause="died", facts={"how": ended.in_words(self.sandbox.ends[self.pid])})
        if self.output.total > self.limits.printed_mb << 20:
            raise Finding(Verdict.STUCK, cause="prints_without_end", hang="busy", judge="output")
        if not self.sandbox.is_up:
            raise Finding(Verdict.CRASHED, cause="died", facts={"how": "the whole sandbox was ended from inside"})

    # --- what comes from inside

    def _hear_zygote(self) -> None:
        try:
            self.sandbox.hear()
            if self.pid in self.sandbox.ends:
                self.timeline.main_ends(self.sandbox.ends[self.pid])
        except (Broken, OSError, wire.BadMessage, KeyError, ValueError):
            self.loop.forget(self.zygote.control)
            self.sandbox.is_up = False

    def _hear_stage(self) -> None:
        if not self.calls.hear():
            self.loop.forget(self.calls.line)

    def _hear_output(self) -> None:
        try:
            data = self._printed.read()
        except BlockingIOError:
            return
        if not data and systems.KERNEL_TELLS:
            self.loop.forget(self._printed)
        self.output.add(data)

    def _take_note(self) -> None:
        """Of what no event tells, where the kernel does not."""
        self._hear_output()
        self.sandbox.take_note()
        if self.pid in self.sandbox.ends:
            self.timeline.main_ends(self.sandbox.ends[self.pid])


class Settled(Exception):
    """Everything inside is blocked for good, which may be what a check waits for; or, after the call, fast asleep."""

    def __init__(self, halt: Halt) -> None:
        super().__init__(halt.kind)
        self.halt = halt


def stuck(halt: Halt) -> Finding:
    """The finding that a halt is, without an explanation."""
    if halt.kind == "memory":
        return Finding(Verdict.CRASHED, cause="memory")
    if halt.kind == "crowd":
        return Finding(Verdict.STUCK, cause="too_many_processes", hang="busy", judge=halt.judge)
    cause = {"settled": "stuck", "patience": "stuck"}.get(halt.kind, halt.kind)
    return Finding(Verdict.STUCK, cause=cause, hang=halt.kind, judge=halt.judge)


def _outer(zygote: int, inner: int) -> tuple[int, int]:
    """The outer PID of the zygote's child `inner`, 0 where it has gone already; and of the nursery beside it, if any.

    No code of the student's has run by now: so it is no other process. The kernel's list of children may lack one while
    another one ends (proc(5)): it is seen often.
    """
    for _ in range(processes.PASSES):
        nursery = 0
        for pid in processes.children(zygote):
            with contextlib.suppress(*processes.GONE):
                if processes.inside_pid(pid) == inner:
                    return pid, nursery
                nursery = pid
    return 0, 0
