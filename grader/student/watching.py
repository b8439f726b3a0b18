"""Grading what is saved, again and again: one loop that takes in changes, keys and results, and has the screen shown.

Who uses it: `grade watch`. Whatever happens comes as an event into one queue, from threads and from signals, and only
this loop acts on it. What it shows stands in `Standing`; how that looks is the panel's matter. Keys that come while
something is graded are dropped; what is saved meanwhile calls it off, and is graded in its place.
"""

from __future__ import annotations

import queue
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from grader.grading.orders import Order
from grader.result import ExerciseResult, Result, State
from grader.student import kept
from grader.student.keys import ENDS
from grader.student.standby import Standby
from grader.words import gist


@dataclass
class Event:
    """`kind` is what a method of Watching is called by: "changed", "key", "step", "done", "polls", "gone" ..."""

    kind: str
    what: Any = None


@dataclass
class Deeds:
    """What can be done beside grading, lent by the command; each gives what is to be shown."""

    stands: Callable[[], Result]  # the last result of each exercise, put together
    hint: Callable[[str], Any]
    table: Callable[[Result], Any]
    report: Callable[[Result], Any]
    put_back: Callable[[str], Any]
    is_stub: Callable[[str], bool]
    ask_first: Callable[[str], Any]  # whether an exercise is to be put back
    stop: Callable[[], None]  # Ctrl-Z: gives the terminal back, and stops
    go_on: Callable[[], None]  # takes the terminal again


@dataclass
class Standing:
    """What the screen shows."""

    current: str
    result: Result  # the last one of each exercise
    running: list[str] = field(default_factory=list)
    graded: int = 0  # checks of those that run
    note: Any = None  # shown in place of the last result
    polls: bool = False
    asks: bool = False  # whether the current exercise is to be put back
    keys: list[str] = field(default_factory=list)  # those that make sense now

    def exercise(self) -> ExerciseResult:
        """The last result of the current exercise."""
        return next(found for found in self.result.exercises if found.id == self.current)


class Gone(Exception):
    """The folder is no more."""


class Left(Exception):
    """The user, or the terminal, has left; the argument is the exit status."""


class Watching:
    """`order` is what each order is made like; `show` paints what stands."""

    def __init__(self, order: Callable[[list[str]], Order], deeds: Deeds, show: Callable[[Standing], None]) -> None:
        self.events: queue.SimpleQueue[Event] = queue.SimpleQueue()
        self._order, self._deeds, self._show = order, deeds, show
        self._folder = order([]).folder
        self._digests: dict[str, str | None] = {}  # of what is graded just now
        self._by_hand = False  # whether that was asked for with a key
        self._full: dict[str, ExerciseResult] = {}  # what was graded since we watch; what is kept of it is shorter
        self._ours: dict[str, str | None] = {}  # digests of files that we wrote ourselves
        result = deeds.stands()
        self.standing = Standing(gist.exercise_to_be_at(result), result)

    def run(self, standby: Standby) -> None:
        """Raises Left in the end, or Gone, or what went wrong of ours."""
        self._standby = standby
        if changed := {found.id for found in self.standing.result.exercises if self._is_to_be_graded(found)}:
            self._grade(changed)
        while True:
            self.standing.keys = self._keys()
            self._show(self.standing)
            self._take(self.events.get())
            while not self.events.empty():
                self._take(self.events.get())

    def _take(self, event: Event) -> None:
        getattr(self, f"_{event.kind}")(event.what)

    # --- what happens

    def _changed(self, names: set[str]) -> None:
        now = kept.digests(self._folder, names)
        self._ours = {name: known for name, known in self._ours.items() if now.get(name, known) == known}
        names = names - self._ours.keys()
        running = set(self.standing.running)
        if new := {name for name in names if name not in running or now[name] != self._digests.get(name)}:
            self._grade(new if self._by_hand else new | running)  # what was saved before is still to be graded

    def _step(self, told: tuple[Order, int]) -> None:
        order, graded = told
        if order is self._at:
            self.standing.graded = graded

    def _done(self, told: tuple[Order, Result]) -> None:
        order, result = told
        if order is not self._at:
            return
        kept.keep(self._folder, result, self._digests)
        self.standing.running = []
        self._full |= {found.id: found for found in result.exercises}
        self._refresh()
        self.standing.result.sandbox, self.standing.result.python = result.sandbox, result.python
        if gist.is_whole(self.standing.exercise()):
            still = (found.id for found in result.exercises if not gist.is_whole(found))
            self.standing.current = next(still, self.standing.current)

    def _failed(self, error: BaseException) -> None:
        raise error

    def _polls(self, _: None) -> None:
        self.standing.polls = True

    def _gone(self, _: None) -> None:
        raise Gone

    def _resized(self, _: None) -> None:
        """It is shown anew."""

    def _woken(self, _: None) -> None:
        """A signal came; what its handler has told is in the queue."""

    def _stopped(self, _: None) -> None:
        self._deeds.stop()

    def _continued(self, _: None) -> None:
        self._deeds.go_on()

    def _left(self, status: int) -> None:
        raise Left(status)

    def _key(self, key: str) -> None:
        if key in ENDS:
            raise Left(0)
        if self.standing.running:
            return
        asks, self.standing.asks = self.standing.asks, False
        if asks or key in self._keys():
            self.standing.note = None
        if key in self._keys():
            getattr(self, f"_key_{key}")(asks)

    # --- keys

    def _keys(self) -> list[str]:
        standing, exercise = self.standing, self.standing.exercise()
        is_open = not gist.is_whole(exercise)
        senses = {
            "n": next_open(standing.result, standing.current) not in (None, standing.current),
            "h": is_open and (bool(exercise.checks) or exercise.state is not State.GRADED),
            "l": True,
            "r": True,
            "o": any(found.checks for found in standing.result.exercises),
            "x": not self._deeds.is_stub(standing.current),
            "q": True,
        }
        return [key for key, makes_sense in senses.items() if makes_sense]

    def _key_n(self, _: bool) -> None:
        self._come_to(next_open(self.standing.result, self.standing.current) or self.standing.current)

    def _key_h(self, _: bool) -> None:
        self.standing.note = self._deeds.hint(self.standing.current)

    def _key_l(self, _: bool) -> None:
        self.standing.note = self._deeds.table(self.standing.result)

    def _key_r(self, _: bool) -> None:
        self._grade({found.id for found in self.standing.result.exercises}, by_hand=True)

    def _key_o(self, _: bool) -> None:
        self.standing.note = self._deeds.report(self.standing.result)

    def _key_x(self, asked: bool) -> None:
        if asked:
            self.standing.note = self._deeds.put_back(self.standing.current)
            self._ours = kept.digests(self._folder, [self.standing.current])
            self._refresh()
        else:
            self.standing.note, self.standing.asks = self._deeds.ask_first(self.standing.current), True

    def _key_q(self, _: bool) -> None:
        raise Left(0)

    # --- grading

    _at: Order | None = None

    def _come_to(self, name: str) -> None:
        """Shows `name`, and grades it where it was not graded as it is."""
        self.standing.current = name
        if self._is_to_be_graded(self.standing.exercise()):
            self._grade({name})

    def _is_to_be_graded(self, exercise: ExerciseResult) -> bool:
        """Whether it is begun, and was never graded as it is."""
        known = kept.read(self._folder).exercises.get(exercise.id)
        is_begun = exercise.state in (State.GRADED, State.UNLOADABLE)
        return is_begun and (known is None or kept.has_changed(self._folder, exercise.id, known))

    def _grade(self, names: set[str], *, by_hand: bool = False) -> None:
        standing = self.standing
        self._by_hand = by_hand
        standing.running = [found.id for found in standing.result.exercises if found.id in names]
        standing.graded, standing.note, standing.asks = 0, None, False
        if standing.current not in names:
            standing.current = standing.running[0]
        self._digests = kept.digests(self._folder, standing.running)
        self._at = self._order(standing.running)
        self._standby.grade(self._at)

    def _refresh(self) -> None:
        """Takes in how all stands; what was graded since we watch is shown whole, kept or not."""
        result = self._deeds.stands()
        for at, found in enumerate(result.exercises):
            if found.state in (State.GRADED, State.UNLOADABLE):
                result.exercises[at] = self._full.get(found.id, found)
        result.total()
        self.standing.result = result


def next_open(result: Result, current: str) -> str | None:
    """The next one after `current` that is not complete, round in a circle; None where there is none."""
    names = [found.id for found in result.exercises]
    at = names.index(current) + 1
    still = {found.id for found in result.exercises if not gist.is_whole(found)}
    return next((name for name in [*names[at:], *names[:at]] if name in still), None)


def heard(put: Callable[[Event], None]) -> dict[str, Callable[..., None]]:
    """What to call for each kind of event, from any thread; what more than one thing is told of comes as a tuple."""

    def hearer(kind: str) -> Callable[..., None]:
        return lambda *what: put(Event(kind, what[0] if len(what) == 1 else what or None))

    return {kind: hearer(kind) for kind in ("changed", "key", "step", "done", "failed", "polls", "gone")}


def order_for(folder: Path, **how: Any) -> Callable[[list[str]], Order]:
    """What makes orders for exercises in `folder`."""
    return lambda names: Order(folder=folder, exercises=names, **how)
