"""`grade hint`: one hint to what is not right yet in an exercise; each further call goes a step further.

Without an exercise it is the one to be at: the first that is begun and not complete.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.options import ALL, CourseFolder, Lang, WrongUse, home, language, one, speaker

if TYPE_CHECKING:
    from grader.course import Course
    from grader.places import Home
    from grader.result import ExerciseResult
    from grader.student.kept import Kept


def hint(
    exercise: Annotated[
        str | None, typer.Argument(help="Which exercise, e.g. ex03. Without: the first that is not complete.")
    ] = None,
    folder: Annotated[Path, typer.Argument(metavar="[DIR]", help="The folder with the exercise files.")] = Path(),
    step: Annotated[int | None, typer.Option(min=1, help="This hint, and not the next one.")] = None,
    lang: Annotated[Lang | None, typer.Option(help="The language: English or Chinese.")] = None,
    course_folder: CourseFolder = None,
) -> int:
    """Give a hint to what is not right yet; each further call goes a step further."""
    from grader import course as courses
    from grader.grading import run
    from grader.student import kept, ladder, lessons
    from grader.words import explain
    from grader.words.prose import prose
    from grader.words.terminal import open_console

    at, spoken = home(course_folder), language(lang)
    course = courses.load(at.course)
    where = run.find_folder(folder, course)
    found = kept.read(where)
    name = _open(where, found, at, course) if exercise is None else one(exercise, list(course.exercises))
    number = explain.exercise_number(name)
    result = last_result(name, where, found, at)
    say, console = speaker(spoken), open_console(sys.stdout)
    made = ladder.ladder(result, course, lessons.load(at.course), spoken)
    if made is None:
        console.print(say("hint_whole", number=number))
        console.print(course.exercises[name].praise.in_(spoken))
        return ALL
    known = found.exercises.setdefault(name, kept.Exercise(result=result, digest=kept.digest(where / f"{name}.py")))
    at_step = min(step or known.hinted.get(made.about, 0) + 1, len(made.steps))
    title = explain.exercise_title(name, course, spoken)
    console.print(say("hint_head", number=number, title=title, step=at_step, steps=len(made.steps)), style="bold")
    console.print(prose(made.steps[at_step - 1]))
    if kept.has_changed(where, name, known):
        console.print(say("hint_changed", number=number), style="dim")
    last = at_step == len(made.steps)
    console.print(say("hint_last" if last else "hint_more", number=number), style="dim")
    known.hinted[made.about] = at_step
    kept.write(where, found)
    return ALL


def _open(where: Path, found: Kept, at: Home, course: Course) -> str:
    """The exercise to be at."""
    from grader.commands import states
    from grader.words import gist

    return gist.exercise_to_be_at(states.as_it_stands(where, found, at, course))


def last_result(name: str, folder: Path, found: Kept, at: Home) -> ExerciseResult:
    """What is known of the exercise: from its file alone, or else from the last time it was graded."""
    from grader.result import ExerciseResult, State
    from grader.student import kept
    from grader.walls import staging
    from grader.words import explain

    if (why := staging.barred(folder / f"{name}.py")) is not None:
        raise WrongUse(f"barred_{why}", file=f"{name}.py")
    state = kept.begun(folder / f"{name}.py", at.exercises / f"{name}.py")
    if state is not State.GRADED:
        return ExerciseResult(id=name, state=state)
    known = found.exercises.get(name)
    if known is None or not kept.is_up_to_date(folder, name, known):
        raise WrongUse("use_not_graded", name=explain.exercise_number(name))
    return known.result
