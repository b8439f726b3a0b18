"""`grade similar`: shows which students of a graded class have in common what few others have."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from grader.options import ALL, CourseFolder, Lang, WrongUse, home, language, writable


def similar(
    out: Annotated[Path, typer.Argument(help="The folder that `grade batch` made.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="Where to write the page.")] = Path("pairs.html"),
    most: Annotated[int, typer.Option(min=1, help="How many pairs to show.")] = 50,
    lang: Annotated[Lang | None, typer.Option(help="The language: English or Chinese.")] = None,
    course_folder: CourseFolder = None,
) -> int:
    """Show pairs of students who share what few others have: a hint to look, never a verdict."""
    try:
        import copydetect  # noqa: F401
    except ImportError:
        raise WrongUse("use_no_similarity") from None
    from grader import course as courses
    from grader import gradebook
    from grader.classes import likeness, pairspage
    from grader.commands.export import read_gradebook
    from grader.result import write_atomically

    at = home(course_folder)
    book = read_gradebook(out)
    stubs, solutions = likeness.of_folder(at.exercises), likeness.of_folder(at.solutions)
    class_, names = likeness.Likeness(stubs, solutions), {}
    with writable(output):
        for entry in book.entries:
            if files := likeness.of_folder(gradebook.folder_of(out, entry) / gradebook.FILES):
                class_.add(entry.id, files)
                names[entry.id] = entry.name or entry.id
        if not names:
            raise WrongUse("use_no_files", folder=out)
        pairs = class_.pairs(most)
        page = pairspage.page(class_, pairs, names, courses.load(at.course), language(lang))
        write_atomically(output, page.encode("utf-8"))
    print(f"{output}: {_counted(len(pairs), 'pair')} of {_counted(len(names), 'student')}")
    return ALL


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
