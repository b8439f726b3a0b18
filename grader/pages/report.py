"""A result as one HTML page that stands alone: no script, no network, nothing but the file.

Who uses it: the commands, and batch. In goes a Result with the course and a language, out comes the text of the page;
the template draws what the views below hold and decides nothing (see environment.py for what keeps it safe).
"""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from grader.course import Course, Section
from grader.pages.coloured import Row, rows
from grader.pages.drawing import waits_svg
from grader.pages.environment import template
from grader.pages.lanes_drawing import lanes_svg
from grader.result import CheckResult, ExerciseResult, LoadError, Result, State, Verdict
from grader.words import explain, gist
from grader.words.difference import Sides, difference
from grader.words.lanes import STATES, Line, chart, lines
from grader.words.matrix import matrix

MASTERY_SIGNS = {"mastered": "✓", "begun": "◐", "open": "○", "none": "–"}


@dataclass(frozen=True)
class TimelineView:
    """The timeline of a check: drawn, and as a list."""

    count: str
    drawing: Markup
    states: list[str]  # for the legend: those of a process anywhere, and what else is drawn
    lines: list[Line]
    more: str | None  # what is not drawn


@dataclass(frozen=True)
class AgainView:
    """The check above that went wrong in the same place for the same reason."""

    anchor: str
    title: str


@dataclass(frozen=True)
class CheckView:
    """One check as the page shows it."""

    anchor: str
    result: CheckResult
    told: explain.Explanation
    sign: str
    detailed: bool  # whether more is told than its title
    again: AgainView | None  # what it repeats, so that its details can be folded
    difference: Sides | None
    drawing: Markup
    code: list[Row]  # the student's own lines, if any
    timeline: TimelineView | None
    judged: str | None  # what the verdict of a stuck check rests on


@dataclass(frozen=True)
class ExerciseView:
    """One exercise as the page shows it."""

    anchor: str
    result: ExerciseResult
    number: str
    title: str
    kind: Verdict
    sign: str
    state: str
    told: str | None  # why nothing in it could be judged
    error: str | None
    advice: str | None  # what to do about the error
    place: str | None
    code: list[Row]
    praise: str | None
    checks: list[CheckView]


@dataclass(frozen=True)
class SectionView:
    """One tile of the map."""

    number: str
    section: Section
    anchor: str
    mastery: str
    sign: str
    score: int
    max_score: int


@dataclass(frozen=True)
class NextView:
    """What to do first."""

    title: str
    where: str | None
    anchor: str | None
    advice: str | None
    section: str | None
    link: str | None


def page(result: Result, course: Course, lang: str) -> str:
    """The page that tells `result` in `lang`."""
    exercises = [_exercise_view(index, exercise, course, lang) for index, exercise in enumerate(result.exercises, 1)]
    return template("result.html").render(
        result=result,
        course=course,
        lang=lang,
        w=lambda key, **facts: explain.word(course, key, lang, **facts),
        percent=gist.percent(result.score, result.max_score),
        whole=sum(map(gist.is_whole, result.exercises)),
        exercises=exercises,
        has_timelines=any(check.timeline for exercise in exercises for check in exercise.checks),
        sections=_section_views(exercises, course),
        matrix=matrix(result, course, lang),
        signs=explain.SIGNS,
        next=_next_view(result, exercises, course, lang),
        known_sandbox=f"sandbox_{result.sandbox}" in course.words,
    )


def _exercise_view(index: int, exercise: ExerciseResult, course: Course, lang: str) -> ExerciseView:
    kind, file = gist.overall(exercise), f"{explain.safe_line(exercise.id)}.py"
    known = course.exercises.get(exercise.id)
    graded = exercise.state is State.GRADED
    return ExerciseView(
        anchor=f"e{index}",
        result=exercise,
        number=explain.exercise_number(exercise.id),
        title=explain.exercise_title(exercise.id, course, lang),
        kind=kind,
        sign=explain.SIGNS[kind],
        state=explain.word(course, _state_key(exercise, kind), lang),
        told=None if graded else explain.word(course, f"told_{exercise.state.value}", lang, file=file),
        error=explain.error_text(exercise.error, course, lang) if exercise.error else None,
        advice=explain.error_advice(exercise.error, course, lang) if exercise.error else None,
        place=explain.place(exercise.error) if exercise.error else None,
        code=_code_rows(exercise.error) if exercise.error else [],
        praise=known.praise.in_(lang) if known and gist.is_whole(exercise) else None,
        checks=_check_views(f"e{index}", exercise, course, lang) if graded else [],
    )


def _state_key(exercise: ExerciseResult, kind: Verdict) -> str:
    if exercise.state is not State.GRADED:
        return f"state_{exercise.state.value}"
    return "state_whole" if kind is Verdict.PASSED else f"verdict_{kind.value}"


def _check_views(anchor: str, exercise: ExerciseResult, course: Course, lang: str) -> list[CheckView]:
    anchors = {check.id: f"{anchor}c{number}" for number, check in enumerate(exercise.checks, 1)}
    again = {
        name: AgainView(anchors[earlier.id], explain.title(exercise.id, earlier, course, lang))
        for name, earlier in gist.repeats(exercise).items()
    }
    return [
        _check_view(anchors[check.id], exercise.id, check, again.get(check.id), course, lang)
        for check in exercise.checks
    ]


def _check_view(
    anchor: str, exercise_id: str, check: CheckResult, again: AgainView | None, course: Course, lang: str
) -> CheckView:
    told = explain.explain(exercise_id, check, course, lang)
    return CheckView(
        anchor=anchor,
        result=check,
        told=told,
        sign=explain.SIGNS[check.verdict],
        detailed=check.verdict in gist.TROUBLE,
        again=again,
        difference=difference(told.expected, told.seen),
        drawing=waits_svg(check, course, lang),
        code=_code_rows(check),
        timeline=_timeline_view(check, course, lang),
        judged=explain.judged_by(check, course, lang),
    )


def _timeline_view(check: CheckResult, course: Course, lang: str) -> TimelineView | None:
    if not check.timeline:
        return None
    drawn = chart(check, course, lang)
    key = "timeline_count_one" if len(drawn.lanes) == 1 else "timeline_count"
    key = "timeline_count_birth" if len(check.timeline) == 1 else key
    return TimelineView(
        count=explain.word(course, key, lang, lanes=len(drawn.lanes), events=len(check.timeline)),
        drawing=lanes_svg(drawn, explain.word(course, "timeline_drawn", lang)),
        states=[state for state in STATES if state != "held" or state in drawn.states],
        lines=lines(check, course, lang),
        more=explain.word(course, "timeline_more", lang, count=drawn.more) if drawn.more else None,
    )


def _code_rows(found: CheckResult | LoadError) -> list[Row]:
    return rows(found.excerpt, found.line) if found.excerpt else []


def _section_views(exercises: list[ExerciseView], course: Course) -> list[SectionView]:
    views = []
    for number, section in course.sections.items():
        found = [(each.anchor, check) for each in exercises for check in each.result.checks if check.section == number]
        judged = [check for _, check in found if not check.stretch and check.verdict is not Verdict.BROKEN]
        score, max_score = sum(c.points for c in judged), sum(c.max_points for c in judged)
        mastery = "none" if not max_score else "mastered" if score >= max_score else "begun" if score else "open"
        # The tile leads to the exercise that has most to say: the first that is not all right.
        anchor = next((a for a, c in found if c.verdict is not Verdict.PASSED), found[0][0] if found else "")
        views.append(SectionView(number, section, anchor, mastery, MASTERY_SIGNS[mastery], score, max_score))
    return views


def _next_view(result: Result, exercises: list[ExerciseView], course: Course, lang: str) -> NextView:
    step = gist.next_step(result)
    if step is None:
        return NextView(explain.word(course, "next_none", lang), None, None, None, None, None)
    view = next(each for each in exercises if each.result is step[0])
    name = f"{view.number} {view.title}"
    check = next((each for each in view.checks if each.result is step[1]), None)
    if check is None:
        loads = view.result.state is State.UNLOADABLE
        file = f"{view.result.id}.py"
        title = explain.word(course, "next_load" if loads else "next_begin", lang, file=file, title=name)
        return NextView(title, view.place, view.anchor, view.advice, None, None)
    bonus = check.result.stretch
    title = explain.word(course, "next_bonus", lang, title=check.told.title) if bonus else check.told.title
    parts = (name, check.told.function, check.told.place)
    where = explain.word(course, "comma", lang).join(part for part in parts if part)
    advice = check.told.causes[0] if check.told.causes else check.told.hint
    return NextView(title, where, check.anchor, advice, check.told.section, check.told.link)
