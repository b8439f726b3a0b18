"""A judge that stands by: what is to be graded is graded at once, in the background, and whatever is newer comes first.

Who uses it: `grade watch`. A thread of its own keeps a judge waiting with its checks collected, so that an order costs
no more than a fork and the checks. `stop` ends what is under way; nothing more is told of it.
"""

from __future__ import annotations

import contextlib
import os
import queue
import threading
from collections.abc import Callable

from grader.course import Course
from grader.grading import ahead, judging, twins
from grader.grading.orders import Order, Stopped
from grader.places import Home
from grader.result import Result


class Standby:
    """`with Standby(home, course, step, done, failed) as standby:` - afterwards nothing of it runs.

    From its thread, `step` is told after each check how many there are, `done` the whole result, and `failed` what went
    wrong of ours.
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
            with contextlib.ExitStack() as judges:
                judge = judges.enter_context(judging.judge(self._home, apart=True, course=self._course))
                self._started.set()
                while order := self._orders.get():
                    self._grade(order, judge)
                    if not hasattr(os, "fork"):
                        judge.wait()  # without fork a judge serves one job
                    if judge.poll() is not None:
                        judges.close()
                        judge = judges.enter_context(judging.judge(self._home, apart=True, course=self._course))
        except BaseException as error:
            self._failed(error)
        finally:
            self._started.set()

    def _grade(self, order: Order, judge: ahead.Process) -> None:
        with contextlib.suppress(Stopped):
            result = twins.grade(
                order, self._course, lambda result, _: self._step(order, len(result.verdicts())), judge
            )
            self._done(order, result)
