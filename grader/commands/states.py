"""`grade list`: how all exercises stand, from the last time they were graded; nothing is graded anew.

With --follow it stays, and shows them anew whenever something was graded or saved, by whatever command or editor.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.options import ALL, CourseFolder, Lang, WrongUse, home, language, speaker

if TYPE_CHECKING:
    from rich.console import Console, Group, RenderableType

    from grader.course import Course
    from grader.places import Home
    from grader.result import ExerciseResult, Result
    from grader.student.kept import Kept


def states(
    folder: Annotated[Path, typer.Argument(metavar="[DIR]", help="The folder with the exercise files.")] = Path(),
    follow: Annotated[
        bool, typer.Option("--follow", help="Stay, and show anew what was graded or saved; Ctrl-C ends it.")
    ] = False,
    lang: Annotated[Lang | None, typer.Option(help="The language: English or Chinese.")] = None,
    course_folder: CourseFolder = None,
) -> int:
    """List all exercises and how they stand, from the last time they were graded."""
    from grader import course as courses
    from grader.grading import run
    from grader.words.terminal import open_console

    at, spoken = home(course_folder), language(lang)
    course = courses.load(at.course)
    where = run.find_folder(folder, course)
    console = open_console(sys.stdout)
    listings = _listings(where, at, course, spoken, console)
    if follow:
        with contextlib.suppress(KeyboardInterrupt):
            _show_each(console, listings)
    else:
        console.print(next(listings))
    return ALL


def _listings(where: Path, at: Home, course: Course, lang: str, console: Console) -> Iterator[Group]:
    """How all stands: now, and then whenever it is otherwise. Raises WrongUse where the folder is no more."""
    from grader.student import kept

    before = None
    for _ in _moments(where):
        if not where.is_dir():
            raise WrongUse("use_not_there", path=where)
        found = kept.read(where)
        result = as_it_stands(where, found, at, course)
        now = result, _notes(where, found, result)
        if now != before:
            before = now
            yield _listing(*now, course, lang, console, none_yet=not found.exercises)


def _moments(where: Path) -> Iterator[object]:
    """One at once, then one whenever something in the folder, or what is kept of it, may have changed."""
    yield None
    from grader.student import changes, kept

    folders = [where]
    with contextlib.suppress(RuntimeError):  # the user has no home
        folders.append(kept.place(where).parent)
    with contextlib.suppress(OSError, RuntimeError):  # no more watches are to be had, or none at all
        yield from _events(folders, polling=changes.has_no_events(where))
    yield from _events(folders, polling=True)


def _events(folders: list[Path], *, polling: bool) -> Iterator[object]:
    """One for each change in `folders`, and one wherever there was none for a while."""
    import watchfiles

    from grader.student import changes

    yield from watchfiles.watch(
        *filter(Path.is_dir, folders),
        watch_filter=None,
        step=changes.STEP_MS,
        rust_timeout=changes.LOOK_MS,
        yield_on_timeout=True,
        force_polling=polling,
        poll_delay_ms=changes.POLL_MS,
        recursive=False,
    )


def _show_each(console: Console, listings: Iterator[Group]) -> None:
    """Each in the place of the one before; one after the other where the output is no terminal."""
    from rich.live import Live

    if not console.is_terminal or console.is_dumb_terminal:
        for listing in listings:
            console.print(listing)
            console.file.flush()
        return
    with Live(console=console, auto_refresh=False, vertical_overflow="visible") as live:
        for listing in listings:
            live.update(listing, refresh=True)


def _listing(
    result: Result, notes: dict[str, str], course: Course, lang: str, console: Console, *, none_yet: bool
) -> Group:
    """The table, the score, and what to do next."""
    from rich.console import Group
    from rich.text import Text

    from grader.words import explain
    from grader.words.console import screen

    say, show = speaker(lang), screen(console, course, lang)
    lines: list[RenderableType] = [
        show.table(result, {name: say(key) for name, key in notes.items()}),
        Text(),
        show.short_line(result),
    ]
    if changed := [explain.exercise_number(name) for name, key in notes.items() if key == "list_since"]:
        lines.append(say("list_changed", names=say("list_comma").join(changed)))
    return Group(*lines, say("list_none") if none_yet else show.next_line(result))


def as_it_stands(folder: Path, found: Kept, at: Home, course: Course) -> Result:
    """The last result of each exercise of the course, put together; what is not begun is told from its file."""
    from grader import __version__
    from grader.result import Result

    result = Result(course=course.id, kit=__version__, python="", start_method="", submission="", sandbox="")
    result.exercises = [_exercise(name, folder, found, at, course) for name in course.exercises]
    result.total()
    result.complete = True
    return result


def _exercise(name: str, folder: Path, found: Kept, at: Home, course: Course) -> ExerciseResult:
    from grader.result import ExerciseResult, State
    from grader.student import kept

    state = kept.begun(folder / f"{name}.py", at.exercises / f"{name}.py")
    known = found.exercises.get(name)
    if state is State.GRADED and known is not None and kept.is_up_to_date(folder, name, known):
        return known.result
    checks = course.exercises[name].checks.values()
    return ExerciseResult(id=name, state=state, max_score=sum(course.points(c) for c in checks if not c.stretch))


def _notes(folder: Path, found: Kept, result: Result) -> dict[str, str]:
    """What is to be said beside the exercises, as keys of words."""
    from grader.result import State
    from grader.student import kept

    notes = {}
    for exercise in result.exercises:
        if exercise.state is State.GRADED and not exercise.checks:
            notes[exercise.id] = "list_not_graded"
        elif exercise.checks and kept.has_changed(folder, exercise.id, found.exercises[exercise.id]):
            notes[exercise.id] = "list_since"
    return notes
