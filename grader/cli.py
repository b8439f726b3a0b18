"""The command `grade` (start.py runs it): finds the subcommand, and sets the exit status of whatever comes of it.

    0  all that counts has passed        2  wrong use: a sentence says what to do
    1  something has not                 3  our own fault: a check is broken, or the judge failed

Who runs it: a student in a folder of exercise files (`grade`), a teacher, a CI job.
"""

from __future__ import annotations

import difflib
import errno
import os
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from grader import __version__
from grader.commands import (
    batch,
    ci,
    doctor,
    explain,
    export,
    gradescope_zip,
    hint,
    init,
    report,
    run,
    schema,
    similar,
    solution,
    states,
    verify,
    watch,
)
from grader.misuse import NO_ROOM, Misuse
from grader.options import ALL, OURS, WRONG_USE, Lang, language

if TYPE_CHECKING:
    from grader.grading.ahead import Judge

USUAL = ("ENOSPC", "EACCES", "EPERM", "ENOENT", "EISDIR", "ENOTDIR", "EROFS")
HELP = ("--help", "-h")
ABOUT = "Grades exercises on Python's processes, queues, pools and iterators. Without a command: grades this folder."

app = typer.Typer(add_completion=False, no_args_is_help=False, rich_markup_mode=None, pretty_exceptions_enable=False)
COMMANDS: dict[str, Callable[..., int]] = {
    "init": init.init,
    "run": run.run,
    "watch": watch.watch,
    "reset": init.reset,
    "list": states.states,
    "hint": hint.hint,
    "solution": solution.solution,
    "explain": explain.explain,
    "doctor": doctor.doctor,
    "report": report.report,
    "export": export.export,
    "similar": similar.similar,
    "ci": ci.ci,
    "gradescope-zip": gradescope_zip.gradescope_zip,
    "batch": batch.batch,
    "verify": verify.verify,
    "schema": schema.schema,
}
STUDENTS = ("init", "run", "watch", "reset", "list", "hint", "solution", "explain", "doctor", "report")


def main(judge: Judge | None = None) -> NoReturn:
    """Turns every way to end into an exit status, and never shows a traceback for wrong use.

    `judge` is one that was started already, for the command that wants one.
    """
    arguments = _with_command(sys.argv[1:])
    if sys.stdout is None:  # closed: what is printed goes nowhere
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - until the end
    try:
        if _asks_for_help(arguments):
            _help(arguments)
            sys.exit(ALL)
        _register(arguments[0])
        status = app(arguments, prog_name="grade", standalone_mode=False, obj=judge)
        sys.stdout.flush()  # a full disk is told now, and not by Python on its way out
        if status == 130:  # what some versions of typer make of Ctrl-C
            _stopped(arguments)
    except KeyboardInterrupt:
        print(file=sys.stderr)
        sys.exit(_stopped(arguments))
    except BrokenPipeError:
        _print_no_more()
        sys.exit(141)
    except Exception as error:
        status = _explain(error, arguments)
    sys.exit(status if isinstance(status, int) else ALL)


def _with_command(arguments: list[str]) -> list[str]:
    """`grade` and `grade FOLDER` mean `grade run ...`."""
    if arguments[:1] == ["--lang"] and len(arguments) > 2 and arguments[2] in COMMANDS:
        arguments = [*arguments[2:], *arguments[:2]]
    if arguments and arguments[0] in {*COMMANDS, *HELP, "--version"}:
        return arguments
    is_path = arguments and (arguments[0].startswith("-") or Path(arguments[0]).exists() or os.sep in arguments[0])
    return ["run", *arguments] if is_path or not arguments else arguments


def _asks_for_help(arguments: list[str]) -> bool:
    before = arguments[: arguments.index("--")] if "--" in arguments else arguments
    return any(name in before for name in HELP)


def _help(arguments: list[str]) -> None:
    from grader import manual

    lang, command = _language(arguments), COMMANDS.get(arguments[0])
    text = manual.page(arguments[0], command, lang) if command else manual.top(ABOUT, COMMANDS, STUDENTS, lang)
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="backslashreplace")
    print(text, end="")


def _explain(error: Exception, arguments: list[str]) -> int:
    """Whose failure it is, in a sentence on standard error; the exit status."""
    from grader import manual

    names = {kind.__name__ for kind in type(error).__mro__}  # typer's, or click's: it depends on the version of typer
    if "Exit" in names:
        return int(getattr(error, "exit_code", ALL))
    if "Abort" in names:
        return _stopped(arguments)
    if "UsageError" in names:
        said = re.sub(r"valid int\w* range", "valid integer", str(error.format_message()))  # type: ignore[attr-defined]
        said += "" if "Did you mean" in said else _did_you_mean(arguments)
        return _say(manual.wrong(said, _language(arguments)), WRONG_USE)
    if isinstance(error, Misuse):
        return _say(error.in_(_language(arguments)), WRONG_USE)
    if isinstance(error, OSError) and error.filename is not None:
        key = "use_class_no_room" if error.errno in NO_ROOM and _is_of_a_class(arguments) else "use_file_error"
        return _tell(key, arguments, WRONG_USE, path=error.filename, why=_why(error, arguments))
    if isinstance(error, OSError) and error.errno in NO_ROOM:
        _print_no_more()
        return _tell("use_no_room", arguments, WRONG_USE, why=_why(error, arguments), folder=_temporary_folder())
    import traceback

    traceback.print_exc()
    return _tell("use_our_fault", arguments, OURS)


def _stopped(arguments: list[str]) -> int:
    return _tell("use_class_stopped" if _is_of_a_class(arguments) else "use_stopped", arguments, 130)


def _is_of_a_class(arguments: list[str]) -> bool:
    return COMMANDS.get(arguments[0]) is batch.batch  # the same command goes on where it was


def _temporary_folder() -> str:
    import tempfile

    try:
        return tempfile.gettempdir()
    except OSError:  # none of all that it looks at can be written
        return os.environ.get("TMPDIR", "/tmp")


def _print_no_more() -> None:
    """What is still to be written goes nowhere, so that Python does not stumble over it on its way out."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def _language(arguments: list[str]) -> str:
    """The language that is asked for, although the arguments may be wrong."""
    pairs = zip(arguments, [*arguments[1:], ""], strict=True)
    said = next((value for name, value in pairs if name == "--lang"), None)
    said = said or next((name[7:] for name in arguments if name.startswith("--lang=")), None)
    return language(Lang(said) if said in {lang.value for lang in Lang} else None)


def _why(error: OSError, arguments: list[str]) -> str:
    """What the system says of an error; the usual ones in the language that is asked for."""
    name = errno.errorcode.get(error.errno or 0)
    return Misuse(f"use_errno_{name}").in_(_language(arguments)) if name in USUAL else str(error.strerror)


def _tell(key: str, arguments: list[str], status: int, **facts: object) -> int:
    return _say(Misuse(key, **facts).in_(_language(arguments)), status)


def _say(sentence: str, status: int) -> int:
    from grader.words.explain import safe_line
    from grader.words.runners import inert

    print(inert(f"grade: {safe_line(sentence, 2000)}"), file=sys.stderr)
    return status


def _did_you_mean(arguments: list[str]) -> str:
    first = arguments[0] if arguments else ""
    if re.fullmatch(r"(ex)?\d{1,3}(_\w+)?(\.py)?", first):
        return f" Did you mean '--exercise {first}'?"
    near = difflib.get_close_matches(first, list(COMMANDS), 1)
    return f" Did you mean '{near[0]}'?" if near and near[0] != first else ""


@app.callback(invoke_without_command=True)
def _top(version: Annotated[bool, typer.Option("--version", help="Show the version and exit.")] = False) -> None:
    if version:
        print(f"grade {__version__}")
        raise typer.Exit


def _register(wanted: str) -> None:
    """The command that is wanted, alone, since to look at all of them takes longer than most take to run; else all."""
    for name in [wanted] if wanted in COMMANDS else COMMANDS:
        app.command(name)(COMMANDS[name])
