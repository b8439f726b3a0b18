"""`grade init` and `grade reset`: a folder to work in, and one stub as it was."""

from __future__ import annotations

import shlex
import sys
from enum import Enum
from pathlib import Path
from typing import Annotated

import typer

from grader.options import ALL, CourseFolder, Lang, WrongUse, home, language, one, speaker


class Ci(str, Enum):
    """What to choose from for --ci."""

    GITHUB = "github"
    GITLAB = "gitlab"


def init(
    folder: Annotated[Path, typer.Argument(metavar="[DIR]", help="The folder; it is made.")] = Path(),
    lang: Annotated[Lang | None, typer.Option(help="The language: English or Chinese.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace what is there; a copy of it is kept.")] = False,
    ci: Annotated[Ci | None, typer.Option(help="Also what makes this CI grade it after each push.")] = None,
    course_folder: CourseFolder = None,
) -> int:
    """Make a folder to work in: the exercises, a README, and what editors need to show the checks."""
    from grader.student import handout
    from grader.words.explain import safe_line
    from grader.words.terminal import open_console

    if folder.exists() and not folder.is_dir():
        raise WrongUse("use_init_file", path=folder)
    say, console = speaker(language(lang)), open_console(sys.stdout)
    done = handout.hand_out(home(course_folder), folder, language(lang), force=force, ci=ci.value if ci else None)
    if done.made:
        console.print(say("init_made", count=len(done.made), folder=folder.resolve()))
    else:
        console.print(say("init_nothing", folder=folder.resolve()))
    if done.there and not force:
        console.print(say("init_there", count=len(done.there)))
        console.print(*(f"  {safe_line(name)}" for name in done.there), sep="\n")
        console.print(say("init_force"))
    for name, copy in done.saved.items():
        console.print(say("init_saved", name=name, copy=copy))
    console.print()
    console.print(say("init_next"))
    if folder.resolve() != Path.cwd():
        console.print(f"  cd {shlex.quote(str(folder))}")
    console.print("  grade")
    return ALL


def reset(
    exercise: Annotated[str, typer.Argument(help="Which exercise, e.g. ex03.")],
    folder: Annotated[Path, typer.Argument(metavar="[DIR]", help="The folder with the exercise files.")] = Path(),
    lang: Annotated[Lang | None, typer.Option(help="The language: English or Chinese.")] = None,
    course_folder: CourseFolder = None,
) -> int:
    """Put one exercise back as it was handed out; a copy of yours is kept."""
    from grader import course as courses
    from grader.grading import run
    from grader.student import handout
    from grader.words.terminal import open_console

    at = home(course_folder)
    course = courses.load(at.course)
    name = one(exercise, list(course.exercises))
    where = run.find_folder(folder, course)
    say, console = speaker(language(lang)), open_console(sys.stdout)
    file = f"{name}.py"
    if handout.is_stub(at, where, name):
        console.print(say("reset_same", file=file))
    elif copy := handout.put_back(at, where, name):
        console.print(say("reset_saved", file=file, copy=copy.name))
    else:
        console.print(say("reset_new", file=file))
    return ALL
