"""Where two texts differ, word by word: what was expected beside what was seen.

Who uses it: report and sides. What both have in common stands there on each side, and is left out where it is long.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass

TOKEN = re.compile(r"\w+|\s+|.", re.DOTALL)
MOST_CHARACTERS = 4500  # of a text
MOST_WORDS = 500  # that are compared with each other, between what begins and what ends alike
LONG, KEPT = 160, 48  # characters alike, and what stays of them at each end


@dataclass(frozen=True)
class Part:
    """A piece of one of the two texts; `left_out` characters in its middle are not there."""

    text: str
    differs: bool = False
    left_out: int = 0
    rest: str = ""


Sides = tuple[list[Part], list[Part]]


def difference(expected: str | None, seen: str | None) -> Sides | None:
    """Both texts in parts; None where that would tell nothing."""
    if not expected or not seen or expected == seen or max(len(expected), len(seen)) > MOST_CHARACTERS:
        return None
    left, right = TOKEN.findall(expected), TOKEN.findall(seen)
    start = _alike(left, right)
    end = _alike(left[start:][::-1], right[start:][::-1])
    blocks = [(0, start, 0, start, True), *_between(left, right, start, end)]
    blocks.append((len(left) - end, len(left), len(right) - end, len(right), True))
    if not any(alike and "".join(left[one:two]).strip() for one, two, _, _, alike in blocks):
        return None
    return (
        [_part(left[one:two], alike) for one, two, _, _, alike in blocks if one < two],
        [_part(right[one:two], alike) for _, _, one, two, alike in blocks if one < two],
    )


def _between(left: list[str], right: list[str], start: int, end: int) -> list[tuple[int, int, int, int, bool]]:
    """The same for what lies between the two ends: a matcher's blocks, or one where it is too long for that."""
    one, two = left[start : len(left) - end], right[start : len(right) - end]
    if max(len(one), len(two)) > MOST_WORDS:
        return [(start, start + len(one), start, start + len(two), False)]
    matcher = difflib.SequenceMatcher(None, one, two, autojunk=False)
    return [(start + a, start + b, start + c, start + d, tag == "equal") for tag, a, b, c, d in matcher.get_opcodes()]


def _part(tokens: list[str], alike: bool) -> Part:
    text = "".join(tokens)
    if not alike or len(text) <= LONG:
        return Part(text, not alike)
    return Part(text[:KEPT], left_out=len(text) - 2 * KEPT, rest=text[-KEPT:])


def _alike(left: list[str], right: list[str]) -> int:
    return next((n for n, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), min(len(left), len(right)))
