"""The hints to one exercise, as a ladder: from a nudge to where it can be read, and never the solution.

Who uses it: `grade hint`. What goes in: the last result of the exercise; the course and its lessons. What comes out:
what the ladder is about (the first check that is not passed, or the state of the file), and its steps.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from grader.course import Course
from grader.result import CheckResult, ExerciseResult, State, Verdict
from grader.student.lessons import Lesson
from grader.words import explain, gist, loading
from grader.words.explain import word


@dataclass(frozen=True)
class Ladder:
    """The steps are texts, the first the smallest; `about` is a check's name, or a state's."""

    about: str
    steps: list[str]


def ladder(exercise: ExerciseResult, course: Course, lessons: Mapping[str, Lesson], lang: str) -> Ladder | None:
    """The ladder for what is to be done first in `exercise`; None where nothing is."""
    if exercise.state is State.MISSING:
        return Ladder(exercise.state.value, [word(course, "hint_missing", lang, **_names(exercise))])
    if exercise.state is State.UNLOADABLE:
        return Ladder(exercise.state.value, list(_to_load(exercise, course, lang)))
    if exercise.state is State.UNTOUCHED:
        return Ladder(exercise.state.value, list(_to_begin(exercise, course, lessons, lang)))
    if (check := first_open(exercise)) is None:
        return None
    return Ladder(check.id, list(_to_pass(exercise, check, course, lessons, lang)))


def first_open(exercise: ExerciseResult) -> CheckResult | None:
    """The check to begin with: what is wrong comes before what was not judged, and both before a bonus."""
    wrong = [check for check in exercise.checks if check.verdict in gist.TROUBLE and not _ours(check)]
    left = [check for check in exercise.checks if check.verdict is Verdict.SKIPPED]
    return min([*wrong, *left], key=lambda check: check.stretch, default=None)


def _ours(check: CheckResult) -> bool:
    return check.verdict is Verdict.BROKEN


def _names(exercise: ExerciseResult) -> dict[str, str]:
    return {"file": f"{exercise.id}.py", "number": explain.exercise_number(exercise.id)}


def _to_load(exercise: ExerciseResult, course: Course, lang: str) -> Iterator[str]:
    names, error = _names(exercise), exercise.error
    yield word(course, "hint_load", lang, line=error.line if error else None, **names)
    if error is not None:
        yield explain.error_text(error, course, lang)
    if error is not None and loading.is_graded_only(error):
        yield explain.error_advice(error, course, lang)
    else:
        yield word(course, "hint_load_run", lang, **names)
    yield word(course, "hint_read_errors", lang)


def _to_begin(
    exercise: ExerciseResult, course: Course, lessons: Mapping[str, Lesson], lang: str
) -> Iterator[str]:  # fmt: skip
    known = course.exercises[exercise.id]
    check = next((check for check in known.checks.values() if check.function != "import"), None)
    if check is None:
        return
    yield word(course, "hint_begin", lang, function=explain.function_name(check.function, course, lang))
    yield f"{check.title.in_(lang)}\n{check.hint.in_(lang)}"
    yield from _to_read(check.section, course, lessons, lang)


def _to_pass(
    exercise: ExerciseResult, check: CheckResult, course: Course, lessons: Mapping[str, Lesson], lang: str
) -> Iterator[str]:
    told = explain.explain(exercise.id, check, course, lang)
    yield word(course, "hint_where", lang, title=told.title, function=told.function, line=check.line)
    if told.expected is not None and told.seen is not None:
        yield word(course, "hint_found", lang, expected=told.expected, seen=told.seen)
    if why := [*told.causes, *told.waiting]:
        yield "\n".join(why)
    if told.hint is not None:
        yield told.hint
    yield from _to_read(check.section, course, lessons, lang)


def _to_read(section: str, course: Course, lessons: Mapping[str, Lesson], lang: str) -> Iterator[str]:
    if section in lessons:
        mistakes = [f"- {mistake.in_(lang)}" for mistake in lessons[section].mistakes]
        yield "\n".join([word(course, "hint_mistakes", lang), *mistakes])
    if section in course.sections:
        title, link = explain.section_title(section, course, lang), course.sections[section].link
        yield word(course, "hint_read", lang, section=title, link=link, number=section)
