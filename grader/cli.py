"""The command `grade`: reads arguments, prints, and sets the exit status. Nothing else in the kit does either.

    0  all that counts has passed        2  wrong use: a sentence says what to do
    1  something has not                 3  our own fault: a check is broken, or the judge failed

Who runs it: a student in a folder of exercise files (`grade`), a teacher, a CI job.
"""

from __future__ import annotations

import contextlib
import difflib
import errno
import locale
import os
import signal
import sys
from enum import Enum
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from grader import __version__

OURS, WRONG_USE, NOT_ALL, ALL = 3, 2, 1, 0
NO_ROOM = {errno.ENOSPC, errno.EROFS, getattr(errno, "EDQUOT", errno.ENOSPC)}

app = typer.Typer(
    add_completion=False,
    no_args_is_help=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Grades exercises on Python's processes, queues, pools and iterators. Without a command: grades this folder.",
)


class Lang(str, Enum):
    """The languages of everything that a student reads."""

    EN = "en"
    ZH = "zh"


class Tier(str, Enum):
    """What to choose from for --sandbox."""

    AUTO = "auto"
    BUBBLEWRAP = "bubblewrap"
    LANDLOCK = "landlock"
    NONE = "none"


class StartMethod(str, Enum):
    """What to choose from for --start-method."""

    FORK = "fork"
    FORKSERVER = "forkserver"
    SPAWN = "spawn"
    ALL = "all"


CourseFolder = Annotated[Path | None, typer.Option("--course", help="A folder with a course of your own.")]


def main() -> NoReturn:
    """The entry point: turns every way to end into an exit status, and never shows a traceback for wrong use."""
    arguments = _with_command(sys.argv[1:])
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))  # clears up on its way out
    try:
        status = app(arguments, prog_name="grade", standalone_mode=False)
        if status == 130:  # what some versions of typer make of Ctrl-C
            _say("stopped", status)
    except KeyboardInterrupt:
        print("\ngrade: stopped", file=sys.stderr)
        sys.exit(130)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        sys.exit(141)
    except Exception as error:
        status = _explain(error, arguments)
    sys.exit(status if isinstance(status, int) else ALL)


def _with_command(arguments: list[str]) -> list[str]:
    """`grade` and `grade FOLDER` mean `grade run ...`."""
    commands = {"run", "report", "verify", "schema", "--help", "--version"}
    if arguments and arguments[0] in commands:
        return arguments
    is_path = arguments and (arguments[0].startswith("-") or Path(arguments[0]).exists() or os.sep in arguments[0])
    return ["run", *arguments] if is_path or not arguments else arguments


def _explain(error: Exception, arguments: list[str]) -> int:
    """Whose failure it is, in a sentence on standard error; the exit status."""
    from grader.places import NoCourse
    from grader.run import NoSubmission
    from grader.tiers import NoWall

    names = {kind.__name__ for kind in type(error).__mro__}  # typer's, or click's: it depends on the version of typer
    if "Exit" in names:
        return int(getattr(error, "exit_code", ALL))
    if "Abort" in names:
        return _say("stopped", 130)
    if "UsageError" in names:
        said = str(error.format_message()).replace("Value error, ", "")  # type: ignore[attr-defined]
        return _say(said + ("" if "Did you mean" in said else _did_you_mean(arguments)), WRONG_USE)
    if isinstance(error, (NoCourse, NoSubmission, NoWall, WrongUse)):
        return _say(str(error), WRONG_USE)
    if isinstance(error, OSError) and error.filename is not None:
        return _say(f"{error.filename}: {error.strerror}", WRONG_USE)
    if isinstance(error, OSError) and error.errno in NO_ROOM:
        return _say(f"it cannot be written: {error.strerror}", WRONG_USE)
    import traceback

    traceback.print_exc()
    return _say("this is a fault of grade itself, not of the submission: please report it", OURS)


class WrongUse(Exception):
    """The user asked for something that there is not; the text is a sentence that says what to do."""


def _say(sentence: str, status: int) -> int:
    from grader.explain import safe_line

    print(f"grade: {safe_line(sentence, 2000)}", file=sys.stderr)
    return status


def _did_you_mean(arguments: list[str]) -> str:
    near = difflib.get_close_matches(arguments[0] if arguments else "", ["run", "report", "verify", "schema"], 1)
    return f" Did you mean: grade {near[0]}?" if near and near[0] != arguments[0] else ""


@app.callback(invoke_without_command=True)
def _top(version: Annotated[bool, typer.Option("--version", help="Show the version and exit.")] = False) -> None:
    if version:
        print(f"grade {__version__}")
        raise typer.Exit


@app.command()
def run(
    path: Annotated[
        Path, typer.Argument(help="The folder with the exercise files, or with them in exercises/.")
    ] = Path(),
    exercise: Annotated[list[str] | None, typer.Option(help="Grade this one only, e.g. ex02. Repeatable.")] = None,
    json: Annotated[Path | None, typer.Option(help="Write the result to this file, after each check.")] = None,
    html: Annotated[Path | None, typer.Option(help="Write the report page to this file.")] = None,
    lang: Annotated[Lang | None, typer.Option(help="The language: English or Chinese.")] = None,
    sandbox: Annotated[Tier, typer.Option(help="The walls around the submission.")] = Tier.AUTO,
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
    from grader import run as runner
    from grader.console import open_console, screen
    from grader.sandbox import Limits

    home = _home(course_folder)
    course = courses.load(home.course)
    folder = runner.find_folder(path, course)
    console = open_console(sys.stdout)
    show = screen(console, course, language(lang))
    order = runner.Order(
        folder=folder,
        exercises=_chosen(exercise or [], [name for name, found in course.exercises.items() if found.checks]),
        home=home,
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
    with _writable(json), _writable(html):
        result = runner.grade(order, course, _Progress(console, show, course).step)
        if html:
            _write_page(html, result, course, language(lang))
    console.print()
    console.print(show.table(result))
    console.print()
    console.print(show.failures(result))
    return status_of(result)


@app.command()
def report(
    result: Annotated[Path, typer.Argument(help="A result that `grade run --json` wrote.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="Where to write the page.")] = Path("report.html"),
    lang: Annotated[Lang | None, typer.Option(help="The language: English or Chinese.")] = None,
    course_folder: CourseFolder = None,
) -> int:
    """Make the report page of a result."""
    import msgspec

    from grader import course as courses
    from grader.result import from_json

    try:
        read = from_json(result.read_bytes())
    except msgspec.MsgspecError as error:
        raise WrongUse(f"{result} is no result of grade: {error}") from None
    _write_page(output, read, courses.load(_home(course_folder).course), language(lang))
    return ALL


@app.command()
def verify(
    folder: Annotated[
        Path | None, typer.Argument(help="A folder with a course of your own. Without: the kit's.")
    ] = None,
    exercise: Annotated[list[str] | None, typer.Option(help="Verify this one only, e.g. ex02. Repeatable.")] = None,
    only: Annotated[
        str | None, typer.Option(help="Grade only what has this in its name, or fits it: 'wrong_*'.")
    ] = None,
    json: Annotated[Path | None, typer.Option(help="Write what was found to this file.")] = None,
    jobs: Annotated[int, typer.Option(min=1, help="How many to grade at one time.")] = os.cpu_count() or 1,
    repeat: Annotated[int, typer.Option(min=1, help="Do it so often, and see whether a verdict changes.")] = 1,
    load: Annotated[int, typer.Option(min=0, help="Run so many busy loops beside it.")] = 0,
    start_method: Annotated[
        list[StartMethod] | None, typer.Option(help="Grade everything under this one; or under all. Repeatable.")
    ] = None,
    sandbox: Annotated[Tier, typer.Option(help="The walls around what is graded.")] = Tier.AUTO,
) -> int:
    """Let the course prove itself: grade its stubs, solutions and submissions, and check every word."""
    from grader import proof, trials
    from grader import verify as verifier
    from grader.console import open_console
    from grader.progress import Shown
    from grader.result import write_atomically

    plan = trials.Plan(
        home=_home(folder),
        choose=lambda known: _chosen(exercise or [], known),
        only=only,
        start_methods=_methods(start_method or []),
        tier=sandbox.value,
        jobs=jobs,
        rounds=repeat,
        load=load,
    )
    with _writable(json), Shown(open_console(sys.stdout)) as shown:
        found = verifier.verify(plan, shown.begin, shown.step)
    if only and not found.trials and not found.shortfalls:
        raise WrongUse(f"nothing in this course has {only} in its name")
    shown.end(found)
    if json:
        write_atomically(json, proof.to_json(found))
    return NOT_ALL if found.shortfalls else ALL


@app.command()
def schema() -> int:
    """Print the JSON Schema of the result."""
    import json

    from grader import result

    print(json.dumps(result.schema(), indent=1))
    return ALL


# --- what the commands share


class _Progress:
    """Prints a line for each exercise as soon as all its checks are there."""

    def __init__(self, console, show, course) -> None:  # type: ignore[no-untyped-def]
        self.console, self.show, self.course = console, show, course

    def step(self, result, exercise) -> None:  # type: ignore[no-untyped-def]
        """One more check; the last of an exercise prints its line."""
        if len(exercise.checks) == len(self.course.exercises[exercise.id].checks):
            self.console.print(self.show.progress_line(exercise))


def _methods(asked: list[StartMethod]) -> list[str]:
    """The start methods that are asked for, by name."""
    known = [method.value for method in StartMethod if method is not StartMethod.ALL]
    return known if StartMethod.ALL in asked else [method for method in known if StartMethod(method) in asked]


def _home(folder: Path | None):  # type: ignore[no-untyped-def]
    """Where the course lies that is meant: in `folder`, else the kit's own."""
    from grader import places

    return places.home(folder) if folder else places.KIT


def status_of(result) -> int:  # type: ignore[no-untyped-def]
    """The exit status that a result stands for."""
    from grader.result import Verdict

    counted = [check for exercise in result.exercises for check in exercise.checks if not check.stretch]
    if not result.complete or Verdict.BROKEN in result.verdicts():
        return OURS
    return ALL if all(check.verdict is Verdict.PASSED for check in counted) else NOT_ALL


def language(wanted: Lang | None) -> str:
    """--lang, else GRADE_LANG, else the locale."""
    if wanted:
        return wanted.value
    named = os.environ.get("GRADE_LANG") or locale.getlocale()[0] or os.environ.get("LANG", "")
    return "zh" if named.lower().startswith(("zh", "chinese")) else "en"


def _chosen(wanted: list[str], known: list[str]) -> list[str]:
    """The exercises named: by their whole name, their number (ex02), or their file."""
    chosen = set()
    for name in wanted:
        plain = Path(name).name.removesuffix(".py")
        found = [exercise for exercise in known if exercise == plain or exercise.split("_")[0] == plain]
        if not found:
            near = difflib.get_close_matches(plain, [*known, *(exercise.split("_")[0] for exercise in known)], 1)
            hint = f" Did you mean {near[0]}?" if near else f" There are {known[0]} to {known[-1]}."
            raise WrongUse(f"there is no exercise {name}.{hint}")
        chosen.update(found)
    return [exercise for exercise in known if exercise in chosen or not wanted]


@contextlib.contextmanager
def _writable(path: Path | None):  # type: ignore[no-untyped-def]
    """Says at once, before anything is graded, where a file cannot be written."""
    if path is not None:
        if path.is_dir():
            raise WrongUse(f"{path} is a folder: name a file")
        if not path.absolute().parent.is_dir():
            raise WrongUse(f"the folder {path.absolute().parent} is not there")
    yield


def _write_page(path: Path, result, course, lang: str) -> None:  # type: ignore[no-untyped-def]
    from grader import report
    from grader.result import write_atomically

    write_atomically(path, report.page(result, course, lang).encode("utf-8"))
