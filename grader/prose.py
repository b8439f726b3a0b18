"""Sentences on a terminal, broken where Chinese may be broken: between any two characters, and not only at spaces.

Who uses it: console and the commands, for all that stands in words. Widths are counted in cells, of which a Chinese
character takes two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import rich.console
from rich.cells import cell_len
from rich.console import Group, RenderableType
from rich.containers import Lines
from rich.padding import Padding
from rich.text import Text

WIDE = re.compile("[\u2e80-\u9fff\uff00-\uff60]")
OPENING = "\u2018\u201c\u300a\u300c\uff08"  # after these, and before the closing ones, no line is broken
CLOSING = "\u2019\u201d\u3001\u3002\u300b\u300d\uff01\uff09\uff0c\uff1a\uff1b\uff1f"


class Prose(Text):
    """A text that is wrapped so; one without a wide character as rich does it."""

    def wrap(self, console: rich.console.Console, width: int, **options: Any) -> Lines:
        """Its lines, each at most `width` cells."""
        if options.get("no_wrap") or not WIDE.search(self.plain):
            return super().wrap(console, width, **options)
        return Lines(Text(line, style=self.style) for part in self.plain.split("\n") for line in wrapped(part, width))


def prose(text: str) -> Group:
    """`text`, to be printed; alone a Text would lose how it is wrapped."""
    return Group(Prose(text))


def indented(text: str, console: rich.console.Console, cells: int = 4) -> RenderableType:
    """`text` moved to the right; where lines are not wrapped, as one line."""
    if console.soft_wrap:
        return Text(" " * cells + text)
    return Padding(Prose(text), (0, 0, 0, cells))


def wrapped(text: str, width: int) -> Iterator[str]:
    """The lines that `text` is broken into; a piece that is longer than a line is cut."""
    line = ""
    for piece in _pieces(text):
        if cell_len((line + piece).rstrip()) > width and line:
            yield line.rstrip()
            line, piece = "", piece.lstrip()
        for char in piece:
            if line and cell_len((line + char).rstrip()) > width:
                yield line
                line = ""
            line += char
    yield line.rstrip()


def _pieces(text: str) -> Iterator[str]:
    """What is not broken, one after the other."""
    piece = ""
    for char in text:
        if piece and _may_break(piece[-1], char):
            yield piece
            piece = ""
        piece += char
    yield piece


def _may_break(before: str, after: str) -> bool:
    if after.isspace() or after in CLOSING or before in OPENING:
        return False
    return before.isspace() or bool(WIDE.match(before) or WIDE.match(after) or before in CLOSING or after in OPENING)
