"""The wire: what crosses it comes out the same, and whatever does not fit is refused with a name."""

from __future__ import annotations

import json
import random
import sys
from collections import OrderedDict
from enum import IntEnum
from fractions import Fraction
from typing import Any, NamedTuple, NoReturn

import pytest

from grader.handles.said import same
from grader.harness import wire

STANDS_IN = {"handle": 7, "type": "T" * 200, "base": "object"}


def say(value: object) -> Any:
    return wire.say(value, lambda thing: dict(STANDS_IN))


def hear(said: Any) -> Any:
    return wire.hear(said, unknown)


def unknown(said: dict[str, Any]) -> NoReturn:
    raise wire.BadMessage(f"unknown: {said}")


def crossed(value: object) -> Any:
    """`value` after it went over the wire in a message."""
    return hear(wire.parse(wire.line({"value": say(value)}))["value"])


# --- values: what each looks like, both ways

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


class Whole(int):
    pass


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


# --- values that cannot cross


def nested(depth: int) -> list[Any]:
    outer: list[Any] = []
    for _ in range(depth - 1):
        outer = [outer]
    return outer


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


# --- values that nobody says

NO_VALUES: list[Any] = [
    {"integer": "12x"},
    {"integer": ""},
    {"integer": hex(2**wire.INTEGER_BITS)},
    {"float": "0x1"},
    {"float": "1.5"},
    {"bytes": "0"},
    {"bytes": "zz"},
    {"surrogates": "eda0"},
    {"surrogates": "xyz"},
    {"dict": [[1]]},
    {"dict": [[1, 2, 3]]},
    {"dict": [1]},
    {"dict": ["ab"]},
    {"dict": [[[], 1]]},
    {"dict": [[{"dict": []}, 1]]},
    {"set": [[1]]},
    {"frozenset": [{"set": []}]},
    {"tuple": "abc"},
    {"bytes": 5},
    {"integer": 5},
    {"tuple": [], "set": []},
    {"list": [1]},
    [[{"bytes": "0"}]],
]


@pytest.mark.parametrize("said", NO_VALUES, ids=repr)
def test_what_nobody_says_is_a_bad_message(said: Any) -> None:
    with pytest.raises(wire.BadMessage):
        hear(said)


@pytest.mark.parametrize("said", [b"bytes", (1,), {1}, object(), Whole(1)], ids=lambda said: type(said).__name__)
def test_what_is_no_json_at_all_is_a_bad_message(said: Any) -> None:
    with pytest.raises(wire.BadMessage, match="no value"):
        hear(said)


@pytest.mark.parametrize("tag", ["tuple", "dict", "set"])
def test_what_is_too_deep_is_a_bad_message(tag: str) -> None:
    said: Any = []
    for _ in range(5_000):
        said = {tag: [[0, said]] if tag == "dict" else [said]}
    with pytest.raises(wire.BadMessage, match="too deep"):
        hear(said)
    with pytest.raises(wire.BadMessage, match="too deep"):
        hear(nested(wire.DEPTH + 1))


@pytest.mark.parametrize("innermost", [[], {"tuple": []}, {"dict": []}, {"dict": [[1, 2]]}])
def test_what_was_heard_can_be_said_again(innermost: Any) -> None:
    """The inside may say what no harness says: a check that hands it back is not at fault."""
    said = innermost
    for _ in range(wire.DEPTH - 1):
        said = [said]
    assert say(hear(said)) == said
    with pytest.raises(wire.BadMessage, match="too deep"):
        hear([said])


# --- lines

NO_LINES: dict[str, bytes] = {
    "nothing": b"",
    "no object": b"[1]",
    "a string": b'"a"',
    "null": b"null",
    "half": b'{"a": 1',
    "two": b'{"a": 1} {"a": 1}',
    "NaN": b'{"a": NaN}',
    "Infinity": b'{"a": Infinity}',
    "-Infinity": b'{"a": [-Infinity]}',
    "beyond all floats": b'{"a": 1e999}',
    "below all floats": b'{"a": -1e999}',
    "a key twice": b'{"a": 1, "a": 1}',
    "a key twice inside": b'{"b": [{"a": 1, "a": 2}]}',
    "no UTF-8": b'{"a": "\xff"}',
    "UTF-16": '{"a": 1}'.encode("utf-16"),
    "a byte order mark": b'\xef\xbb\xbf{"a": 1}',
    "a control character": b'{"a": "\x00"}',
    "half a pair": b'{"a": "\\ud800"}',
    "half a pair in a key": b'{"\\uDC00": 1}',
    "halves in the wrong order": b'{"a": ["\\udc00\\ud800"]}',
    "very deep": b'{"a": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "very deep and open": b'{"a":' * 100_000,
    "a number of many digits": b'{"a": ' + b"9" * 100_000 + b"}",
    "too long": b'{"a": "' + b"x" * wire.LINE_BYTES + b'"}',
    "single quotes": b"{'a': 1}",
}
if not hasattr(sys, "set_int_max_str_digits"):
    del NO_LINES["a number of many digits"]


@pytest.mark.parametrize("text", NO_LINES.values(), ids=NO_LINES)
def test_what_is_no_message_is_refused(text: bytes) -> None:
    with pytest.raises(wire.BadMessage):
        wire.parse(text)


def test_message_is_one_line_of_ascii() -> None:
    message = {"n": 1, "text": "进程\n\r\u2028", "list": [None, True, 1.5]}
    line = wire.line(message)
    assert line.isascii()
    assert line.endswith(b"\n")
    assert len(line.splitlines()) == 1
    assert wire.parse(line) == message


def test_whole_pairs_of_surrogates_are_what_they_stand_for() -> None:
    assert wire.parse(b'{"a": "\\ud83d\\udc0d"}') == {"a": "\U0001f40d"}
    assert wire.parse(b'{"a": "\\\\ud800"}') == {"a": "\\ud800"}


def test_longest_line_is_still_a_message() -> None:
    around = len(wire.line({"a": ""}))
    message = {"a": "x" * (wire.LINE_BYTES - around)}
    assert wire.parse(wire.line(message)) == message
    with pytest.raises(wire.Unsayable, match="too_large"):
        wire.line({"a": message["a"] + "x"})


def test_message_holds_no_nan() -> None:
    with pytest.raises(ValueError, match="JSON"):
        wire.line({"a": float("nan")})


@pytest.mark.parametrize("cuts", [1, 2, 7, 10_000])
def test_lines_are_whole_however_they_come(cuts: int) -> None:
    stream = b"".join(wire.line({"n": number, "text": "x" * number}) for number in range(50))
    lines, heard = wire.Lines(), []
    for start in range(0, len(stream), cuts):
        heard += lines.feed(stream[start : start + cuts])
    assert [wire.parse(text)["n"] for text in heard] == list(range(50))


def test_lines_keep_an_unfinished_line_for_later() -> None:
    lines = wire.Lines()
    assert lines.feed(b"") == []
    assert lines.feed(b'{"a"') == []
    assert lines.feed(b": 1}\n{") == [b'{"a": 1}']
    assert lines.feed(b"}\n\n") == [b"{}", b""]


@pytest.mark.parametrize("end", [b"", b"\n"], ids=["open", "closed"])
def test_line_without_end_is_refused(end: bytes) -> None:
    lines = wire.Lines()
    assert lines.feed(b"x" * wire.LINE_BYTES) == []
    with pytest.raises(wire.BadMessage, match="too long"):
        lines.feed(b"x" + end)


# --- any value, any noise


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


@pytest.mark.parametrize("seed", range(10))
def test_any_noise_is_refused_and_nothing_else_is_raised(seed: int) -> None:
    draw = random.Random(seed)
    good = wire.line({"a": say({"k": (1, b"x", {2}, "\ud800", 2**70)})})
    for _ in range(200):
        bad = bytearray(good)
        for _ in range(draw.randrange(1, 5)):
            bad[draw.randrange(len(bad))] = draw.choice(b'0{}[]",:\\\xffneI')
        try:
            heard = wire.hear(wire.parse(bytes(bad)), lambda said: None)
        except wire.BadMessage:
            continue
        json.dumps(say(heard), allow_nan=False)  # what is let through can be said again


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
