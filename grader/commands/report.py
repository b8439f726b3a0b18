"""`grade report`: makes the page of a result that was written before, or all pages of a graded class."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.options import (
    ALL,
    CourseFolder,
    Lang,
    WrongUse,
    home,
    language,
    read_result,
    tell_written,
    write_and_tell,
)

if TYPE_CHECKING:
    from grader.course import Course


def report(
    result: Annotated[
        Path, typer.Argument(help="A result that `grade run --json` wrote, or the folder that `grade batch` made.")
    ],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Where to write the page: report.html, if not said.")
    ] = None,
    lang: Annotated[Lang | None, typer.Option(help="The language: English or Chinese.")] = None,
    course_folder: CourseFolder = None,
) -> int:
    """Make the report page of a result."""
    from grader import course as courses

    course = courses.load(home(course_folder).course)
    if result.is_dir():
        return _class(result, output, course, language(lang))
    read = read_result(result)
    write_and_tell(output or Path("report.html"), read, course, language(lang))
    return ALL


def _class(out: Path, output: Path | None, course: Course, lang: str) -> int:
    """Makes all pages of a class anew, where they are: they lead to each other."""
    from grader.classes import classpage
    from grader.commands.export import read_gradebook
    from grader.gradebook import REPORT, SUBMISSIONS
    from grader.pages import report

    if output is not None:
        raise WrongUse("use_report_class", folder=out)
    book = read_gradebook(out)
    classpage.write_reports(out, book, lambda result: report.page(result, course, lang).encode("utf-8"))
    classpage.write(out, book, course, lang)
    tell_written(f"{out / classpage.PAGE}, {out / classpage.CSV}, {out / SUBMISSIONS}/*/{REPORT}", lang)
    return ALL
