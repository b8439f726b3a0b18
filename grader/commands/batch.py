"""`grade batch`: grades a class, as it was downloaded."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.options import (
    ALL,
    NOT_ALL,
    AnyStartMethod,
    CourseFolder,
    Exercises,
    Lang,
    Memory,
    Output,
    Processes,
    Scratch,
    StartMethod,
    Tier,
    WrongUse,
    home,
    language,
    limits,
    scored_under,
    to_grade,
)

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from grader.classes.batch import Grader, Plan
    from grader.gradebook import Gradebook
    from grader.result import Result


def batch(
    sources: Annotated[
        list[Path],
        typer.Argument(
            metavar="SOURCE...",
            help="A folder or zip with a submission for each student, or a download of Canvas, Moodle, Gradescope, "
            "GitHub Classroom or Classroom 50.",
        ),
    ],
    out: Annotated[Path, typer.Option("--out", "-o", help="The folder for the results; one that is there goes on.")],
    exercise: Exercises = None,
    roster: Annotated[Path | None, typer.Option(help="A CSV with id, name, email: who should have handed in.")] = None,
    name_regex: Annotated[
        str | None,
        typer.Option(help="Whose a file is, by its path: groups student_id, name, email, group, file_id, late."),
    ] = None,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, help="How many to grade at one time.")] = (
        os.cpu_count() or 1
    ),
    force: Annotated[bool, typer.Option("--force", help="Grade again what is graded already.")] = False,
    only: Annotated[list[str] | None, typer.Option(help="Grade this one only, by its id. Repeatable.")] = None,
    retry_broken: Annotated[
        bool, typer.Option("--retry-broken", help="Grade again what we could not judge before.")
    ] = False,
    budget: Annotated[
        int, typer.Option(min=1, help="Seconds that one submission may take; what it does not get to is skipped.")
    ] = 900,
    cluster: Annotated[
        str | None,
        typer.Option(help="The address of a dask.distributed scheduler whose workers grade; local: start one here."),
    ] = None,
    sandbox: Annotated[Tier, typer.Option(help="The walls around each submission.")] = Tier.AUTO,
    start_method: AnyStartMethod = None,
    memory: Memory = 1024,
    processes: Processes = 256,
    scratch: Scratch = 256,
    output: Output = 64,
    lang: Annotated[Lang | None, typer.Option(help="The language: English or Chinese.")] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing while all goes well.")] = False,
    course_folder: CourseFolder = None,
) -> int:
    """Grade a class: a result and a page for each, a gradebook, and a page of all. The same command goes on."""
    from concurrent.futures import ThreadPoolExecutor

    from grader import course as courses
    from grader.classes import allocator, classpage
    from grader.classes import batch as batches
    from grader.classes.classwork import Settings
    from grader.classes.headway import Headway
    from grader.pages import report
    from grader.words.terminal import open_console

    allocator.give_back()
    at = home(course_folder)
    course = courses.load(at.course)
    plan = batches.Plan(
        sources=sources,
        out=_folder(out),
        settings=Settings(
            exercises=to_grade(exercise, course),
            tier=sandbox.value,
            start_method=scored_under(start_method),
            everywhere=start_method is StartMethod.ALL,
            limits=limits(memory, processes, scratch, output, budget_s=budget),
        ),
        home=at,
        roster=roster,
        name_regex=name_regex,
        jobs=jobs,
        only=only or [],
        force=force,
        retry_broken=retry_broken,
    )
    words = language(lang)

    def page(result: Result) -> bytes:
        return pages.submit(report.page, result, course, words).result().encode("utf-8")

    # One thread makes all pages: two at once would be no quicker, and take the memory of two.
    with Headway(open_console(sys.stdout), quiet) as told, ThreadPoolExecutor(1, "pages") as pages:
        by = None if cluster is None else lambda work: _joined(cluster, course_folder, plan, work)
        book = batches.grade(plan, course, told, page, by)
        classpage.write(out, book, course, words)
    told.end(book, out)
    return _status_of(book)


def _joined(address: str, folder: Path | None, plan: Plan, work: Path) -> AbstractContextManager[Grader]:
    """The cluster that is to grade."""
    try:
        from grader.classes import cluster
    except ModuleNotFoundError as error:
        if error.name not in ("dask", "distributed"):
            raise
        raise WrongUse('--cluster needs dask.distributed: pip install "prograde[cluster]"') from None
    absolute = folder.resolve() if folder else None
    return cluster.joined(address, absolute, plan.settings.tier, plan.jobs, work)


def _folder(out: Path) -> Path:
    if out.exists() and not out.is_dir():
        raise WrongUse(f"{out} is a file: name a folder for the results")
    if out.is_dir() and any(out.iterdir()) and not (out / "submissions").is_dir():
        raise WrongUse(f"{out} holds other things: name a new folder, or one that `grade batch` made")
    return out


def _status_of(book: Gradebook) -> int:
    from grader.gradebook import EntryState

    return NOT_ALL if any(entry.state is EntryState.BROKEN for entry in book.entries) else ALL
