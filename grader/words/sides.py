"""What was expected and what was seen, as the terminal shows them: what differs stands out, what is long is short.

Who uses it: telling. Of a long piece that is alike on both sides its ends stay; of any other one that is very long the
middle goes. The page shows more, and the result has both sides whole.
"""

from __future__ import annotations

from collections.abc import Callable

from rich.text import Text

from grader.words.difference import Part, difference
from grader.words.prose import Prose

MOST = 600  # characters of a piece that differs: some ten lines
STANDS_OUT, STANDS_BACK = "bold", "dim"


def sides(expected: str | None, seen: str | None, alike: Callable[[int], str]) -> tuple[Text | None, Text | None]:
    """Both sides; `alike` says in words how many characters alike were left out."""
    found = difference(expected, seen)
    if found is None:
        return _alone(expected), _alone(seen)
    return _in_parts(found[0], alike), _in_parts(found[1], alike)


def _alone(side: str | None) -> Text | None:
    return Prose(_cut(side)) if side else None


def _in_parts(parts: list[Part], alike: Callable[[int], str]) -> Text:
    told = Prose()
    for part in parts:
        told.append(_cut(part.text), STANDS_OUT if part.differs else "")
        if part.left_out:
            told.append(f" [... {alike(part.left_out)} ...] ", STANDS_BACK).append(part.rest)
    return told


def _cut(text: str) -> str:
    if len(text) <= MOST:
        return text
    return f"{text[: MOST // 2]} [... {len(text) - MOST} ...] {text[-MOST // 2 :]}"
