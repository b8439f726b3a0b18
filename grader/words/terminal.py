"""The terminal as it is written to: no part of a submission is a command to it, and no line of it one to a CI runner.

Who uses it: the commands, each of which opens one console on its output. Nothing is markup; what the encoding does not
have becomes an escape; what is longer than a line and must not be broken stays whole.
"""

from __future__ import annotations

from typing import Any, TextIO

import rich.console
from rich.text import Text

from grader.words import explain
from grader.words.runners import heard_by_nobody

USUAL_WIDTH = 80  # columns


def open_console(stream: TextIO) -> rich.console.Console:
    """A console on `stream`: nothing is markup or a command, and escapes stand for what the encoding does not have."""
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(errors="backslashreplace")
    file = heard_by_nobody(stream)
    console = _Console(file=file, markup=False, highlight=False, emoji=False, soft_wrap=not stream.isatty())
    if console.width < 1:  # by COLUMNS=0, as where nobody knows how wide the terminal is
        console.width = USUAL_WIDTH
    return console


class _Console(rich.console.Console):
    def print(self, *objects: Any, crop: bool = False, **options: Any) -> None:
        """As rich does it, but for what is longer than a line and must not be broken: that stays whole."""
        super().print(*objects, crop=crop, **options)

    def on_broken_pipe(self) -> None:
        """Nobody reads any more: for the command to end in its own way, and not in rich's."""
        raise BrokenPipeError


def code(text: str, console: rich.console.Console) -> Text:
    """Python, in colours where the console has any; otherwise as it is."""
    if not console.is_terminal or console.no_color or console.color_system is None:
        return Text(text)
    from rich.syntax import Syntax

    coloured = Syntax("", "python", theme="ansi_dark", background_color="default").highlight(text)
    coloured.rstrip()
    return coloured


def can_encode(encoding: str) -> bool:
    """Whether the signs of the verdicts can be shown."""
    try:
        "".join(explain.SIGNS.values()).encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True
