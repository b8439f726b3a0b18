"""Two texts side by side: what differs is marked, what is alike and long is left out."""

from __future__ import annotations

import pytest

from grader.words.difference import Part, difference


def marked(parts: list[Part]) -> str:
    return "".join(f"<{part.text}>" if part.differs else part.text for part in parts)


@pytest.mark.parametrize(
    ("expected", "seen", "left", "right"),
    [
        ("[1, 2, 3]", "[1, 5, 3]", "[1, <2>, 3]", "[1, <5>, 3]"),
        ("[1, 2]", "[1, 2, 2]", "[1, 2]", "[1, 2<, 2>]"),
        ("a b c d e", "a x c y e", "a <b> c <d> e", "a <x> c <y> e"),
    ],
)
def test_what_differs_is_marked(expected: str, seen: str, left: str, right: str) -> None:
    found = difference(expected, seen)
    assert found and (marked(found[0]), marked(found[1])) == (left, right)


@pytest.mark.parametrize(("expected", "seen"), [("same", "same"), ("one", "two"), ("", "two"), ("x" * 9000, "x y")])
def test_what_would_tell_nothing_is_not_told(expected: str, seen: str) -> None:
    assert difference(expected, seen) is None


def test_long_pieces_alike_are_left_out() -> None:
    found = difference("a " * 300 + "b", "a " * 300 + "c")
    assert found and (found[0][0].left_out, len(found[0][0].text), found[0][1]) == (504, 48, Part("b", True))
