"""The checks as pytest shows them in a student's folder: one item for each check, below its exercise's file.

Who runs it: plain `pytest`, or the test view of an editor, where a conftest.py asks for it (`grade init` writes one);
no other run of pytest loads it. It collects from the course alone, and never imports an exercise file. Before the first
check of an exercise runs, the judge grades the whole exercise behind its walls, as `grade` does; each item then tells
its verdict. What goes in by the environment: GRADE_SANDBOX and GRADE_LANG.
"""

from __future__ import annotations

import ast
import contextlib
import io
import os
from collections.abc import Callable, Generator, Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any, cast

import pytest

from grader import course as courses
from grader import options, places, systems
from grader.course import Course
from grader.grading import ahead, judging, run
from grader.grading.orders import Order
from grader.misuse import Misuse
from grader.result import CheckResult, ExerciseResult, State, Verdict
from grader.student import kept
from grader.walls.tiers import choose
from grader.words import console, explain, gist, terminal

Hook = Callable[..., Generator[None, list[pytest.Collector], list[pytest.Collector]]]


class Grading:
    """One judge for a whole run of pytest, and what it has found so far; it is started when it is first needed."""

    def __init__(self, home: places.Home) -> None:
        self.home, self.lang = home, options.language(None)
        self._found: dict[Path, ExerciseResult] = {}
        self._open = contextlib.ExitStack()

    @cached_property
    def course(self) -> Course:
        """The course."""
        return courses.load(self.home.course)

    @cached_property
    def _judge(self) -> ahead.Process:
        return self._open.enter_context(judging.judge(self.home, course=self.course))

    @cached_property
    def _tier(self) -> str:
        wanted, tiers = os.environ.get("GRADE_SANDBOX") or "auto", [tier.value for tier in options.Tier]
        if wanted not in tiers:
            raise Misuse("use_no_tier", tier=wanted, tiers=", ".join(tiers))
        return choose(wanted)

    def of(self, path: Path) -> ExerciseResult:
        """What was found of the exercise file at `path`, which is graded where it was not yet."""
        if kept.begun(path, self.home.exercises / path.name) is State.UNTOUCHED:
            return ExerciseResult(id=path.stem, state=State.UNTOUCHED)
        if path not in self._found:
            order = Order(path.parent, [path.stem], self.home, self._tier)
            known = kept.digests(path.parent, order.exercises)
            result = run.grade(order, self.course, by=self._judge)
            kept.keep(path.parent, result, known)
            if not (result.complete and systems.HAS_FORK):  # one that has failed, or cannot fork, grades nothing more
                self.close()
                del self._judge
            self._found[path] = result.exercises[0]
        return self._found[path]

    def tell(self, exercise: ExerciseResult, check: CheckResult) -> str:
        """What the terminal says of a check that is not passed."""
        screen = console.Screen(self.course, self.lang, plain=True)
        stream = io.StringIO()
        told = screen.unloadable(exercise) if exercise.state is State.UNLOADABLE else screen.failure(exercise.id, check)
        terminal.open_console(stream).print(told, soft_wrap=True)
        return stream.getvalue().rstrip()

    def close(self) -> None:
        """Ends the judge."""
        self._open.close()


GRADING = pytest.StashKey[dict[str, Grading]]()


def checks_of(folder: str | None = None) -> Hook:
    """pytest's hook that collects the checks of the kit's course, or of the course in `folder`, from exercise files."""

    @pytest.hookimpl(wrapper=True)
    def pytest_collect_file(
        file_path: Path, parent: pytest.Collector
    ) -> Generator[None, list[pytest.Collector], list[pytest.Collector]]:
        others = yield
        grading = _grading(parent.config, folder)
        if file_path.suffix != ".py" or file_path.stem not in grading.course.exercises:
            return others
        return [ExerciseFile.from_parent(parent, path=file_path, grading=grading)]

    return pytest_collect_file


def _grading(config: pytest.Config, folder: str | None) -> Grading:
    known = config.stash.setdefault(GRADING, {})
    if (grading := known.get(folder or "")) is None:
        grading = known[folder or ""] = Grading(places.home(Path(folder)) if folder else places.KIT)
        config.add_cleanup(grading.close)
    return grading


class ExerciseFile(pytest.File):
    """An exercise file: it has the exercise's checks, and is never imported here."""

    def __init__(self, *, grading: Grading, **options: Any) -> None:
        super().__init__(**options)
        self.grading = grading

    def collect(self) -> Iterable[pytest.Item]:
        """Its checks, in the course's order."""
        lines = _lines(self.path)
        for name, check in self.grading.course.exercises[self.path.stem].checks.items():
            yield CheckItem.from_parent(self, name=name, line=lines.get(check.function, 0))


class CheckItem(pytest.Item):
    """One check of an exercise."""

    def __init__(self, *, line: int, **options: Any) -> None:
        super().__init__(**options)
        self.line = line

    @property
    def grading(self) -> Grading:
        """What grades it."""
        return cast(ExerciseFile, self.parent).grading

    def runtest(self) -> None:
        """Passes, skips or fails as the check did."""
        exercise = self.grading.of(self.path)
        if exercise.state in (State.MISSING, State.UNTOUCHED):
            pytest.skip(explain.word(self.grading.course, f"state_{exercise.state.value}", self.grading.lang))
        check = next(check for check in exercise.checks if check.id == self.name)
        if check.output and check.verdict not in gist.TROUBLE:  # there it is told beside the rest
            self.add_report_section("call", "stdout", explain.safe(check.output, 8000))
        if check.verdict is Verdict.PASSED:
            return
        if check.verdict is Verdict.SKIPPED and exercise.state is not State.UNLOADABLE:
            pytest.skip(self._why_skipped(check))
        raise AssertionError(self.grading.tell(exercise, check))

    def _why_skipped(self, check: CheckResult) -> str:
        told = " ".join(explain.causes(check, self.grading.course, self.grading.lang))
        return told or explain.word(self.grading.course, "verdict_skipped", self.grading.lang)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """What the student is told, without a traceback of ours."""
        error = excinfo.value
        if isinstance(error, Misuse):
            return error.in_(self.grading.lang)
        return str(error) if isinstance(error, AssertionError) else super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        """The file, the line of the function that is checked, and what the check claims."""
        check = self.grading.course.exercises[self.path.stem].checks[self.name]
        return self.path, self.line, f"{explain.exercise_number(self.path.stem)} {check.title.in_(self.grading.lang)}"


def _lines(path: Path) -> dict[str, int]:
    """The line (from 0) of each function and class of the file; none where it is no Python."""
    return dict(_definitions(path))


def _definitions(path: Path) -> Iterator[tuple[str, int]]:
    with contextlib.suppress(OSError, SyntaxError, ValueError, RecursionError, MemoryError):
        for node in ast.parse(path.read_bytes()).body:
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                yield node.name, node.lineno - 1
