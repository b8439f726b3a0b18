"""Judges that wait, for those who grade many submissions at once: one for each thread, used again and again.

Who uses it: verify and batch. A judge takes a second to start and serves one job at a time; it forks for each, so that
it is as fresh after a thousand as at first. Where it can be had, one judge serves no jobs but is the mother of all
others, which are there in no time and share its memory. One that has died is replaced.
"""

from __future__ import annotations

import contextlib
import queue
import threading
from collections.abc import Callable, Iterator
from types import TracebackType

from grader import systems
from grader.course import Course
from grader.grading import ahead, judging, run, twins
from grader.grading.gathering import OnStep
from grader.grading.orders import Order, Stopped
from grader.places import Home
from grader.result import Result


class Judges:
    """`with Judges(home, course) as judges:` - afterwards all of them have ended. Raises Misuse where none could be."""

    def __init__(self, home: Home, course: Course) -> None:
        self._home, self._course = home, course
        self._idle: queue.SimpleQueue[ahead.Process] = queue.SimpleQueue()
        self._all = contextlib.ExitStack()
        self._starts = threading.Lock()
        self._mother: ahead.Process | None = None
        self._calling_off = threading.Lock()
        self._orders: dict[int, Order] = {}  # that are under way, by what they are
        self._is_interrupted = False

    def __enter__(self) -> Judges:
        judging.look_for_limits()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._all.__exit__(kind, error, trace)

    def grade(
        self,
        order: Order,
        on_step: OnStep | None = None,
        on_start: Callable[[ahead.Process], object] = id,
    ) -> Result:
        """What one of the judges finds of `order`, whose tier has been chosen; any thread may ask. As run.grade.

        `on_start` is told which judge it is. Raises Stopped once it was interrupted.
        """
        with self._under_way(order):
            judge = self._take()
            try:
                on_start(judge)
                result = run.grade(order, self._course, on_step, by=judge)
            except BaseException:
                judge.kill()  # it may be in the midst of its job
                raise
        if not systems.HAS_FORK:
            judge.wait()  # it serves one job
        if judge.poll() is None:
            self._idle.put(judge)
        return result

    def interrupt(self) -> None:
        """Calls off what is under way, and whatever would come."""
        with self._calling_off:
            self._is_interrupted = True
            for order in self._orders.values():
                order.stop.ask()

    @contextlib.contextmanager
    def _under_way(self, order: Order) -> Iterator[None]:
        """It is called off by `interrupt` from here on, also while a judge for it is still being started."""
        with self._calling_off:
            self._orders[id(order)] = order
            is_late = self._is_interrupted
        try:
            if is_late:
                raise Stopped
            yield
        finally:
            with self._calling_off:
                del self._orders[id(order)]

    def _take(self) -> ahead.Process:
        with contextlib.suppress(queue.Empty):
            while True:
                if (judge := self._idle.get_nowait()).poll() is None:
                    return judge  # any other one has died while it had nothing to do
        with self._starts:
            return self._start()

    def _start(self) -> ahead.Process:
        if not twins.CAN_BE:
            return self._all.enter_context(judging.judge(self._home, course=self._course))
        for _ in range(2):
            if self._mother is None or self._mother.poll() is not None:
                self._mother = self._all.enter_context(judging.judge(self._home, course=self._course))
            with contextlib.suppress(twins.NoMother):
                return self._all.enter_context(twins.twin(self._mother))
        return self._all.enter_context(judging.judge(self._home, course=self._course))
