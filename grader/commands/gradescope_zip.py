"""`grade gradescope-zip`: the autograder that Gradescope is given, as a zip."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from grader.options import ALL, CourseFolder, Lang, Reveal, WrongUse, chosen, home, language, visible, writable


def gradescope_zip(
    output: Annotated[Path, typer.Argument(metavar="[FILE]", help="Where to write it.")] = Path("autograder.zip"),
    exercise: Annotated[list[str] | None, typer.Option(help="Grade this one only, e.g. ex02. Repeatable.")] = None,
    lang: Annotated[Lang | None, typer.Option(help="The language: English or Chinese.")] = None,
    reveal: Annotated[Reveal | None, typer.Option(help="How much a failure reveals, where no check says more.")] = None,
    visibility: Annotated[str, typer.Option(help="Who sees the tests, and when.")] = "visible",
    wheel: Annotated[
        Path | None, typer.Option(help="A wheel of prograde to put into it, in place of this version from the index.")
    ] = None,
    course_folder: CourseFolder = None,
) -> int:
    """Make the zip that Gradescope is given as an autograder."""
    from grader import course as courses
    from grader.formats import ready
    from grader.result import write_atomically

    if wheel is not None and not (wheel.is_file() and wheel.suffix == ".whl"):
        raise WrongUse("use_no_wheel", path=wheel)
    known = courses.load(home(course_folder).course).exercises
    arguments = ["--lang", language(lang), "--visibility", visible(visibility)]
    arguments += ["--reveal", reveal.value] if reveal else []
    for name in chosen(exercise, list(known)) if exercise else []:
        arguments += ["--exercise", name]
    with writable(output):
        write_atomically(output, ready.gradescope_zip(arguments, wheel=wheel, course=course_folder))
    from grader.words.explain import safe_line

    print(safe_line(str(output)))
    return ALL
