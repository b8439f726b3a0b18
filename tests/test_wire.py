"""The wire: what crosses it comes out the same, of exactly the types that are plain; the rest stays where it is."""

from __future__ import annotations

import random
import time
from collections import OrderedDict
from enum import IntEnum
from fractions import Fraction
from typing import Any, NamedTuple, NoReturn

import pytest
from wired import Whole, crossed, hear, say

from grader.handles.said import same
from grader.harness import wire

# --- what each looks like, both ways

AS_JSON: list[tuple[object, Any]] = [
    (None, None),
    (True, True),
    (0, 0),
    (-(2**63), -(2**63)),
    (2**63 - 1, 2**63 - 1),
    (2**63, {"integer": "0x8000000000000000"}),
    (-(2**63) - 1, {"integer": "-0x8000000000000001"}),
    (1.5, 1.5),
    (1.0, 1.0),
    (float("inf"), {"float": "inf"}),
    (float("-inf"), {"float": "-inf"}),
    (float("nan"), {"float": "nan"}),
    ("", ""),
    ("进程 \x00 \U0001f40d", "进程 \x00 \U0001f40d"),
    ("\ud800", {"surrogates": "eda080"}),
    ("a\udcff", {"surrogates": "61edb3bf"}),
    ("\ud83d\udc0d", {"surrogates": "eda0bdedb08d"}),  # two halves, which is not the same as the snake
    (b"", {"bytes": ""}),
    (b"\x00\xff\n", {"bytes": "00ff0a"}),
    ([], []),
    ([1, [2]], [1, [2]]),
    ((), {"tuple": []}),
    ((1, (2,)), {"tuple": [1, {"tuple": [2]}]}),
    ({5}, {"set": [5]}),
    (set(), {"set": []}),
    (frozenset({None}), {"frozenset": [None]}),
    ({}, {"dict": []}),
    ({"a": 1, 2: ()}, {"dict": [["a", 1], [2, {"tuple": []}]]}),
    ({"tuple": [1]}, {"dict": [["tuple", [1]]]}),
]


@pytest.mark.parametrize(("value", "said"), AS_JSON, ids=repr)
def test_value_is_said_under_its_own_tag_and_heard_as_itself(value: object, said: Any) -> None:
    assert repr(say(value)) == repr(said)
    assert same(hear(said), value)
    assert same(crossed(value), value)


def test_types_that_are_equal_stay_apart() -> None:
    mixed = [0, False, 0.0, -0.0, 1, True, 1.0, "1", b"1", (1,), [1]]
    assert [(type(item), repr(item)) for item in crossed(mixed)] == [(type(item), repr(item)) for item in mixed]


class Word(str):
    pass


class Pair(NamedTuple):
    left: int
    right: int


class Colour(IntEnum):
    RED = 1


class Listed(list):  # type: ignore[type-arg]
    def __iter__(self) -> NoReturn:
        raise AssertionError("it was looked into")


class Kind(type):
    def __eq__(cls, other: object) -> bool:
        return True

    def __hash__(cls) -> int:
        return 0


class OfAnyKind(tuple, metaclass=Kind):  # type: ignore[type-arg]
    pass


class EqualsAll:
    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = None  # type: ignore[assignment]


FOREIGN = [
    Whole(1), Word("a"), Pair(1, 2), Colour.RED, Listed([1]), OfAnyKind([1]), OrderedDict(a=1), EqualsAll(), 1j,
    Fraction(1, 2), bytearray(b"a"), memoryview(b"a"), range(3), print, int, ..., iter([]), Exception("x"),
]  # fmt: skip


@pytest.mark.parametrize("value", FOREIGN, ids=lambda value: type(value).__name__)
def test_whatever_is_not_exactly_plain_stays_where_it_is(value: object) -> None:
    asked: list[object] = []

    def foreign(thing: object) -> dict[str, Any]:
        asked.append(thing)
        return {"handle": len(asked)}

    assert wire.say([value], foreign) == [{"handle": 1}]
    assert len(asked) == 1
    assert asked[0] is value


def test_stand_in_is_asked_for_every_tag_that_is_no_plain_data() -> None:
    asked: list[dict[str, Any]] = []

    def stand_in(said: dict[str, Any]) -> str:
        asked.append(said)
        return "it"

    said = [{"probe": "hold"}, {"tuple": [{"handle": 7, "type": "Odd", "base": "int"}]}, {}, {"tuple": 1}]
    assert wire.hear(said, stand_in) == ["it", ("it",), "it", "it"]
    assert asked == [{"probe": "hold"}, {"handle": 7, "type": "Odd", "base": "int"}, {}, {"tuple": 1}]


# --- any value


class Any_:
    """Makes random plain values; the same seed makes the same."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def value(self, depth: int = 0) -> Any:
        return self.random.choice(self.scalars if depth > 3 else self.scalars + self.containers)(depth)

    @property
    def scalars(self) -> list[Any]:
        draw = self.random
        return [
            lambda depth: draw.choice([None, True, False, 0, -0.0, float("inf"), float("nan")]),
            lambda depth: draw.randrange(-(2**80), 2**80) >> draw.randrange(80),
            lambda depth: draw.uniform(-1, 1) * 10.0 ** draw.randrange(-300, 300),
            lambda depth: "".join(chr(draw.choice([65, 0, 10, 0x4E2D, 0xD800, 0xDC00, 0x1F40D])) for _ in range(4)),
            lambda depth: bytes(draw.randrange(256) for _ in range(draw.randrange(5))),
        ]

    @property
    def containers(self) -> list[Any]:
        draw = self.random
        some = range(4)
        return [
            lambda depth: [self.value(depth + 1) for _ in some[: draw.randrange(4)]],
            lambda depth: tuple(self.value(depth + 1) for _ in some[: draw.randrange(4)]),
            lambda depth: {self.key(): self.value(depth + 1) for _ in some[: draw.randrange(4)]},
            lambda depth: {self.key() for _ in some},
            lambda depth: frozenset(self.key() for _ in some),
        ]

    def key(self) -> Any:
        return (self.random.choice(self.scalars)(0), self.random.randrange(10))


@pytest.mark.parametrize("seed", range(20))
def test_any_plain_value_comes_out_the_same(seed: int) -> None:
    made = Any_(seed)
    for _ in range(50):
        value = made.value()
        assert same(crossed(value), value), value


def test_properties_hold_for_whatever_hypothesis_finds() -> None:
    hypothesis = pytest.importorskip("hypothesis")
    st = hypothesis.strategies
    texts = st.text(st.characters(codec=None, exclude_categories=()))
    scalars = st.none() | st.booleans() | st.integers() | st.floats() | texts | st.binary()
    keys = scalars | st.tuples(scalars) | st.frozensets(scalars)
    values = st.recursive(
        scalars,
        lambda inner: st.lists(inner) | st.lists(inner).map(tuple) | st.dictionaries(keys, inner) | st.sets(keys),
        max_leaves=20,
    )

    @hypothesis.settings(max_examples=40, deadline=None, database=None, derandomize=True)
    @hypothesis.given(values)
    def holds(value: object) -> None:
        assert same(crossed(value), value)

    @hypothesis.settings(max_examples=40, deadline=None, database=None, derandomize=True)
    @hypothesis.given(st.binary())
    def refuses(noise: bytes) -> None:
        try:
            assert isinstance(wire.parse(noise), dict)
        except wire.BadMessage:
            pass

    holds()
    refuses()


@pytest.mark.parametrize("tag", ["set", "frozenset", "dict"])
def test_what_has_but_one_hash_is_refused_before_it_is_built(tag: str) -> None:
    numbers = [number * (2**61 - 1) for number in range(40_000)]
    said = [[number, 0] for number in numbers] if tag == "dict" else numbers
    begun = time.process_time()
    with pytest.raises(wire.BadMessage):
        wire.hear({tag: said}, no_stand_in)
    assert time.process_time() - begun < 5  # it would be built for a minute
    assert len(wire.hear({tag: said[:900]}, no_stand_in)) == 900


def no_stand_in(said: Any) -> NoReturn:
    raise wire.BadMessage
