"""`grade run`: grades the exercise files in a folder, and shows what was found."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.commands.states import as_it_stands
from grader.options import (
    ALL,
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
    named,
    scored_under,
    speaker,
    status_of,
    to_grade,
    writable,
    write_and_tell,
    write_page,
)

if TYPE_CHECKING:
    from grader.course import Course
    from grader.grading.ahead import Judge
    from grader.grading.orders import Order
    from grader.places import Home
    from grader.result import Result


def run(
    context: typer.Context,
    path: Annotated[
        Path, typer.Argument(help="The folder with the exercise files, or with them in exercises/.")
    ] = Path(),
    exercise: Exercises = None,
    json: Annotated[Path | None, typer.Option(help="Write the result to this file, after each check.")] = None,
    html: Annotated[Path | None, typer.Option(help="Write the report page to this file.")] = None,
    lang: Annotated[Lang | None, typer.Option(help="The language: English or Chinese.")] = None,
    sandbox: Annotated[Tier, typer.Option(envvar="GRADE_SANDBOX", help="The walls around the submission.")] = Tier.AUTO,
    start_method: AnyStartMethod = None,
    memory: Memory = 1024,
    processes: Processes = 256,
    scratch: Scratch = 256,
    output: Output = 64,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print one line.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Print everything, also what passed.")] = False,
    timeline: Annotated[
        bool, typer.Option("--timeline", help="Print what each process did in each check, as the kernel showed it.")
    ] = False,
    open_page: Annotated[
        bool, typer.Option("--open", help="Open the report page in the browser (report.html, or that of --html).")
    ] = False,
    course_folder: CourseFolder = None,
) -> int:
    """Grade the exercise files in a folder."""
    with _judge_of(context) as judge:  # it imports what it needs, while we do
        from grader.grading.run import brief

        at = home(course_folder)
        course, order = _order(path, exercise, at)
        order.tier, order.limits, order.json = sandbox.value, limits(memory, processes, scratch, output), json
        order.start_method, order.everywhere = scored_under(start_method), start_method is StartMethod.ALL
        page = html or (Path("report.html") if open_page else None)
        brief(judge, order, course)
        from grader.words.console import screen
        from grader.words.terminal import open_console

        console = open_console(sys.stdout)
        show = screen(console, course, language(lang))
        with writable(json), writable(page):
            result = _grade(judge, order, course, Progress(console, course, len(order.exercises), hidden=quiet))
    if timeline:
        console.print(show.timelines(result))
    if quiet:
        console.print(show.short_line(result))
    else:
        _show(console, show, result, verbose, _whole(result, order, at, course), order)
    if page:  # at last: what was found is shown, whatever keeps it from being written
        (write_page if quiet else write_and_tell)(page, result, course, language(lang))
        if open_page:
            _open(page, console, language(lang))
    return status_of(result)


@contextlib.contextmanager
def _judge_of(context: typer.Context) -> Iterator[Judge]:
    """The judge that was started before us, or one of our own; after the block it clears up beside us."""
    from grader.grading import ahead

    with contextlib.nullcontext(context.obj) if context.obj else ahead.started() as judge:
        yield judge
        ahead.hang_up(judge)


def _order(path: Path, exercise: list[str] | None, at: Home) -> tuple[Course, Order]:
    """What is asked for: the course, and the exercises of it that are to be graded in the folder at `path`."""
    from grader import course as courses
    from grader.grading import run as runner
    from grader.grading.orders import Order

    course = courses.load(at.course)
    if not path.exists() and named(str(path), list(course.exercises)):
        raise WrongUse("use_not_there_exercise", path=path)
    return course, Order(folder=runner.find_folder(path, course), exercises=to_grade(exercise, course), home=at)


def _grade(judge: Judge, order: Order, course: Course, progress: Progress) -> Result:
    """What is found, and kept beside the exercise files for the other commands."""
    from grader.grading import twins
    from grader.student import kept

    known = kept.digests(order.folder, order.exercises)
    with progress:
        result = twins.grade(order, course, progress.step, judge)
    kept.keep(order.folder, result, known)
    return result


def _whole(result: Result, order: Order, at: Home, course: Course) -> Result:
    """The result, or where it is of a part that is all right: the whole course as it stands, for what comes next."""
    from grader.student import kept

    if status_of(result) != ALL or len(order.exercises) == len(course.exercises):
        return result
    return as_it_stands(order.folder, kept.read(order.folder), at, course)


def _show(console, show, result, verbose: bool, whole, order) -> None:  # type: ignore[no-untyped-def]
    """What fails comes first; the score and what to do next (of the `whole`) come last, where they stay in sight."""
    from grader.intake import filenames
    from grader.walls import staging

    barred = {name: why for name in order.exercises if (why := staging.barred(order.folder / f"{name}.py"))}
    console.print(show.everything(result) if verbose else show.failures(result))
    console.print(show.table(result))
    console.print(show.misnamed(filenames.misnamed(order.folder, order.exercises)))
    console.print(show.barred(barred))
    console.print()
    console.print(show.score_line(result))
    console.print(show.next_line(whole))


def _open(page: Path, console, lang: str) -> None:  # type: ignore[no-untyped-def]
    import webbrowser

    if not webbrowser.open(page.resolve().as_uri()):
        console.print(speaker(lang)("open_it", page=page.resolve()))


class Progress:
    """`with Progress(...) as progress:` - a bar on a terminal, which leaves nothing behind; else nothing."""

    def __init__(self, console, course, count: int, hidden: bool) -> None:  # type: ignore[no-untyped-def]
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
        from rich.progress import Progress as Bar

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        self.course, self.off = course, hidden or not console.is_terminal
        self.bar = Bar(*columns, console=console, transient=True, disable=self.off)
        self.task = self.bar.add_task("", total=count)

    def __enter__(self) -> Progress:
        self.bar.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self.bar.stop()

    def step(self, result, exercise) -> None:  # type: ignore[no-untyped-def]
        """One more check; the last of an exercise moves the bar on."""
        known = self.course.exercises
        whole = sum(len(each.checks) == len(known[each.id].checks) for each in result.exercises)
        self.bar.update(self.task, description=exercise.id.partition("_")[0], completed=whole)
