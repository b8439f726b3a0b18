"""What the commands share: the options that many of them have, what these stand for, and the exit statuses.

Who uses it: the commands and cli. A command is light to import, for the sake of `grade --help`: what it needs of the
kit it imports when it is called.
"""

from __future__ import annotations

import contextlib
import difflib
import locale
import os
import re
import sys
from collections.abc import Callable, Iterator
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.misuse import Misuse

if TYPE_CHECKING:
    from grader.course import Course
    from grader.limits import Limits
    from grader.places import Home
    from grader.result import Result

OURS, WRONG_USE, NOT_ALL, ALL = 3, 2, 1, 0


class WrongUse(Misuse):
    """The user asked for something that there is not; the words say what to do (a key of words.toml, or a sentence)."""


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


class Reveal(str, Enum):
    """What to choose from for --reveal; the same as result.Reveal, which is heavier to import."""

    FULL = "full"
    OWN = "own"
    KIND = "kind"


CourseFolder = Annotated[Path | None, typer.Option("--course", help="A folder with a course of your own.")]
Exercises = Annotated[list[str] | None, typer.Option(help="Grade this one only, e.g. ex02. Repeatable.")]
AnyStartMethod = Annotated[
    StartMethod | None,
    typer.Option(help="multiprocessing's default. all: scored under Python's own default, and tried under each."),
]
Memory = Annotated[int, typer.Option(min=64, help="MiB that each process may use.")]
Processes = Annotated[int, typer.Option(min=16, help="Processes and threads at one time.")]
Scratch = Annotated[int, typer.Option(min=1, help="MiB of files that it may write.")]
Output = Annotated[int, typer.Option(min=1, help="KiB kept of what a check prints.")]


def home(folder: Path | None) -> Home:
    """Where the course lies that is meant: in `folder`, else the kit's own."""
    from grader import places

    return places.home(folder) if folder else places.KIT


def scored_under(asked: StartMethod | None) -> str | None:
    """The start method that the score is of; None for Python's own default, where none is said or all are."""
    return None if asked in (None, StartMethod.ALL) else asked.value


def limits(memory: int, processes: int, scratch: int, output: int, *, budget_s: float | None = None) -> Limits:
    """What one submission may take: MiB, a number, MiB and KiB as the options say them; `budget_s` as in Limits."""
    from grader.limits import Limits

    return Limits(
        memory_mb=memory,
        total_memory_mb=memory * 3 // 2,
        processes=processes,
        scratch_mb=scratch,
        output_bytes=output << 10,
        budget_s=budget_s,
    )


def status_of(result: Result) -> int:
    """The exit status that a result stands for."""
    from grader.result import SYSTEM, Verdict

    checks = [check for exercise in result.exercises for check in exercise.checks]
    counted = [check for check in checks if not check.stretch and check.because != SYSTEM]
    if not result.complete or Verdict.BROKEN in result.verdicts():
        return OURS
    return ALL if all(check.verdict is Verdict.PASSED for check in counted) else NOT_ALL


def language(wanted: Lang | None) -> str:
    """--lang, else GRADE_LANG, else the locale."""
    if wanted:
        return wanted.value
    said = (os.environ.get(name) for name in ("GRADE_LANG", "LC_ALL", "LC_MESSAGES", "LANG"))
    named = next(filter(None, said), None) or locale.getlocale()[0] or ""
    return "zh" if named.lower().startswith(("zh", "chinese")) else "en"


def taught(at: Home, reveal: Reveal | None = None) -> Course:
    """The course that lies there; `reveal` is said in place of what it says of itself, not of a check."""
    from msgspec.structs import replace

    from grader import course, result

    loaded = course.load(at.course)
    return replace(loaded, reveal=result.Reveal(reveal.value)) if reveal else loaded


def read_result(path: Path) -> Result:
    """The result that a file holds."""
    import msgspec

    from grader.result import from_json

    try:
        return from_json(path.read_bytes())
    except msgspec.MsgspecError as error:
        raise WrongUse("use_no_result", path=path, error=error) from None


def visible(wanted: str) -> str:
    """One of Gradescope's words for who sees a test, and when."""
    from grader.formats.gradescope import VISIBILITIES

    if wanted not in VISIBILITIES:
        raise WrongUse("use_visibility", name=wanted, names=", ".join(VISIBILITIES))
    return wanted


def speaker(lang: str) -> Callable[..., str]:
    """What says the words of words.toml in `lang`: takes a key, and what they are filled with."""
    from grader import course
    from grader.words import explain

    words = course.words().words

    def say(key: str, **facts: object) -> str:
        return explain.fill(words[key].in_(lang), {name: str(fact) for name, fact in facts.items() if fact is not None})

    return say


def chosen(wanted: list[str], known: list[str]) -> list[str]:
    """The exercises named: by their whole name, their number (ex02, ex2, 2), or their file."""
    found = {one(name, known) for name in wanted}
    return [exercise for exercise in known if exercise in found or not wanted]


def to_grade(wanted: list[str] | None, course: Course) -> list[str]:
    """The exercises named, or all, of those that have checks."""
    return chosen(wanted or [], [name for name, found in course.exercises.items() if found.checks])


def one(wanted: str, known: list[str]) -> str:
    """The one exercise that is named."""
    if (found := named(wanted, known)) is not None:
        return found
    near = difflib.get_close_matches(_plain(wanted), [*known, *(exercise.split("_")[0] for exercise in known)], 1)
    if near:
        raise WrongUse("use_exercise_like", name=wanted, near=near[0])
    raise WrongUse("use_no_exercise", name=wanted, first=known[0], last=known[-1])


def named(wanted: str, known: list[str]) -> str | None:
    """The exercise of that name, or None."""
    plain = _plain(wanted)
    return next((exercise for exercise in known if exercise == plain or exercise.split("_")[0] == plain), None)


def _plain(name: str) -> str:
    number = re.fullmatch(r"(?:ex)?(\d{1,3})", name, re.IGNORECASE | re.ASCII)
    return f"ex{int(number[1]):02}" if number else Path(name).name.removesuffix(".py")


@contextlib.contextmanager
def writable(path: Path | None) -> Iterator[None]:
    """Says at once, before anything is graded, where a file cannot be written."""
    if path is not None:
        if path.is_dir():
            raise WrongUse("use_folder", path=path)
        if not path.absolute().parent.is_dir():
            raise WrongUse("use_no_folder", folder=path.absolute().parent)
    yield


def write_page(path: Path, result: Result, course: Course, lang: str) -> None:
    """Writes the report page of `result` to `path`."""
    from grader.pages import report
    from grader.result import write_atomically

    write_atomically(path, report.page(result, course, lang).encode("utf-8"))


def write_and_tell(page: Path, result: Result, course: Course, lang: str) -> None:
    """As write_page, and says what was written; a device or a pipe may be what that would be told into."""
    write_page(page, result, course, lang)
    if page.is_file():
        tell_written(str(page), lang)


def tell_written(names: str, lang: str) -> None:
    """Says in one line what was written."""
    from grader.words.explain import safe_line
    from grader.words.terminal import open_console

    open_console(sys.stdout).print(speaker(lang)("written", names=safe_line(names, 2000)), soft_wrap=True)
