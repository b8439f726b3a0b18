"""The messages between the judge and a sandbox: one message is one line of JSON.

The only module that both sides import. Only plain data crosses: None, bool, int, float, str and, under tags in
whole words, what JSON cannot say:

    {"tuple": [...]}  {"set": [...]}  {"frozenset": [...]}  {"dict": [[key, value], ...]}  {"bytes": "00ff"}
    {"integer": "-0x1f"}       an int beyond 63 bits
    {"float": "nan"}           or "inf", "-inf"
    {"surrogates": "eda080"}   a str that UTF-8 cannot say, as hexadecimal UTF-8 that can (surrogatepass)
    {"probe": "hold"}          a callable that the check lends (only to the inside)
    {"handle": 7}              to the inside: an object that stayed inside
    {"handle": 7, "type": "Process", "base": "BaseProcess"}      and from there: it stays, here is its handle
    {"object": "Odd", "base": "int"}                             from a probe: it stays, without a handle
    {"unsayable": "too_large"}                                   or "too_deep", "cyclic"

A type is taken at its word only where it is exactly that type: a subclass of int, an object that claims to equal
everything, are objects and never the value. Whatever does not fit raises BadMessage, never anything else.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any, NoReturn

LINE_BYTES = 1 << 20  # a longer line is not a message
VALUE_BYTES = LINE_BYTES - (1 << 16)  # what one value may take of it
DEPTH = 20
INTEGER_BITS = 13_000  # 3,913 digits: Python itself shows no int of more than 4,300 (sys.set_int_max_str_digits)
SAME_HASH = 1000  # of what cannot be told apart so in a set or a dict, as far as it is heard
CONTAINERS = (list, tuple, set, frozenset, dict)
HALF_A_PAIR = re.compile(rb"\\u[dD][89a-fA-F]")  # half of what UTF-16 needs two of; whole pairs begin so too


class BadMessage(Exception):
    """What came is not a message of this form."""


class Unsayable(Exception):
    """A value that cannot cross, and why: "too_large", "too_deep" or "cyclic"."""


def line(message: dict[str, Any]) -> bytes:
    """`message` as a line; raises Unsayable("too_large") where it would be longer than LINE_BYTES."""
    text = _ENCODER.encode(message).encode("ascii") + b"\n"
    if len(text) > LINE_BYTES:
        raise Unsayable("too_large")
    return text


def parse(text: bytes) -> dict[str, Any]:
    """The message that a line holds; raises BadMessage for all that is none (RFC 8259, no duplicate keys, no NaN)."""
    if len(text) > LINE_BYTES:
        raise BadMessage("too long")
    try:
        said = text.decode("utf-8").strip(" \t\n\r")
        message, end = _DECODER.raw_decode(said)
        if end != len(said):
            raise ValueError("more than one value")
        if b"\\u" in text and HALF_A_PAIR.search(text):
            json.dumps(message, ensure_ascii=False).encode("utf-8")  # a lone half would break whoever writes it on
    except (ValueError, RecursionError, MemoryError) as error:
        raise BadMessage(f"no JSON: {type(error).__name__}") from None
    if type(message) is not dict:
        raise BadMessage("no object")
    return message


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON")


def _finite(text: str) -> float:
    return value if (value := float(text)) - value == 0 else _refuse(text)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    together = dict(pairs)
    if len(together) != len(pairs):
        raise ValueError("a key stands twice")
    return together


# Made once: whoever makes one in a fork touches memory that it shares, and each page of it is copied then.
_ENCODER = json.JSONEncoder(allow_nan=False, separators=(",", ":"))
_DECODER = json.JSONDecoder(parse_constant=_refuse, parse_float=_finite, object_pairs_hook=_once)


class Lines:
    """Cuts a stream of bytes into lines, and refuses one that does not end."""

    def __init__(self) -> None:
        self._rest = b""

    def feed(self, data: bytes) -> list[bytes]:
        """The lines that are whole now; raises BadMessage for one longer than LINE_BYTES."""
        lines = (self._rest + data).split(b"\n")
        if max(map(len, lines)) > LINE_BYTES:
            raise BadMessage("too long")
        self._rest = lines.pop()
        return lines


_MRO: Any = type.__dict__["__mro__"]  # as they are, whatever a metaclass says
_NAME: Any = type.__dict__["__name__"]


def class_names(value: object) -> tuple[str, str]:
    """The names of the class of `value`, and of the builtin that it is made of."""
    kinds = _MRO.__get__(type(value))
    return name_of(kinds[0]), name_of(kinds[-2] if len(kinds) > 1 else kinds[0])


def name_of(kind: type) -> str:
    """The name of a class."""
    return str(_NAME.__get__(kind))[:200]


def text_of(error: BaseException) -> str:
    """What an exception says of itself, as far as it does, as UTF-8 can say it."""
    try:
        text: Any = str.__getitem__(str(error), slice(4000))  # a subclass of str could give anything
    except Exception as second:
        text = f"<its __str__ raised {name_of(type(second))}>"
    return str(text.encode("utf-8", "backslashreplace").decode())


def say(value: object, foreign: Callable[[object], dict[str, Any]]) -> Any:
    """`value` as JSON can say it; `foreign` says what stands for an object that is not plain.

    Raises Unsayable where it is too large, too deep or holds itself.
    """
    return _Sayer(foreign).say(value, ())


class _Sayer:
    def __init__(self, foreign: Callable[[object], dict[str, Any]]) -> None:
        self.foreign = foreign
        self.left = VALUE_BYTES

    def say(self, value: Any, above: tuple[int, ...]) -> Any:
        self._spend(8)  # and below, what it takes beyond that: what can be said always fits in a line
        kind = type(value)
        if value is None or kind is bool:
            return value
        if kind is str:
            return self._str(value)
        if kind is int:
            return self._int(value)
        if kind is float:
            self._spend(18)
            return value if value - value == 0 else {"float": repr(value)}
        if kind is bytes:
            self._spend(6 + 2 * len(value))
            return {"bytes": value.hex()}
        if any(kind is each for each in CONTAINERS):  # `in` would ask a class of theirs whether it is equal
            self._spend(10)
            return self._container(kind, value, above)
        said = self.foreign(value)
        self._spend(len(json.dumps(said)))
        return said

    def _spend(self, size: int) -> None:
        self.left -= size
        if self.left < 0:
            raise Unsayable("too_large")

    def _str(self, value: str) -> Any:
        self._spend(len(value))
        try:
            value.encode("utf-8")
        except UnicodeEncodeError:
            self._spend(16 + 8 * len(value))
            return {"surrogates": value.encode("utf-8", "surrogatepass").hex()}
        self._spend(len(json.dumps(value)) - len(value))  # a control character takes six bytes, an emoji twelve
        return value

    def _int(self, value: int) -> Any:
        self._spend(value.bit_length() // 3)
        if -(2**63) <= value < 2**63:
            return value
        if value.bit_length() > INTEGER_BITS:
            raise Unsayable("too_large")
        self._spend(16)
        return {"integer": hex(value)}

    def _container(self, kind: type, value: Any, above: tuple[int, ...]) -> Any:
        if id(value) in above:
            raise Unsayable("cyclic")
        if len(above) >= DEPTH:
            raise Unsayable("too_deep")
        within = (*above, id(value))
        if kind is dict:
            return {"dict": [[self.say(key, within), self.say(item, within)] for key, item in value.items()]}
        items = [self.say(item, within) for item in value]
        return items if kind is list else {kind.__name__: items}


def hear(said: Any, stand_in: Callable[[dict[str, Any]], object]) -> Any:
    """The value that `say` said; `stand_in` gives what stands for a tag that is not plain data.

    Raises BadMessage for whatever `say` does not say; `stand_in` raises it for a tag that it does not know.
    """
    return _hear(said, stand_in, DEPTH)


def _hear(said: Any, stand_in: Callable[[dict[str, Any]], object], depth: int) -> Any:
    if said is None or type(said) in (bool, int, float, str):
        return said
    if type(said) is list:
        below = _below(depth)
        return [_hear(item, stand_in, below) for item in said]
    if type(said) is not dict:
        raise BadMessage("no value")
    if len(said) == 1:
        ((tag, content),) = said.items()
        if tag in _SCALARS and type(content) is str:
            return _scalar(tag, content)
        if tag in _CONTAINERS and type(content) is list:
            return _container(tag, content, stand_in, depth)
    return stand_in(said)


def _below(depth: int) -> int:
    """How deep it may go inside of a container: as deep as `say` goes, for what was heard may have to be said again."""
    if depth <= 0:
        raise BadMessage("too deep")
    return depth - 1


def _scalar(tag: str, content: str) -> Any:
    try:
        return _SCALARS[tag](content)
    except (ValueError, UnicodeDecodeError, KeyError):
        raise BadMessage(f"no {tag}") from None


def _container(tag: str, content: list[Any], stand_in: Callable[[dict[str, Any]], object], depth: int) -> Any:
    below = _below(depth)
    try:
        items = (
            _pairs(content, stand_in, below) if tag == "dict" else [_hear(each, stand_in, below) for each in content]
        )
        if tag != "tuple":
            _spread(items if tag != "dict" else [key for key, _ in items])
        return _CONTAINERS[tag](items)
    except (TypeError, ValueError):  # a list as a key, a pair of three
        raise BadMessage(f"no {tag}") from None


def _pairs(said: list[Any], stand_in: Callable[[dict[str, Any]], object], depth: int) -> list[Any]:
    if not all(type(pair) is list and len(pair) == 2 for pair in said):
        raise ValueError("no pairs")
    return [[_hear(part, stand_in, depth) for part in pair] for pair in said]


def _spread(keys: list[Any]) -> None:
    """Raises ValueError where many have the same hash: in a set each would be compared with all others, for minutes."""
    if len(keys) > SAME_HASH and len(keys) - len(set(map(hash, keys))) > SAME_HASH:
        raise ValueError("too many of one hash")


def _integer(value: int) -> int:
    if value.bit_length() > INTEGER_BITS:
        raise ValueError("of more digits than can be shown")
    return value


_SCALARS: dict[str, Callable[[str], Any]] = {
    "bytes": bytes.fromhex,
    "integer": lambda text: _integer(int(text, 16)),
    "float": lambda text: {"nan": float("nan"), "inf": float("inf"), "-inf": float("-inf")}[text],
    "surrogates": lambda text: bytes.fromhex(text).decode("utf-8", "surrogatepass"),
}
_CONTAINERS: dict[str, Callable[[list[Any]], Any]] = {
    "tuple": tuple,
    "set": set,
    "frozenset": frozenset,
    "dict": dict,
}
