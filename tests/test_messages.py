"""Messages from the inside: whatever no harness says or sends is refused with a name, and nothing else is raised."""

from __future__ import annotations

import json
import random
import sys
from typing import Any

import pytest
from wired import Whole, hear, nested, say

from grader.harness import wire

pytestmark = pytest.mark.outside


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


# --- any noise


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
