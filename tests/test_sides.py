"""Expected and seen on a terminal: what differs stands out, what is long is short."""

from __future__ import annotations

from rich.text import Text

from grader.words.sides import MOST, STANDS_OUT, sides


def alike(count: int) -> str:
    return f"{count} alike"


def standing_out(side: Text | None) -> list[str]:
    assert side is not None
    return [side.plain[span.start : span.end] for span in side.spans if span.style == STANDS_OUT]


def test_what_differs_stands_out_in_a_short_value() -> None:
    expected, seen = sides("[1, 2, 3]", "[1, 5, 3]", alike)
    assert (str(expected), standing_out(expected)) == ("[1, 2, 3]", ["2"])
    assert (str(seen), standing_out(seen)) == ("[1, 5, 3]", ["5"])


def test_what_is_long_and_alike_is_left_out_and_what_differs_is_there() -> None:
    values = list(range(400))
    expected, seen = sides(str(values), str([*values[:300], -1, *values[301:]]), alike)
    assert standing_out(expected) == ["300"] and standing_out(seen) == ["-1"]
    for side in (expected, seen):
        assert str(side).startswith("[0, 1, 2") and str(side).endswith("398, 399]") and " alike ...] " in str(side)
        assert len(str(side)) < 300


def test_of_a_long_value_that_has_nothing_in_common_the_middle_goes() -> None:
    expected, seen = sides("a" * 1000, "b" * MOST, alike)
    assert str(expected) == f"{'a' * 300} [... 400 ...] {'a' * 300}" and str(seen) == "b" * MOST


def test_a_side_that_is_not_there_stays_away() -> None:
    expected, seen = sides("one", None, alike)
    assert str(expected) == "one" and seen is None
