"""Text in which the runner of GitHub Actions finds no command: it reads all that a step prints.

Who uses it: terminal, for whatever it prints, and the formats. A command is a line that begins with `::`, whatever
white space stands before it, or `##[` anywhere in a line (actions/runner, ActionCommand.TryParseV2 and TryParse).
Colours before it count as nothing, for whoever takes them away first.
"""

from __future__ import annotations

import re
from typing import TextIO, cast

MARK = re.compile(r"##(?=\[|vso\[)")
COMMAND = re.compile(r"^((?:[^\S\n]|\x1b\[[0-9;]*m)*):(?=:)", re.MULTILINE)  # within a line: many are empty


def inert(text: str) -> str:
    """`text` with a blank within whatever could be a command."""
    return COMMAND.sub(r"\1: ", MARK.sub("# #", text))


def heard_by_nobody(stream: TextIO) -> TextIO:
    """`stream`, to which nothing is written that could be a command, however its lines were broken before."""
    return cast("TextIO", _Inert(stream))


class _Inert:
    """What is written at once ends a line, or is taken for the beginning of one."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        self._stream.write(inert(text))
        return len(text)

    def __getattr__(self, name: str) -> object:
        return getattr(self._stream, name)
