"""`grade solution`: how an exercise can be done, for who has done it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from grader.options import ALL, CourseFolder, Lang, WrongUse, home, language, one, speaker


def solution(
    exercise: Annotated[str, typer.Argument(help="Which exercise, e.g. ex03.")],
    folder: Annotated[Path, typer.Argument(metavar="[DIR]", help="The folder with the exercise files.")] = Path(),
    spoil: Annotated[bool, typer.Option("--spoil", help="Show it although yours has not passed yet.")] = False,
    lang: Annotated[Lang | None, typer.Option(help="The language: English or Chinese.")] = None,
    course_folder: CourseFolder = None,
) -> int:
    """Show how an exercise can be done, once yours has passed."""
    from grader import course as courses
    from grader.grading import run
    from grader.student import kept
    from grader.words.explain import exercise_number
    from grader.words.terminal import code, open_console

    at = home(course_folder)
    course = courses.load(at.course)
    name = one(exercise, list(course.exercises))
    path = at.solutions / f"{name}.py"
    if not path.is_file():
        raise WrongUse("use_no_solution", name=exercise_number(name))
    if not spoil:
        found = kept.read(run.find_folder(folder, course)).exercises.get(name)
        if found is None or not found.solved:
            raise WrongUse("use_not_solved", name=exercise_number(name))
    console = open_console(sys.stdout)
    text = path.read_text("utf-8").rstrip("\n")
    console.print(code(text, console), soft_wrap=True)  # a line that we break is no Python any more
    if console.is_terminal:
        console.print()
        console.print(speaker(language(lang))("solution_one"), style="dim")
    return ALL
