"""`grade ci`: grades a repository where CI runs, and writes what that place reads."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.formats.venue import Place
from grader.options import (
    ALL,
    NOT_ALL,
    CourseFolder,
    Exercises,
    Lang,
    Reveal,
    StartMethod,
    Tier,
    WrongUse,
    home,
    language,
    scored_under,
    status_of,
    taught,
    to_grade,
    visible,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from grader.commands.desk import Desk
    from grader.course import Course
    from grader.formats.edition import Edition, Line
    from grader.formats.names import Format
    from grader.formats.venue import Venue
    from grader.result import ExerciseResult, Result


def ci(
    path: Annotated[
        Path | None, typer.Argument(help="The repository, or a folder in it. Without: where this place has it.")
    ] = None,
    form: Annotated[
        list[str] | None,
        typer.Option("--format", metavar="NAME[=FILE]", help="Write this, too. Repeatable. A NAME of `grade export`."),
    ] = None,
    place: Annotated[Place | None, typer.Option(help="Where this is. Without: it is recognised.")] = None,
    exercise: Exercises = None,
    reveal: Annotated[Reveal | None, typer.Option(help="How much a failure reveals, where no check says more.")] = None,
    visibility: Annotated[str, typer.Option(help="In Gradescope: who sees the tests, and when.")] = "visible",
    lang: Annotated[Lang | None, typer.Option(help="The language: English or Chinese.")] = None,
    sandbox: Annotated[Tier, typer.Option(envvar="GRADE_SANDBOX", help="The walls around the submission.")] = Tier.AUTO,
    start_method: Annotated[StartMethod | None, typer.Option(help="multiprocessing's default.")] = None,
    memory: Annotated[
        int | None, typer.Option(min=64, help="MiB that each process may use. Without: what fits here.")
    ] = None,
    budget: Annotated[
        int | None,
        typer.Option(min=1, help="Seconds that all may take; the rest is skipped. Without: what this place allows."),
    ] = None,
    course_folder: CourseFolder = None,
) -> int:
    """Grade a repository in CI: GitHub, GitLab, Gradescope, Classroom 50."""
    from dataclasses import replace

    from grader.commands.desk import Desk
    from grader.formats.venue import recognise
    from grader.grading.orders import Order
    from grader.walls import room

    venue = recognise(os.environ, place)
    at = home(course_folder)
    course = taught(at, reveal)
    folder = _folder(path or venue.folder, course, venue)
    desk = Desk(venue, _formats(form or [], venue))
    desk.check()
    order = Order(
        folder=folder,
        exercises=to_grade(exercise, course),
        home=at,
        tier=sandbox.value,
        start_method=scored_under(start_method),
        everywhere=start_method is StartMethod.ALL,
        limits=replace(room.limits(memory), budget_s=budget or venue.budget_s),
        name=_name(folder, venue),
    )
    shown = _editor(order, course, language(lang), venue, visible(visibility))
    result = _grade(order, course, desk, shown)
    status = status_of(result)
    return ALL if venue.lenient and status == NOT_ALL else status


def _grade(order, course: Course, desk: Desk, shown: Callable[[Result], Edition]) -> Result:  # type: ignore[no-untyped-def]
    """Grades, and keeps the files up to date; whatever ends it, they and the log tell what there is."""
    from contextlib import ExitStack

    from grader.grading import run as runner
    from grader.grading import twins
    from grader.grading.gathering import blank
    from grader.walls import room

    latest = blank(order, course)

    def step(result: Result, exercise: ExerciseResult) -> None:
        nonlocal latest
        latest = result
        desk.write(shown(result), all_of_them=False)
        _say_progress(result, exercise, course)

    desk.write(shown(latest))
    with ExitStack() as afterwards:
        afterwards.callback(lambda: _say_all(shown(latest), desk))
        afterwards.callback(lambda: desk.write(shown(latest)))
        judge = afterwards.enter_context(runner.judge_for(order, course))
        together = twins.grade if room.limit_mb() is None else runner.grade  # each sandbox may take all that it may
        latest = together(order, course, step, judge)
    return latest


def _editor(order, course: Course, lang: str, venue: Venue, visibility: str) -> Callable[[Result], Edition]:  # type: ignore[no-untyped-def]
    """What makes an edition of a result."""
    import time
    from functools import cache

    from grader.formats.edition import edition

    known: dict[tuple[str, int], list[Line]] = {}
    files = frozenset(path.name for path in order.folder.glob("*.py"))
    where = order.folder.resolve()
    root = venue.root.resolve()
    prefix = f"{where.relative_to(root).as_posix()}/" if where != root and where.is_relative_to(root) else ""
    walls = cache(lambda tier: _walls(tier, course, lang))

    def made(result: Result) -> Edition:
        return edition(
            result,
            course,
            lang,
            order.exercises,
            prefix=prefix,
            files=files,
            visibility=visibility,
            facts=os.environ,
            now_ms=time.time_ns() // 1_000_000,
            walls=walls(result.sandbox),
            known=known,
        )

    return made


def _walls(tier: str, course: Course, lang: str) -> str:
    """What is in force, and why it is no more than that."""
    from grader.walls import tiers
    from grader.words.explain import safe_line, word

    if tier not in tiers.TIERS:
        return ""
    over = tiers.passed_over(tier)
    reasons = [word(course, "ci_why_not", lang, tier=name, reason=safe_line(over[name], 300)) for name in over]
    return word(course, "ci_walls", lang, tier=word(course, f"sandbox_{tier}", lang), reasons=" ".join(reasons) or None)


def _folder(path: Path, course: Course, venue: Venue) -> Path:
    """The folder with the exercise files: `path`, `exercises` in it, or the only folder in it that has any.

    A repository without any is a submission, too, of which all is missing. What a link in it leads to is not there.
    """
    from grader.grading import run as runner

    if venue.place is not Place.ELSEWHERE and _leads_out(path, venue.root):
        raise runner.NoSubmission("use_not_there", path=path)
    try:
        return runner.find_folder(path, course)
    except runner.NoSubmission:
        if not path.is_dir():
            raise
    below = [folder for folder in sorted(path.iterdir()) if folder.is_dir() and not folder.is_symlink()]
    found = [folder for folder in below if any((folder / f"{name}.py").is_file() for name in course.exercises)]
    return found[0] if len(found) == 1 else path


def _leads_out(path: Path, root: Path) -> bool:
    """Whether `path` is a name in `root`, and not what is meant by it."""
    is_named_in = Path(os.path.abspath(path)).is_relative_to(os.path.abspath(root))
    return is_named_in and not path.resolve().is_relative_to(root.resolve())


def _name(folder: Path, venue: Venue) -> str:
    """What the submission is called."""
    from grader.places import as_text

    for name in ("GITHUB_REPOSITORY", "CI_PROJECT_PATH"):
        if venue.place is not Place.GRADESCOPE and os.environ.get(name):
            return os.environ[name].rpartition("/")[2]
    return as_text(folder.resolve().name)


def _formats(asked: list[str], venue: Venue) -> list[tuple[Format, Path | None]]:
    """What the place reads, and what was asked for besides."""
    from grader.formats.names import FILES, Format

    found = list(venue.formats)
    for each in asked:
        name, _, file = each.partition("=")
        if name not in {form.value for form in Format}:
            raise WrongUse("use_format", name=name, names=", ".join(form.value for form in Format))
        form = Format(name)
        if file or form not in {there for there, _ in found}:
            logged = form is Format.ANNOTATIONS and not file
            found.append((form, None if logged else Path(file or FILES[form])))
    return found


# --- the log, which a runner reads for commands: nothing gets there but through escape.log


def _say_progress(result: Result, exercise: ExerciseResult, course: Course) -> None:
    if len(exercise.checks) == len(course.exercises[exercise.id].checks):
        points = f"{exercise.score}/{exercise.max_score}" if exercise.max_score else "-"
        _say(f"{exercise.id}  {exercise.state.value}  {points}")


def _say_all(of: Edition, desk: Desk) -> None:
    """The failures, the score, and what was in force; last the commands to the runner, which are ours alone."""
    import io

    from grader.words.console import Screen
    from grader.words.terminal import open_console

    screen = Screen(of.course, of.lang, plain=True, ascii_only=not _can_show("✓∞"))
    text = io.StringIO()
    console = open_console(text)
    console.print(screen.failures(of.result))
    console.print(screen.table(of.result))
    console.print(screen.score_line(of.result))
    _say(text.getvalue())
    for sentence in of.notices:
        _say(sentence)
    if desk.sheets:
        _say(of.word("written", names=", ".join(sheet.path.name for sheet in desk.sheets)))
    sys.stdout.write(_encodable(desk.log(of)))
    sys.stdout.flush()


def _say(text: str) -> None:
    from grader.formats import escape

    print(_encodable(escape.log(text)), flush=True)


def _encodable(text: str) -> str:
    encoding = sys.stdout.encoding or "utf-8"
    return text.encode(encoding, "backslashreplace").decode(encoding)


def _can_show(signs: str) -> bool:
    return _encodable(signs) == signs
