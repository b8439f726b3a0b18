"""What the student's side says, outside: plain values that are compared with exact types, and handles for the rest.

Who uses it: the checks, through `Said`, which is equal only to the very same value of the very same type; a thing that
stayed inside is a `Foreign`, which is equal to nothing. Whatever a check does with a value that is not what it takes it
for ends in a Finding (the student's failure), never in an error of ours.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, NoReturn

from grader.finding import Finding
from grader.harness import wire

NO_HARNESS = "it sent something that no harness sends"
LAZY = {"generator", "coroutine", "map"}  # of which nothing is done before somebody asks for it
PROMISES = LAZY | {"ApplyResult", "MapResult", "IMapIterator", "IMapUnorderedIterator", "Future"}
TO_BE_WRITTEN = " is still to be written"  # what a stub says of its function
TRACED = "Traced"  # a value of ours that tells of its way (harness/traced.py)
OF_OURS = {"Becoming": "<the value as it was given, not as it was read>"}
METHODS = {"method", "builtin_function_or_method", "function"}


@dataclass(frozen=True)
class Foreign:
    """An object that stayed inside: its class's bare name, the builtin it is made of, and a handle if it has one."""

    type_name: str
    base: str
    handle: int | None = None

    def __repr__(self) -> str:
        if self.base == TRACED:
            return OF_OURS.get(self.type_name, "<another of the values that the check gave>")
        made_of = f", made from {self.base}" if self.base != self.type_name else ""
        return f"<an object of class {self.type_name}{made_of}>"


@dataclass(frozen=True)
class CameBack:
    """A probe of ours that came back."""

    name: str

    def __repr__(self) -> str:
        return f"<the {self.name} that the check gave>"


def hear(said: Any) -> Any:
    """The value that came over the wire; raises Finding where it could not be said, BadMessage where it is none."""
    return wire.hear(said, _stand_in)


def say(value: Any, foreign: Callable[[object], dict[str, Any]]) -> Any:
    """A value for the wire; raises Finding where it cannot be said: what is ours can, so it came from inside."""
    try:
        return wire.say(value, foreign)
    except wire.Unsayable as error:
        raise Finding(cause=str(error)) from None


def to_be_written(kind: str, text: str) -> str | None:
    """The function that still raises what its stub does, where the exception is that."""
    is_a_stub = kind == "NotImplementedError" and TO_BE_WRITTEN in text
    return text.partition(TO_BE_WRITTEN)[0] if is_a_stub else None


def _stand_in(said: dict[str, Any]) -> object:
    if set(said) == {"unsayable"} and said["unsayable"] in ("too_large", "too_deep", "cyclic"):
        raise Finding(cause=said["unsayable"])
    if set(said) == {"probe"} and type(said["probe"]) is str:
        return CameBack(said["probe"])
    name, base = said.get("type", said.get("object")), said.get("base")
    handle = said.get("handle")
    if type(name) is str and type(base) is str and (handle is None or type(handle) is int):
        return Foreign(name, base, handle)
    raise wire.BadMessage("an unknown tag")


class Said:
    """A value said by the student's code. `==` is exact and deep: Said(False) == 0 is False.

    `ask` lets a handle be asked for attributes and called; without it the value is only looked at.
    """

    __hash__ = None  # type: ignore[assignment]

    def __init__(self, value: Any, ask: Callable[[str, Foreign, tuple[Any, ...]], Any] | None = None) -> None:
        self._value = value
        self._ask = ask

    @property
    def value(self) -> Any:
        """The plain value itself."""
        return self._value

    @property
    def type_name(self) -> str:
        """The bare name of its class."""
        if isinstance(self._value, CameBack):
            return "function"
        return self._value.type_name if isinstance(self._value, Foreign) else type(self._value).__name__

    def unfinished(self) -> tuple[str, dict[str, str]] | None:
        """The cause, and its facts, where it holds what only promises a value, or a method that nobody has called."""
        value = self._value
        held = value.values() if type(value) is dict else value if type(value) in (list, tuple) else [value]
        types = [each.type_name for each in held if isinstance(each, Foreign)]
        if promises := [name for name in types if name in PROMISES]:
            return "not_the_results", {"type": promises[0]}
        return ("not_called", {}) if not METHODS.isdisjoint(types) else None

    def __eq__(self, other: object) -> bool:
        return same(self._value, other._value if isinstance(other, Said) else other)

    def __repr__(self) -> str:
        return repr(self._value)

    def __len__(self) -> int:
        return len(self._held())

    def __iter__(self) -> Iterator[Said]:
        return iter([Said(item, self._ask) for item in self._held()])

    def __getitem__(self, index: Any) -> Said:
        held = self._value if type(self._value) is dict else self._held()
        if isinstance(index, slice) and index.start and len(held) == 1 and type(held[0]) is list:
            raise Finding(cause="list_of_lists", expected="the list itself", seen=repr(self._value))
        try:
            return Said(held[index], self._ask)
        except (LookupError, TypeError):
            self._is_not(f"something with an item {index!r}")

    def __contains__(self, value: object) -> bool:
        return any(same(item, value) for item in self._held())

    def _held(self) -> list[Any]:
        if type(self._value) not in (list, tuple, set, frozenset, dict):
            self._is_not("a list or a tuple")
        return list(self._value)

    def _is_not(self, wanted: str) -> NoReturn:
        cause = "returned_nothing" if self._value is None else "wrong_type"
        key, facts = self.unfinished() or (cause, {"seen_type": self.type_name})
        raise Finding(cause=key, expected=wanted, seen=repr(self._value), facts=facts)

    # --- a handle

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return self._asked("get", name)

    def __call__(self, *args: Any) -> Any:
        return self._asked("call", *args)

    def _asked(self, do: str, *args: Any) -> Any:
        if not isinstance(self._value, Foreign) or self._value.handle is None or self._ask is None:
            self._is_not("an object" if do == "call" else f"an object with .{args[0]}")
        return self._ask(do, self._value, args)


def same(one: Any, other: Any) -> bool:
    """Whether two plain values are equal and of exactly the same types all through; a Foreign is the same as none."""
    if type(one) is not type(other) or isinstance(one, Foreign):
        return False
    if type(one) in (list, tuple):
        return len(one) == len(other) and all(map(same, one, other))
    if type(one) is dict:
        mine, its = ({_exactly(key): item for key, item in side.items()} for side in (one, other))
        return mine.keys() == its.keys() and all(same(mine[key], its[key]) for key in mine)
    if type(one) in (set, frozenset):
        return sorted(map(_exactly, one)) == sorted(map(_exactly, other))
    if type(one) is float:
        return repr(one) == repr(other)
    return bool(one == other)


def _exactly(value: Any) -> str:
    """The same text for the same value: a set shows its items in whatever order."""
    if type(value) in (tuple, frozenset):
        items = map(_exactly, value)
        return f"{type(value).__name__} {list(items) if type(value) is tuple else sorted(items)}"
    return f"{type(value).__name__} {value!r}"
