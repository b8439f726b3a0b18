"""Judges that wait, for those who grade many submissions at once: one for each thread, used again and again.

Who uses it: verify. A judge takes a second to start and serves one job at a time; it forks for each, so that it is as
fresh after a thousand as at first. One that has died is replaced.
"""

from __future__ import annotations

import contextlib
import queue
import threading
from types import TracebackType

from grader import run
from grader.course import Course
from grader.places import Home
from grader.result import Result


class Judges:
    """`with Judges(home, course) as judges:` - afterwards all of them have ended."""

    def __init__(self, home: Home, course: Course) -> None:
        self._home, self._course = home, course
        self._idle: queue.SimpleQueue[run.Process] = queue.SimpleQueue()
        self._all = contextlib.ExitStack()
        self._starts = threading.Lock()

    def __enter__(self) -> Judges:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._all.__exit__(kind, error, trace)

    def grade(self, order: run.Order) -> Result:
        """What one of the judges finds of `order`, whose tier has been chosen; any thread may ask. As run.grade."""
        judge = self._take()
        try:
            result = run.grade(order, self._course, by=judge)
        except BaseException:
            judge.kill()  # it may be in the midst of its job
            raise
        if judge.poll() is None:
            self._idle.put(judge)
        return result

    def _take(self) -> run.Process:
        try:
            return self._idle.get_nowait()
        except queue.Empty:
            with self._starts:
                return self._all.enter_context(run.judge(self._home))
