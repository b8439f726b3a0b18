"""multiprocessing's own threads that wake up in vain: so that 'everything is blocked for good' holds beside them.

Who uses it: the watch (standstill.py), where a look is quiet but for threads that sleep with a time limit. What goes
in: such a look. What comes out: the places of those of them that may count as blocked for good.

A thread counts only where its own stack says so: its innermost frames are the standard library's, one of the waits in
KNOWN, and nothing of a student's is above them. Of all that multiprocessing and concurrent.futures run on Linux, from
3.10 on, only the server of a manager waits with a time limit, for an event that another thread of it has to set; a
pool's handlers, feeder threads, executors, the resource tracker and the fork server wait without one, and wake up when
a worker has died or a task is there. What wakes up to look whether there is something to do is not in KNOWN.
"""

from __future__ import annotations

import time

from grader.kernel import frames
from grader.kernel.frames import Stack, Stacks
from grader.kernel.settled import Look, Place, Wait

SEEN_TWICE_S = 0.015  # as long in the same place before it is worth a question
ASK_AGAIN_S = 0.25
KNOWN = ((("multiprocessing/managers.py", "serve_forever"), "threading.py"),)


class Housekeeping:
    """The places that were recognised so far."""

    def __init__(self) -> None:
        self.places: set[Place] = set()
        self._first_seen: dict[Place, float] = {}
        self._asked: dict[Place, tuple[float, float]] = {}  # when to ask again, and how long to wait then

    def learn(self, look: Look) -> Stacks | None:
        """Looks into the restless threads of `look`, if they are all worth it; their stacks, where it did."""
        restless = look.restless()
        if not look.readable or not all(wait.is_timed for wait in restless):
            return None
        now = time.monotonic()
        since = [now - self._first_seen.setdefault(wait.place, now) for wait in restless]
        unknown = [wait for wait in restless if now >= self._asked.get(wait.place, (0.0, 0.0))[0]]
        if not unknown or min(since) < SEEN_TWICE_S:
            return None
        return self._recognise(look, restless, unknown)

    def _recognise(self, look: Look, restless: list[Wait], unknown: list[Wait]) -> Stacks:
        for wait in unknown:
            _, pause_s = self._asked.get(wait.place, (0.0, ASK_AGAIN_S / 2))
            self._asked[wait.place] = (time.monotonic() + 2 * pause_s, 2 * pause_s)
        pids = {wait.pid for wait in restless}
        stacks = frames.stacks(wait for wait in look.waits if wait.pid in pids)
        self.places |= {wait.place for wait in unknown if is_idle(stacks.get((wait.pid, wait.task)))}
        return stacks


def is_idle(stack: Stack | None) -> bool:
    """Whether the innermost frames are one of the waits that end in nothing."""
    return stack is not None and any(_is(stack, file, function, above) for (file, function), above in KNOWN)


def _is(stack: Stack, file: str, function: str, above: str) -> bool:
    outer = next((frame for frame in stack.frames if not frame.is_in(above, "wait", "__enter__")), None)
    return outer is not None and outer is not stack.frames[0] and outer.is_in(file, function)
