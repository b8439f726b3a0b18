"""`grade run`: grades the exercise files in a folder, and shows what was found."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from grader.options import (
    CourseFolder,
    Lang,
    StartMethod,
    Tier,
    chosen,
    home,
    language,
    status_of,
    writable,
    write_page,
)


def run(
    path: Annotated[
        Path, typer.Argument(help="The folder with the exercise files, or with them in exercises/.")
    ] = Path(),
    exercise: Annotated[list[str] | None, typer.Option(help="Grade this one only, e.g. ex02. Repeatable.")] = None,
    json: Annotated[Path | None, typer.Option(help="Write the result to this file, after each check.")] = None,
    html: Annotated[Path | None, typer.Option(help="Write the report page to this file.")] = None,
    lang: Annotated[Lang | None, typer.Option(help="The language: English or Chinese.")] = None,
    sandbox: Annotated[Tier, typer.Option(envvar="GRADE_SANDBOX", help="The walls around the submission.")] = Tier.AUTO,
    start_method: Annotated[
        StartMethod | None,
        typer.Option(help="multiprocessing's default. all: scored under Python's own default, and tried under each."),
    ] = None,
    memory: Annotated[int, typer.Option(min=64, help="MiB that each process may use.")] = 1024,
    processes: Annotated[int, typer.Option(min=16, help="Processes and threads at one time.")] = 256,
    scratch: Annotated[int, typer.Option(min=1, help="MiB of files that it may write.")] = 256,
    output: Annotated[int, typer.Option(min=1, help="KiB kept of what a check prints.")] = 64,
    course_folder: CourseFolder = None,
) -> int:
    """Grade the exercise files in a folder."""
    from grader import course as courses
    from grader import kept
    from grader import run as runner
    from grader.console import open_console, screen
    from grader.sandbox import Limits

    at = home(course_folder)
    course = courses.load(at.course)
    folder = runner.find_folder(path, course)
    console = open_console(sys.stdout)
    show = screen(console, course, language(lang))
    order = runner.Order(
        folder=folder,
        exercises=chosen(exercise or [], [name for name, found in course.exercises.items() if found.checks]),
        home=at,
        tier=sandbox.value,
        start_method=None if start_method in (None, StartMethod.ALL) else start_method.value,
        everywhere=start_method is StartMethod.ALL,
        limits=Limits(
            memory_mb=memory,
            total_memory_mb=memory * 3 // 2,
            processes=processes,
            scratch_mb=scratch,
            output_bytes=output << 10,
        ),
        json=json,
    )
    known = kept.digests(folder, order.exercises)
    with writable(json), writable(html):
        result = runner.grade(order, course, _Progress(console, show, course).step)
        kept.keep(folder, result, known)
        if html:
            write_page(html, result, course, language(lang))
    console.print()
    console.print(show.table(result))
    console.print()
    console.print(show.failures(result))
    return status_of(result)


class _Progress:
    """Prints a line for each exercise as soon as all its checks are there."""

    def __init__(self, console, show, course) -> None:  # type: ignore[no-untyped-def]
        self.console, self.show, self.course = console, show, course

    def step(self, result, exercise) -> None:  # type: ignore[no-untyped-def]
        """One more check; the last of an exercise prints its line."""
        if len(exercise.checks) == len(self.course.exercises[exercise.id].checks):
            self.console.print(self.show.progress_line(exercise))
