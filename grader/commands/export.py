"""`grade export`: what was found, in the form that another system reads."""

from __future__ import annotations

import contextlib
import sys
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.formats.names import Format
from grader.options import (
    ALL,
    CourseFolder,
    Lang,
    Reveal,
    WrongUse,
    home,
    language,
    read_result,
    taught,
    visible,
    writable,
)

if TYPE_CHECKING:
    from grader.exports.policy import Grade, Policy
    from grader.gradebook import Entry, Gradebook


class ClassFormat(str, Enum):
    """The forms of a graded class."""

    CANVAS = "canvas"
    MOODLE = "moodle"
    MOODLE_WORKSHEET = "moodle-worksheet"
    GRADESCOPE = "gradescope"
    CLASSROOM50 = "classroom50"
    CSV = "csv"


Target = Enum("Target", {form.name: form.value for form in (*Format, *ClassFormat)}, type=str)  # type: ignore[misc]


def export(
    path: Annotated[Path, typer.Argument(help="A result that --json wrote, or the folder that `grade batch` made.")],
    to: Annotated[Target, typer.Option(help="What is to read it.")],
    into: Annotated[
        Path | None, typer.Option(help="Your own export of the course system: one column of it is filled.")
    ] = None,
    column: Annotated[
        str | None, typer.Option(help="Which column to fill, by its title. Without: the only one that fits.")
    ] = None,
    policy: Annotated[Path | None, typer.Option(help="Lateness, scale and rounding: a policy.toml.")] = None,
    encoding: Annotated[str | None, typer.Option(help="How --into is written, where it cannot be told.")] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="Where to write. Without: into the folder; for one result, on the screen."),
    ] = None,
    lang: Annotated[Lang | None, typer.Option(help="The language: English or Chinese.")] = None,
    reveal: Annotated[Reveal | None, typer.Option(help="How much a failure reveals, for this once.")] = None,
    visibility: Annotated[str, typer.Option(help="In Gradescope: who sees the tests, and when.")] = "visible",
    prefix: Annotated[str, typer.Option(help="The folder of the exercise files in their repository.")] = "",
    course_folder: CourseFolder = None,
) -> int:
    """Export one result to what another system reads, or a graded class to a gradebook."""
    if not path.exists():
        raise WrongUse("use_not_there", path=path)
    if not path.is_dir():
        return _one(path, to, output, lang, reveal, visibility, prefix, course_folder)
    if to.value not in {form.value for form in ClassFormat}:
        raise WrongUse("use_export_one", name=to.value)
    return _class(path, ClassFormat(to.value), into, column, policy, encoding, output)


def _class(
    path: Path,
    to: ClassFormat,
    into: Path | None,
    column: str | None,
    policy: Path | None,
    encoding: str | None,
    output: Path | None,
) -> int:
    gradebook = read_gradebook(path)
    _look_through(path, gradebook)
    rules = _policy(policy, to)
    target = output or path / ("points.csv" if to is ClassFormat.CSV else f"{to.value}.csv")
    if into is not None and target.exists() and into.exists() and target.samefile(into):
        raise WrongUse(f"{into} is what is read: write to another file with -o")
    with writable(target):
        content, column_name, graded, told = _content(gradebook, to, into, column, rules, encoding)
        from grader.result import write_atomically

        write_atomically(target, content)
    _tell(graded, told)
    where = f"column {column_name!r} of {into}" if into else to.value
    _say(f"{target}: {where}, {len(graded)} of {len(gradebook.entries)} students")
    return ALL


def _one(
    path: Path,
    to: Target,
    output: Path | None,
    lang: Lang | None,
    reveal: Reveal | None,
    visibility: str,
    prefix: str,
    course_folder: Path | None,
) -> int:
    """One result, in the form that is asked for."""
    import os
    import time

    from grader.formats.edition import edition
    from grader.formats.names import maker

    if to.value not in {form.value for form in Format}:
        raise WrongUse("use_export_class", name=to.value)
    course = taught(home(course_folder), reveal)
    result = read_result(path)
    told = edition(
        result,
        course,
        language(lang),
        course.exercises,
        prefix=f"{prefix.rstrip('/')}/" if prefix else "",
        visibility=visible(visibility),
        facts=os.environ,
        now_ms=time.time_ns() // 1_000_000,
    )
    content = maker(Format(to.value))(told)
    if output is None:
        sys.stdout.buffer.write(content)
        sys.stdout.flush()
        return ALL
    with writable(output):
        from grader.result import write_atomically

        write_atomically(output, content)
    return ALL


def read_gradebook(path: Path) -> Gradebook:
    """The gradebook in the folder of a graded class."""
    import msgspec

    from grader import gradebook

    if not (path / gradebook.SUMMARY).is_file():
        raise WrongUse(f"{path} is no folder that `grade batch` made: it has no {gradebook.SUMMARY}")
    try:
        return gradebook.from_json((path / gradebook.SUMMARY).read_bytes())
    except msgspec.MsgspecError as error:
        raise WrongUse(f"{path / gradebook.SUMMARY} is no gradebook of grade: {error}") from None


def _look_through(out: Path, gradebook: Gradebook) -> None:
    """Raises Misuse where a result, if it is there, says other points than those that would go out."""
    from grader.classes import roll

    for entry in gradebook.entries:
        with contextlib.suppress(FileNotFoundError):
            roll.summed(out, entry)


def _policy(path: Path | None, to: ClassFormat) -> Policy:
    from msgspec.structs import replace

    from grader.exports import policy

    try:
        rules = policy.read(path) if path else policy.Policy()
    except policy.NoPolicy as error:
        raise WrongUse(str(error)) from None
    return replace(rules, digits=0) if to is ClassFormat.CLASSROOM50 else rules  # it knows whole points alone


def _content(
    gradebook: Gradebook, to: ClassFormat, into: Path | None, column: str | None, rules: Policy, encoding: str | None
) -> tuple[bytes, str, list[tuple[Entry, Grade]], list[str]]:
    from grader.exports import columns, fill, sheets, table

    if into is None:
        if to.value not in sheets.SHEETS:
            raise WrongUse(f"{to.value} needs its own export: --into THEIR-EXPORT.csv")
        graded, told = fill.grades(gradebook, rules)
        return sheets.SHEETS[to.value](gradebook, graded), "", graded, told
    try:
        read = table.read(into.read_bytes(), encoding)
        filled = fill.fill(read, columns.layout(to.value, read), gradebook, rules, column)
    except table.NotATable as error:
        raise WrongUse(f"{into}: {error}") from None
    return filled.content, filled.column, filled.written, filled.told


def _tell(graded: list[tuple[Entry, Grade]], told: list[str]) -> None:
    from grader.exports import fill, policy

    for entry, grade in graded:
        if grade.why and grade.why != (policy.UNKNOWN,):
            made = f"{policy.number(grade.points)} of {policy.number(grade.out_of)}"
            off = f", {policy.number(grade.taken_off)} taken off" if grade.taken_off else ""
            _say(f"{fill.called(entry)}: {made}{off}: {'; '.join(grade.why)}")
    for line in fill.sentence(policy.UNKNOWN, [fill.called(e) for e, g in graded if g.why == (policy.UNKNOWN,)]) + told:
        _say(line)


def _say(line: str) -> None:
    from grader.words.explain import safe_line

    text = safe_line(line, 2000)
    print(text.encode(sys.stdout.encoding or "utf-8", "replace").decode(sys.stdout.encoding or "utf-8"))
