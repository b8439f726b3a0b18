"""`grade list`: how all exercises stand, from the last time they were graded; nothing is graded anew."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.options import ALL, CourseFolder, Lang, home, language, speaker

if TYPE_CHECKING:
    from grader.course import Course
    from grader.kept import Kept
    from grader.places import Home
    from grader.result import ExerciseResult, Result


def states(
    folder: Annotated[Path, typer.Argument(metavar="[DIR]", help="The folder with the exercise files.")] = Path(),
    lang: Annotated[Lang | None, typer.Option(help="The language: English or Chinese.")] = None,
    course_folder: CourseFolder = None,
) -> int:
    """List all exercises and how they stand, from the last time they were graded."""
    from grader import course as courses
    from grader import explain, kept, run
    from grader.console import open_console, screen

    at, spoken = home(course_folder), language(lang)
    course = courses.load(at.course)
    where = run.find_folder(folder, course)
    found = kept.read(where)
    result = as_it_stands(where, found, at, course)
    notes = _notes(where, found, result)
    say, console = speaker(spoken), open_console(sys.stdout)
    show = screen(console, course, spoken)
    console.print(show.table(result, {name: say(key) for name, key in notes.items()}))
    console.print()
    console.print(show.short_line(result))
    if changed := [explain.exercise_number(name) for name, key in notes.items() if key == "list_since"]:
        console.print(say("list_changed", names=say("list_comma").join(changed)))
    console.print(show.next_line(result) if found.exercises else say("list_none"))
    return ALL


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
    from grader import kept
    from grader.result import ExerciseResult, State

    state = kept.begun(folder / f"{name}.py", at.exercises / f"{name}.py")
    known = found.exercises.get(name)
    if state is State.GRADED and known is not None and known.result.state not in (State.MISSING, State.UNTOUCHED):
        return known.result
    checks = course.exercises[name].checks.values()
    return ExerciseResult(id=name, state=state, max_score=sum(course.points(c) for c in checks if not c.stretch))


def _notes(folder: Path, found: Kept, result: Result) -> dict[str, str]:
    """What is to be said beside the exercises, as keys of words."""
    from grader import kept
    from grader.result import State

    notes = {}
    for exercise in result.exercises:
        if exercise.state is State.GRADED and not exercise.checks:
            notes[exercise.id] = "list_not_graded"
        elif exercise.checks and kept.has_changed(folder, exercise.id, found.exercises[exercise.id]):
            notes[exercise.id] = "list_since"
    return notes
