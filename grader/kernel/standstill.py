"""Will anything ever come from inside?  Settled, over a limit, asleep, or out of patience: one of them, or not yet.

Who uses it: the stage's loop, whenever nothing came for a moment. The facts are the kernel's (settled.py and
processes.py). Only the last resort, the patience, is a clock, and the verdict says so where it decided.

    settled    every thread is blocked for good, as two looks prove, or asks in vain for what cannot change (polling.py)
    busy       the check's processes have used more CPU time than the limit, beyond what it takes to begin a program
    crowd      there are ever more processes
    memory     they have more of it than the limit, all together
    asleep     nothing runs, and a thread sleeps until beyond the patience
    patience   nothing has come for too long, for a reason that the kernel does not show (polling in small steps)

The patience counts the time in which nothing inside wanted a processor: a program that waits for its turn on a busy
machine does not use it up.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace

from grader import systems
from grader.kernel import frames, processes, settled, timers, usage
from grader.kernel.housekeeping import Housekeeping
from grader.kernel.polling import Polling
from grader.limits import Limits

FIRST_LOOK_S = 0.1  # an ordinary check is over before it is ever looked at
BETWEEN_LOOKS_S = 0.02
EAGER_S = 0.002
BY_PSUTIL_S = 0.04  # where a look costs more
PATIENCE_FOR_CPU = 20  # there, seconds of patience for one of CPU time: for who computes on a busy machine
LOOKS = 3  # two prove it; the third costs nothing and forgives an unknown
SLEEP_PART = 0.25  # of the patience: a shorter sleep is one of many, and the patience decides
MOST_BETWEEN_S = 0.15  # what lies between two looks counts as idle up to this: nobody saw it
BIRTH_S = 0.5  # of CPU time for each program that they start: a spawned child is a new Python, and 20 are as many
BIRTHS_MOST = 40  # that are counted, for who starts one after the other without end
NETS = 6  # patiences of wall-clock time for one wait, twice that for a check: for what is neither idle nor computes

Waits = frozenset[tuple[object, ...]]


@dataclass(frozen=True)
class Halt:
    """Nothing will come, and why."""

    kind: str  # one of those above
    judge: str  # who says so: "calls" (of every thread), "stacks" (and Python's), "counters", "cpu", "clock" ...
    look: settled.Look | None = None


class Watch:
    """Watches the processes below `zygote` while a check waits.

    `may_ring` says that the submission may have set a timer that the kernel does not show: then nothing is settled.
    """

    def __init__(self, zygote: int, limits: Limits, *, may_ring: bool = False) -> None:
        self.zygote = zygote
        self.limits = limits
        self.may_ring = may_ring
        self.housekeeping = Housekeeping()
        self.polling = Polling()
        self.bystanders: set[int] = set()  # what was there before the first call, and has no part in it
        self.beside_main: set[int] = set()  # the same of threads of the process that is called
        self.ends: set[float] = set()  # when a wait is over at the latest, where the kernel has a clock of its own
        self.looked = time.monotonic()
        self.made = time.monotonic()
        self.used_s = self.used_seen_s = 0.0  # of CPU time, by now and when the patience was last looked at
        self.begin_call()
        self.begin_wait()

    def begin_wait(self) -> None:
        """Starts a wait: the patience counts from here."""
        self.begun = self.idle_seen = time.monotonic()
        self.idle_s = 0.0
        self.something_came()

    def got_on(self) -> None:
        """Code has come to a place that the check knows: the patience counts anew, and only its nets go on."""
        self.idle_s = 0.0

    def something_came(self) -> None:
        """Whatever stood still before does so no longer."""
        self.since = time.monotonic()
        self.keys: list[tuple[object, ...]] = []
        self.still: tuple[tuple[object, ...], float] | None = None
        self.sleepers: tuple[object, ...] | None = None

    def begin_call(self) -> None:
        """The CPU time that counts is that from now on (from the first look on: a quick call is never looked at).

        Whoever asked in the call before has had an answer.
        """
        self.cpu_before_s: float | None = None
        self.programs: set[int] = set()
        self.polling.begin_call()

    @contextlib.contextmanager
    def uncounted(self) -> Iterator[None]:
        """A wait of our own, for nothing to come: what computes meanwhile goes on because of us, and counts apart."""
        before_s = self.cpu_before_s
        used_s = 0.0 if before_s is None else usage.cpu_s(self.zygote) - before_s
        self.cpu_before_s = None
        try:
            yield
        finally:
            self.cpu_before_s = None if before_s is None else usage.cpu_s(self.zygote) - used_s

    @property
    def went_on_s(self) -> float:
        """How long all were idle since the wait began, and computed since the CPU time counts: not how long it took."""
        computed_s = 0.0 if self.cpu_before_s is None else self.used_s - self.cpu_before_s
        return self.idle_s + computed_s

    def pause_s(self, *, eager: bool) -> float:
        """How long the loop may wait for descriptors before the next look."""
        waited_s = time.monotonic() - self.since
        if not systems.KERNEL_TELLS:
            return BY_PSUTIL_S
        if eager:
            return min(max(EAGER_S, waited_s / 10), BETWEEN_LOOKS_S)
        return FIRST_LOOK_S - waited_s if waited_s < FIRST_LOOK_S else BETWEEN_LOOKS_S

    def is_due(self) -> bool:
        """Whether it is time for a look although things keep coming."""
        return time.monotonic() - self.looked > FIRST_LOOK_S

    def glance(self) -> Halt | None:
        """A look while things come: only the limits count."""
        if halt := self._over_limit():
            return halt
        return self._restless(settled.look(self.zygote, self.housekeeping.places))

    def look(self) -> Halt | None:
        """One look; a Halt where it is the last that was needed."""
        if halt := self._over_limit():
            return halt
        look = self._without_sleepers(settled.look(self.zygote, self.housekeeping.places))
        if look is not None and look.is_quiet() and not self.may_ring:
            return self._quiet(look)
        self.keys.clear()
        return self._restless(look) or self._still(look)

    def _over_limit(self) -> Halt | None:
        """A Halt where the check takes more CPU time or memory than it may."""
        self.looked = time.monotonic()
        inside = processes.below(self.zygote)
        used_s, programs = usage.used(self.zygote, inside)
        self.used_s = used_s
        self.cpu_before_s = used_s if self.cpu_before_s is None else self.cpu_before_s
        self.programs |= programs
        births_s = BIRTH_S * min(len(self.programs), BIRTHS_MOST)
        if used_s - self.cpu_before_s > self.limits.cpu_s + births_s:
            return Halt("busy", "cpu", settled.look(self.zygote))
        too_much = usage.memory_mb(self.zygote, inside) > self.limits.total_memory_mb
        if len(inside) > self.limits.processes / (4 if too_much else 2):
            return Halt("crowd", "processes")
        return Halt("memory", "memory") if too_much else None

    def _without_sleepers(self, look: settled.Look | None) -> settled.Look | None:
        """The look, where a bystander, or such a thread, that sleeps beyond the patience counts as blocked for good."""
        if look is None or not (self.bystanders or self.beside_main):
            return look
        left_s = self._patience_left_s(look)
        waits = [
            replace(wait, endless=True) if self._stands_by(wait) and (wait.left_s or 0) > left_s else wait
            for wait in look.waits
        ]
        return replace(look, waits=tuple(waits))

    def _stands_by(self, wait: settled.Wait) -> bool:
        return wait.pid in self.bystanders or wait.task in self.beside_main

    def limited_waits(self, else_: Waits = frozenset()) -> Waits:
        """The waits with a time limit that go on just now; `else_` where something comes or goes meanwhile.

        Not those of a thread that was there before the first call, and pauses now and then; nor those whose end is too
        far away to be waited for.
        """
        look = settled.look(self.zygote, self.housekeeping.places)
        if look is None:
            return else_
        waits = (wait for wait in look.restless() if wait.is_timed and wait.task not in self.beside_main)
        return frozenset(wait.key for wait in waits if (wait.left_s or 0) < self.limits.patience_s)

    def may_end(self, pid: int) -> bool:
        """Whether the main thread of `pid`, which is not blocked, goes round in a loop that may have a last round."""
        look = settled.look(self.zygote, self.housekeeping.places)
        own = [wait for wait in look.waits if wait.pid == pid] if look is not None and look.readable else []
        if all(wait.endless for wait in own if wait.task == pid):
            return False
        stack = frames.stacks(own).get((pid, pid))
        return stack is not None and self.polling.loops.may_end(stack)

    def _quiet(self, look: settled.Look) -> Halt | None:
        if self.keys and self.keys[-1] != look.key:
            self.keys.clear()
        self.keys.append(look.key)
        if len(self.keys) < LOOKS:
            return None
        if timers.are_pending({wait.pid for wait in look.waits}):
            return self._restless(look)
        return Halt("settled", "stacks" if self.housekeeping.places else "calls", look)

    def _restless(self, look: settled.Look | None) -> Halt | None:
        if look is not None and not self.may_ring and self._asks_in_vain(look):
            return Halt("settled", "stacks", look)
        left_s = self._patience_left_s(look)
        restless = look.restless() if look is not None and look.readable else []
        least_s = max(left_s, SLEEP_PART * self.limits.patience_s)
        if restless and all(wait.left_s is not None and wait.left_s > least_s for wait in restless):
            return self._asleep(look)
        if left_s >= 0 or (self._nets_left_s() > 0 and look is not None and self._steps_on(look)):
            return None
        return Halt("patience", "clock", look)

    def _steps_on(self, look: settled.Look) -> bool:
        """Whether code takes one step after the other, with a pause after each: then the patience counts anew."""
        if look.readable and self.polling.steps_on(look):
            self.got_on()
            return True
        return False

    def _asleep(self, look: settled.Look | None) -> Halt | None:
        """A Halt where two looks agree: what is read of one that has gone on in the meantime may be anything."""
        before, self.sleepers = self.sleepers, look.key if look else None
        return Halt("asleep", "calls", look) if before is not None and before == self.sleepers else None

    def _asks_in_vain(self, look: settled.Look) -> bool:
        if stacks := self.housekeeping.learn(look):
            self.polling.begin(look, stacks)
        return self.polling.proves(look) and not timers.are_pending({wait.pid for wait in look.waits})

    def _patience_left_s(self, look: settled.Look | None) -> float:
        now = time.monotonic()
        if look is not None and look.is_idle():
            self.idle_s += min(now - self.idle_seen, MOST_BETWEEN_S)
        if not systems.KERNEL_TELLS:  # nor whether anybody wants a processor: only what was computed is known
            self.idle_s = max(0.0, self.idle_s - PATIENCE_FOR_CPU * (self.used_s - self.used_seen_s))
            self.used_seen_s = self.used_s
        self.idle_seen = now
        return min(self.limits.patience_s - self.idle_s, self._nets_left_s())

    @property
    def is_over(self) -> bool:
        """Whether the wait has taken longer than any may, whatever came meanwhile."""
        return self._nets_left_s() < 0

    def _nets_left_s(self) -> float:
        nets_s = NETS * self.limits.patience_s
        return min(self.begun + nets_s, self.made + 2 * nets_s, *self.ends) - time.monotonic()

    def _still(self, look: settled.Look | None) -> Halt | None:
        """Where the system calls cannot be read: half the patience without a context switch, and nobody sleeps."""
        if look is None or look.readable or not look.waits or not look.is_idle():
            self.still = None
            return None
        if self.still is None or self.still[0] != look.key:
            self.still = look.key, self.idle_s
        if self.idle_s - self.still[1] < self.limits.patience_s / 2 or look.sleeps():
            return None
        return Halt("settled", "counters", look)
