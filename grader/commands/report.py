"""`grade report`: makes the page of a result that was written before."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from grader.options import ALL, CourseFolder, Lang, home, language, read_result, write_page


def report(
    result: Annotated[Path, typer.Argument(help="A result that `grade run --json` wrote.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="Where to write the page.")] = Path("report.html"),
    lang: Annotated[Lang | None, typer.Option(help="The language: English or Chinese.")] = None,
    course_folder: CourseFolder = None,
) -> int:
    """Make the report page of a result."""
    from grader import course as courses

    read = read_result(result)
    write_page(output, read, courses.load(home(course_folder).course), language(lang))
    return ALL
