"""Values sent over the wire and back, and some that the tests of what crosses it and of what is refused share."""

from __future__ import annotations

from typing import Any, NoReturn

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


class Whole(int):
    pass


def nested(depth: int) -> list[Any]:
    outer: list[Any] = []
    for _ in range(depth - 1):
        outer = [outer]
    return outer
