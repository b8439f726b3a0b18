"""The entry point of `grade`: what happens before the command line is understood, since to understand it takes a while.

Where its words look as if a submission is to be graded, the judge is started at once, and imports what it needs beside
us: run takes it over, and a command that has no use for it has it ended.
"""

from __future__ import annotations

import gc
import os
import signal
import sys

TYPE_CHECKING = False  # of typing it would be, which takes long to import: as long Ctrl-C would show a traceback
if TYPE_CHECKING:
    from types import FrameType
    from typing import NoReturn

HELP = {"--help", "-h", "--version"}


def main() -> NoReturn:
    """Runs the command; the exit status is cli's."""
    try:
        _have_nobody_look_in()
        _hear_of_ends()
        _leave_when_told()
        gc.disable()
        _run()
    except KeyboardInterrupt:  # cli has a sentence for it, and is not there yet
        sys.exit(128 + signal.SIGINT)
    finally:
        gc.freeze()  # what is left is no garbage, and takes long to look through, as Python would on its way out


def _run() -> NoReturn:
    import contextlib

    with contextlib.ExitStack() as until_the_end:
        judge = None
        if will_grade(sys.argv[1:]):
            from grader.grading import ahead

            with contextlib.suppress(OSError):  # run tries again, and whoever asked is told why
                judge = until_the_end.enter_context(ahead.started())
        from grader import cli

        gc.freeze()  # nor is what is imported
        gc.enable()
        cli.main(judge)


def will_grade(arguments: list[str]) -> bool:
    """Whether the words of the command line ask for `grade run`, as far as it can be told from their form.

    The name alone of a folder may be that of a command, too: there, run starts its judge itself.
    """
    first = arguments[0] if arguments else "run"
    return (first in ("run", ".", "..") or first.startswith("-") or os.sep in first) and not HELP & set(arguments)


def _have_nobody_look_in() -> None:
    """Under PYTHONINSPECT Python shows a SystemExit as an error, and forgets its status: we begin again without it."""
    if os.environ.pop("PYTHONINSPECT", "") and sys.flags.inspect and sys.platform != "win32":
        os.execv(sys.executable, sys.orig_argv)


def _hear_of_ends() -> None:
    """Whoever started us may ignore or block SIGCHLD, which goes on here (signal(7)): nobody's end would be told."""
    if sys.platform != "win32":
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_SETMASK, [])


def _leave_when_told() -> None:
    signal.signal(signal.SIGTERM, _leave)
    hung_up = getattr(signal, "SIGHUP", None)  # a terminal that is closed; Windows has none
    if hung_up and signal.getsignal(hung_up) is not signal.SIG_IGN:  # as under nohup
        signal.signal(hung_up, _leave)


def _leave(number: int, frame: FrameType | None) -> None:
    sys.exit(128 + number)  # and clear up on the way out
