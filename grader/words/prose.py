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

INDENT = 4  # cells
WIDE = re.compile("[\u2e80-\u9fff\uff00-\uff60]")
LINK = re.compile(r"https?://\S+")
OPENING = "([{\u2018\u201c\u300a\u300c\uff08"  # after these, and before the closing ones, no line is broken
CLOSING = ",.;:!?)]}\u2019\u201d\u3001\u3002\u300b\u300d\uff01\uff09\uff0c\uff1a\uff1b\uff1f"


class Prose(Text):
    """A text that is wrapped so; one without a wide character as rich does it."""

    def wrap(self, console: rich.console.Console, width: int, **options: Any) -> Lines:
        """Its lines, each at most `width` cells."""
        if options.get("no_wrap") or not WIDE.search(self.plain):
            return super().wrap(console, width, **options)
        lines = Lines()
        for part in self.split("\n", allow_blank=True):
            for line in part.divide(list(_breaks(part.plain, width))):
                line.rstrip()
                lines.append(line)
        return lines


def prose(text: str) -> Group:
    """`text`, to be printed; alone a Text would lose how it is wrapped. A line with a link is not broken."""
    return Group(*(Text(line, no_wrap=True, overflow="ignore") if LINK.search(line) else Prose(line)
                   for line in text.split("\n")))  # fmt: skip


def indented(text: str, console: rich.console.Console) -> RenderableType:
    """`text` moved to the right; where lines are not wrapped, as one line."""
    if console.soft_wrap:
        return Text(" " * INDENT + text)
    return Padding(Prose(text), (0, 0, 0, INDENT))


def wrapped(text: str, width: int) -> Iterator[str]:
    """The lines that `text` is broken into; a piece that is longer than a line is cut."""
    begin = 0
    for end in (*_breaks(text, width), len(text)):
        yield text[begin:end].rstrip()
        begin = end


def _breaks(text: str, width: int) -> Iterator[int]:
    """Where the lines of `text` but the first begin."""
    begin = at = 0
    for piece in _pieces(text):
        if cell_len(text[begin : at + len(piece)].rstrip()) > width and at > begin:
            yield at
            begin = at
        for _ in piece:
            at += 1
            if at - 1 > begin and cell_len(text[begin:at].rstrip()) > width:
                yield at - 1
                begin = at - 1


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
    if before.isspace() or WIDE.match(before) or WIDE.match(after):
        return True
    return not (before + after).isascii() and (before in CLOSING or after in OPENING)
