"""A program that asks again and again what can never change: a proof, not a guess.

Who uses it: the watch (standstill.py). Threads that wake up to ask are not blocked for good; but where all others are,
where each of these goes round in a loop that only asks (which loops do, the harness reads in the text, polls.py), and
where each has gone round several times while nobody else ran, the answer will be the same for ever. Right code that
asks for what the check holds back is settled in the same way: it goes on as soon as the check does.
"""

from __future__ import annotations

import os
from dataclasses import dataclass

from grader.kernel import frames
from grader.kernel.frames import Stack
from grader.kernel.settled import Look, Wait

ROUNDS = 4  # wake-ups while nobody else ran
MOST_THREADS = 4  # that ask; more are not looked into
UNSEEN = ("<lambda>", "<genexpr>", "<listcomp>", "<setcomp>", "<dictcomp>")

Thread = tuple[int, int, int]  # PID, task, when it was born
Round = tuple[object, ...]  # a loop, and all frames that lead to it


@dataclass(frozen=True)
class Loops:
    """The loops of one file, by lines: those that only ask, with where they wait, and all others; and by their form."""

    file: str = ""  # as it is called inside
    idle: tuple[tuple[int, int, int, int], ...] = ()
    other: tuple[tuple[int, int], ...] = ()
    fors: tuple[tuple[int, int], ...] = ()
    whiles: tuple[tuple[int, int], ...] = ()

    def steps(self, stack: Stack) -> bool:
        """Whether what goes on there is a `for`, and no `while`: it comes to its end, one step after the other."""
        ours = self._lines(stack)
        return _holds(self.fors, ours) and not _holds(self.whiles, ours)

    def may_end(self, stack: Stack) -> bool:
        """Whether what goes on there goes round in a loop that does more than to ask: it may have a last round."""
        ours = self._lines(stack)
        asks = bool(ours) and any(first <= ours[0] <= last for *_, first, last in self.idle)
        return not asks and _holds(self.other, ours)

    def _lines(self, stack: Stack) -> list[int]:
        return [frame.line for frame in stack.frames if frame.file == self.file]

    def round_of(self, stack: Stack) -> Round | None:
        """The loop that the innermost frame of the file goes round in; None where that, or what led there, may end."""
        ours = [frame for frame in stack.frames if frame.file.startswith(os.path.dirname(self.file) + "/")]
        if not ours or any(frame.function in UNSEEN or frame.file != self.file for frame in ours):
            return None
        around = [each for each in self.idle if each[2] <= ours[0].line <= each[3]]
        if not around or any(first <= frame.line <= last for frame in ours for first, last in self.other):
            return None
        return around[-1], ours[0].function, ours[1:]


@dataclass
class _Start:
    key: tuple[object, ...]
    rounds: dict[Thread, Round]
    wakes: dict[Thread, int]


class Polling:
    """Follows the threads that ask, from look to look."""

    def __init__(self) -> None:
        self.loops = Loops()
        self._start: _Start | None = None

    def begin_call(self) -> None:
        """What was seen of the call before says nothing of this one."""
        self._start = None

    def begin(self, look: Look, stacks: frames.Stacks) -> None:
        """Takes note of where the restless threads of `look` go round, if all of them do.

        Where that is known already, and still so, nothing begins anew: who asks once a second would never get far.
        """
        restless = look.restless()
        rounds = {_thread(wait): self._round(stacks.get((wait.pid, wait.task))) for wait in restless}
        known = {thread: around for thread, around in rounds.items() if around is not None}
        if self._start is not None and (self._start.rounds, self._start.key) == (rounds, _others(look)):
            return
        self._start = None
        if len(known) == len(rounds) <= MOST_THREADS:
            self._start = _Start(_others(look), known, {_thread(wait): wait.wakes for wait in restless})

    def proves(self, look: Look) -> bool:
        """Whether `look` is the last that was needed."""
        restless = look.restless()
        if self._start is None:
            return False
        same = {_thread(wait) for wait in restless} == self._start.rounds.keys()
        if not restless or not same or _others(look) != self._start.key:
            self._start = None
            return False
        if not look.is_quiet(apart_from=restless) or any(
            wait.wakes - self._start.wakes[_thread(wait)] < ROUNDS for wait in restless
        ):
            return False
        return self._still_there(look, restless)

    def _still_there(self, look: Look, restless: list[Wait]) -> bool:
        pids = {wait.pid for wait in restless}
        stacks = frames.stacks(wait for wait in look.waits if wait.pid in pids)
        start, self._start = self._start, None
        rounds = {_thread(wait): self._round(stacks.get((wait.pid, wait.task))) for wait in restless}
        return start is not None and rounds == start.rounds

    def steps_on(self, look: Look) -> bool:
        """Whether a restless thread of `look` takes one step after the other."""
        stacks = frames.stacks(look.restless())
        return any(map(self.loops.steps, stacks.values()))

    def _round(self, stack: Stack | None) -> Round | None:
        return self.loops.round_of(stack) if stack else None


def _holds(spans: tuple[tuple[int, int], ...], numbers: list[int]) -> bool:
    return any(first <= number <= last for number in numbers for first, last in spans)


def _thread(wait: Wait) -> Thread:
    return wait.pid, wait.task, wait.born


def _others(look: Look) -> tuple[object, ...]:
    """What is equal in two looks only if nobody ran but the restless."""
    return tuple(wait.key for wait in look.waits if wait.endless), look.zombies
