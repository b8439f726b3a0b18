"""Will anything ever come from inside?  Settled, busy, asleep, or out of patience: one of them, or not yet.

Who uses it: the stage's loop, whenever nothing came for a moment. The facts are the kernel's (settled.py and
processes.py). Only the last resort, the patience, is a clock, and the verdict says so where it decided.

    settled    every thread is blocked for good, as two looks prove
    busy       the check's processes have used more CPU time than the limit (not time: a slow machine changes nothing)
    asleep     nothing runs, and a thread sleeps until beyond the patience
    patience   nothing has come for too long, for a reason that the kernel does not show (polling in small steps)
"""

from __future__ import annotations

import time
from dataclasses import dataclass

from grader import processes, settled
from grader.sandbox import Limits

FIRST_LOOK_S = 0.1  # an ordinary check is over before it is ever looked at
BETWEEN_LOOKS_S = 0.02
LOOKS = 3  # two prove it; the third costs nothing and forgives an unknown


@dataclass(frozen=True)
class Halt:
    """Nothing will come, and why."""

    kind: str  # "settled", "busy", "asleep", "patience", "memory"
    look: settled.Look | None = None


class Watch:
    """Watches the processes below `zygote` while a check waits."""

    def __init__(self, zygote: int, limits: Limits) -> None:
        self.zygote = zygote
        self.limits = limits
        self.cpu_before_s = processes.cpu_s(zygote)
        self.housekeeping: set[tuple[int, int]] = set()
        self.looked = time.monotonic()
        self.begin_wait()

    def begin_wait(self) -> None:
        """Starts a wait: the patience counts from here."""
        self.begun = time.monotonic()
        self.something_came()

    def something_came(self) -> None:
        """Whatever stood still before does so no longer."""
        self.since = time.monotonic()
        self.keys: list[tuple[object, ...]] = []

    def begin_call(self) -> None:
        """The CPU time that counts is that from now on."""
        self.cpu_before_s = processes.cpu_s(self.zygote)

    def pause_s(self, *, eager: bool) -> float:
        """How long the loop may wait for descriptors before the next look."""
        if eager:
            return 0.002
        waited_s = time.monotonic() - self.since
        return FIRST_LOOK_S - waited_s if waited_s < FIRST_LOOK_S else BETWEEN_LOOKS_S

    def is_due(self) -> bool:
        """Whether the budget should be looked at although things keep coming."""
        return time.monotonic() - self.looked > FIRST_LOOK_S

    def over_budget(self) -> Halt | None:
        """A Halt where the check takes more CPU time or memory than it may."""
        self.looked = time.monotonic()
        if processes.cpu_s(self.zygote) - self.cpu_before_s > self.limits.cpu_s:
            return Halt("busy", settled.look(self.zygote))
        if processes.memory_mb(self.zygote) > self.limits.total_memory_mb:
            return Halt("memory")
        return None

    def look(self) -> Halt | None:
        """One look; a Halt where it is the last that was needed."""
        if halt := self.over_budget():
            return halt
        look = settled.look(self.zygote, self.housekeeping)
        if look is not None and look.is_quiet():
            return self._quiet(look)
        self.keys.clear()
        return self._restless(look)

    def _quiet(self, look: settled.Look) -> Halt | None:
        if self.keys and self.keys[-1] != look.key():
            self.keys.clear()
        self.keys.append(look.key())
        return Halt("settled", look) if len(self.keys) >= LOOKS else None

    def _restless(self, look: settled.Look | None) -> Halt | None:
        left_s = self.limits.patience_s - (time.monotonic() - self.begun)
        if look is not None and look.readable:
            restless = look.restless()
            if restless and all(wait.until_s is not None and wait.until_s > left_s for wait in restless):
                return Halt("asleep", look)
        return Halt("patience", look) if left_s < 0 else None
