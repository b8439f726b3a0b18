"""Values that cannot cross the wire: what is cyclic, too deep or too large; and what is said of exceptions."""

from __future__ import annotations

from typing import Any

import pytest
from wired import crossed, hear, nested, say

from grader.harness import wire


def cyclic() -> list[list[Any]]:
    a_list: list[Any] = []
    a_list.append(a_list)
    a_dict: dict[str, Any] = {}
    a_dict["self"] = [a_dict]
    through_a_tuple: list[Any] = []
    through_a_tuple.append((through_a_tuple,))
    return [a_list, [a_dict], through_a_tuple]


@pytest.mark.parametrize("value", cyclic(), ids=["list", "dict", "tuple"])
def test_what_holds_itself_is_cyclic(value: list[Any]) -> None:
    with pytest.raises(wire.Unsayable, match=r"^cyclic$"):
        say(value)


def test_what_is_there_twice_is_not_cyclic() -> None:
    one = [1]
    assert crossed([one, one, (one,)]) == [[1], [1], ([1],)]


def test_depth_ends_at_the_limit() -> None:
    assert crossed(nested(wire.DEPTH)) == nested(wire.DEPTH)
    with pytest.raises(wire.Unsayable, match=r"^too_deep$"):
        say(nested(wire.DEPTH + 1))
    with pytest.raises(wire.Unsayable, match=r"^too_deep$"):
        say(nested(100_000))


SIZES = {
    "str": lambda n: "x" * n,
    "Chinese": lambda n: "进" * n,
    "control characters": lambda n: "\x00" * n,
    "quotes": lambda n: '"' * n,
    "snakes": lambda n: "\U0001f40d" * n,
    "surrogates": lambda n: "\ud800" * n,
    "bytes": lambda n: b"x" * n,
    "int": lambda n: 1 << (4 * n),
    "list": lambda n: [None] * n,
    "floats": lambda n: [-2.2250738585072014e-308] * n,
    "infinities": lambda n: [float("-inf")] * n,
    "bool": lambda n: [False] * n,
    "ints": lambda n: [-(2**63)] * n,
    "large ints": lambda n: [-(2**63) - 1] * n,
    "short bytes": lambda n: [b""] * n,
    "frozensets": lambda n: [frozenset()] * n,
    "handles": lambda n: [object()] * n,
    "dict": lambda n: dict.fromkeys(range(n)),
    "many strings": lambda n: ["进程\ud800"] * n,
    "same list again": lambda n: [[0] * 1000] * (n // 1000 + 1),
}


@pytest.mark.parametrize("make", SIZES.values(), ids=SIZES)
def test_whatever_can_be_said_fits_in_a_line(monkeypatch: pytest.MonkeyPatch, make: Any) -> None:
    monkeypatch.setattr(wire, "LINE_BYTES", wire.LINE_BYTES // 16)  # in the same proportion, and quicker
    monkeypatch.setattr(wire, "VALUE_BYTES", wire.VALUE_BYTES // 16)
    size, refused = 1, False
    while not refused:
        try:
            said = say(make(size))
        except wire.Unsayable as error:
            assert str(error) == "too_large"
            refused = True
        else:
            assert len(wire.line({"n": 1, "returned": said})) <= wire.LINE_BYTES
            size = size * 5 // 4 + 1
    assert size <= 2 * wire.LINE_BYTES


@pytest.mark.parametrize("value", [2**wire.INTEGER_BITS, -(2**wire.INTEGER_BITS), [(10**5000,)], {10**5000: 0}])
def test_int_of_more_digits_than_python_shows_is_too_large(value: Any) -> None:
    with pytest.raises(wire.Unsayable, match=r"^too_large$"):
        say(value)


def test_longest_int_that_crosses_can_be_shown() -> None:
    longest = 2**wire.INTEGER_BITS - 1
    assert hear(say(longest)) == longest
    assert len(repr(longest)) == 3914


class Meta(type):
    @property
    def __name__(cls) -> str:  # type: ignore[override]
        raise RuntimeError("it does not say")

    @property
    def __mro__(cls) -> Any:
        raise RuntimeError("nor that")


class Silent(metaclass=Meta):
    pass


def test_class_is_named_whatever_its_metaclass_says() -> None:
    assert wire.class_names(object()) == ("object", "object")
    assert wire.class_names(Silent()) == ("Silent", "Silent")
    assert wire.class_names(type("Odd", (int,), {})()) == ("Odd", "int")


class Slices(str):
    def __getitem__(self, index: Any) -> Any:
        raise RuntimeError("no part of it")


class OddError(Exception):
    def __str__(self) -> str:
        return self.args[0]()  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("make", "text"),
    [
        (lambda: Slices("whole"), "whole"),
        (lambda: "\ud800" + "x" * 5000, "\\ud800" + "x" * 3999),
        (lambda: 5, "<its __str__ raised TypeError>"),
        (lambda: 1 / 0, "<its __str__ raised ZeroDivisionError>"),
    ],
)
def test_exception_says_what_it_can(make: Any, text: str) -> None:
    assert wire.text_of(OddError(make)) == text


def test_what_is_endless_is_too_large_before_memory_is() -> None:
    wide: list[Any] = [0]
    for _ in range(15):
        wide = [wide] * 10  # 10**15 items in the end, of which few exist
    with pytest.raises(wire.Unsayable, match=r"^too_large$"):
        say(wide)
