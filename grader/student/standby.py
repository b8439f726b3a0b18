"""A judge that stands by: what is to be graded is graded at once, in the background, and whatever is newer comes first.

Who uses it: `grade watch`. A thread of its own keeps a judge waiting with its checks collected, and a twin of it, both
of them with the walls for the next order, so that an order costs no more than its checks. `stop` ends what is under
way; nothing more is told of it.
"""

from __future__ import annotations

import contextlib
import queue
import threading
from collections.abc import Callable

from grader import systems
from grader.course import Course
from grader.grading import ahead, judging, run, twins
from grader.grading.gathering import OnStep
from grader.grading.orders import Order, Stopped
from grader.places import Home
from grader.result import ExerciseResult, Result

MOST_JUDGES = 2  # what one file asks for is soon done
SHOWN_EVERY = 4  # checks


class Standby:
    """`with Standby(home, course, step, done, failed) as standby:` - afterwards nothing of it runs.

    From its thread, `step` is told now and then how many checks there are, `done` the whole result, and `failed` what
    went wrong of ours.
    """

    def __init__(
        self,
        home: Home,
        course: Course,
        step: Callable[[Order, int], None],
        done: Callable[[Order, Result], None],
        failed: Callable[[BaseException], None],
    ) -> None:
        self._home, self._course = home, course
        self._step, self._done, self._failed = step, done, failed
        self._orders: queue.SimpleQueue[Order | None] = queue.SimpleQueue()
        self._last: Order | None = None
        self._started = threading.Event()
        self._thread = threading.Thread(target=self._work, name="standby", daemon=True)

    def __enter__(self) -> Standby:
        self._thread.start()
        self._started.wait()  # Ctrl-Z while a process is being started would stop that one alone, and us with it
        return self

    def __exit__(self, *exc: object) -> None:
        self.stop()
        self._orders.put(None)
        self._thread.join()

    def grade(self, order: Order) -> None:
        """Grades `order`, whose tier has been chosen, in place of what is under way."""
        self.stop()
        self._last = order
        self._orders.put(order)

    def stop(self) -> None:
        """Ends what is under way; the judge stays."""
        if self._last:
            self._last.stop.ask()

    def _work(self) -> None:
        try:
            with contextlib.ExitStack() as ends:
                judges = self._come(ends)
                while order := self._orders.get():
                    if order.stop.is_asked:  # something newer has come since
                        continue
                    self._grade(order, judges)
                    if not systems.HAS_FORK:
                        judges[0].wait()  # without fork a judge serves one job
                    if any(judge.poll() is not None for judge in judges):
                        ends.close()
                        judges = self._come(ends)
                    for judge in judges if systems.HAS_FORK else ():
                        run.put_up_walls(judge, order)
        except BaseException as error:
            self._failed(error)
        finally:
            self._started.set()

    def _come(self, ends: contextlib.ExitStack) -> list[ahead.Process]:
        """A judge, and a twin where there is a core for it; with `ends` they have ended."""
        judge = ends.enter_context(judging.judge(self._home, apart=True, course=self._course))
        self._started.set()
        return [judge, *ends.enter_context(twins.beside(judge, MOST_JUDGES))]

    def _grade(self, order: Order, judges: list[ahead.Process]) -> None:
        with contextlib.suppress(Stopped):
            result = run.grade(order, self._course, self._stepper(order), judges[0], judges[1:])
            self._done(order, result)

    def _stepper(self, order: Order) -> OnStep:
        """Tells of some of the steps: to show each takes a good part of a core that is wanted for grading."""

        def step(result: Result, _: ExerciseResult) -> None:
            if (count := len(result.verdicts())) % SHOWN_EVERY == 0:
                self._step(order, count)

        return step
