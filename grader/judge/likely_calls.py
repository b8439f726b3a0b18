"""The likely cause where calls of what the check lent are not as they should be: their arguments, their number, order.

Who uses it: likely.py, for the assertions that look at what a child, or report, was called with. What goes in: what was
seen, what was expected, and the text of the function that the check grades. What comes out: a key of the course's
causes with the facts that fill its words, or nothing.
"""

from __future__ import annotations

import re
from typing import Any

from grader.finding import Likely
from grader.handles.observation import Arguments
from grader.handles.said import Said
from grader.judge.likely_values import of_fewer, of_parts, of_row

NO_TUPLE = re.compile(r"(?:args\s*=\s*|\bapply(?:_async)?\(\s*\w+\s*,\s*)\(\s*\w+\s*\)")  # in parentheses, no comma
ITEMS = re.compile(r"def \w+\([^)]*\bitems\b")  # a function that hands over items, each by position
TAKES = re.compile(r"def \w+\([^)]*\b(?:queue|iterable)\b")  # a function that goes through what it is given
GIVEN = re.compile(r"def \w+\([^)]*\b(?:target|report|action)\b")  # a function that is given another one to call


def plain(value: Any) -> Any:
    """`value` without the Said around it."""
    return value.value if isinstance(value, Said) else value


def of_args(seen: Any, expected: Any, function: str) -> Likely:
    """Of one call's arguments by position."""
    values = plain(seen)
    if isinstance(seen, Arguments) and len(values) < len(expected) and _are_in(expected[len(values) :], seen.beside):
        return "by_name", {"call": seen.call}
    if type(values) is tuple and len(values) != len(expected):
        if len(expected) == 1 and is_taken_apart(values, expected[0]):
            return ("missing_comma" if NO_TUPLE.search(function) else "taken_apart"), {}
        return "three_for_one", {"got": str(len(values)), "wanted": str(len(expected))}
    return of_parts(values, expected) or ("wrong_arguments_for_target", {})


def of_kwargs(seen: Any, expected: Any, function: str) -> Likely:
    """Of one call's arguments by name."""
    is_named = type(expected) is dict and bool(expected)
    ways = [(expected,), *map(tuple, (expected, expected.values(), expected.items()))] if is_named else []
    if isinstance(seen, Arguments) and plain(seen) == {} and seen.beside in ways:
        return "by_position", {"call": seen.call}
    if isinstance(seen, Arguments) and expected == {} and plain(seen) and seen.beside == () and ITEMS.match(function):
        return "by_name", {"call": seen.call}
    return "wrong_arguments_for_target", {}


def of_told(seen: Any, expected: Any, function: str) -> Likely | None:
    """Of the arguments of report, by position and by name together: where it is they, and not their values."""
    args = seen[0] if type(seen) is list and seen else None
    if isinstance(args, Arguments) and plain(args) == () and args.beside:
        return "by_name", {"call": args.call}
    are_three = type(plain(args)) is tuple and len(plain(args)) == len(expected[0])
    return None if are_three else ("report_arguments", {})


def is_taken_apart(args: Any, value: Any) -> bool:
    """Whether what is in `value` has become the arguments, one by one, in place of the value itself."""
    return type(value) in (str, list, tuple) and len(value) != 1 and args == tuple(value)


def _are_in(values: Any, named: Any) -> bool:
    held = list(map(repr, named.values())) if type(named) is dict else []
    return all(repr(value) in held for value in values)


def of_calls(seen: Any, expected: Any, function: str) -> Likely | None:
    """Of the arguments of all calls; where the function is given nothing to call, a call stands for a value."""
    calls = [plain(each) for each in seen]
    for_values = function.startswith("def ") and not GIVEN.match(function)
    if calls == expected[: len(calls)]:
        return "value_missing" if for_values else "action_never_called", {}
    if calls[: len(expected)] == expected:
        return "value_too_much" if for_values else "extra_call", {}
    whole = [each for one in expected for each in one]
    if len(expected) > 1 and calls and all(call in ((whole,), (tuple(whole),)) for call in calls):
        return "whole_for_each", {}
    if len(calls) == len(expected) > 1 and set(map(repr, calls)) == {repr(expected[-1])} != set(map(repr, expected)):
        return "always_the_last", {}
    if likely := _of_each(calls, expected, function):
        return likely
    apart = [one for one in expected if len(one) == 1 and any(is_taken_apart(call, one[0]) for call in calls)]
    if apart:
        return of_args(tuple(apart[0][0]), apart[0], function)
    return of_order(calls, expected, function)


def _of_each(calls: list[Any], expected: list[Any], function: str) -> Likely | None:
    """Of calls with one argument each. Which of them are missing tells something only of who goes through all."""
    if any(type(each) is not tuple or len(each) != 1 for each in [*calls, *expected]):
        return None
    seen, wanted = [each[0] for each in calls], [each[0] for each in expected]
    if len(seen) < len(wanted):
        return of_fewer(seen, wanted) if TAKES.match(function) else None
    return of_row(seen, wanted)


def of_order(seen: Any, expected: Any, function: str) -> Likely | None:
    """Of values in a row."""
    values = [repr(plain(each)) for each in plain(seen)]
    wanted = list(map(repr, expected))
    if len(values) == len(wanted) > 2 and set(values) == {wanted[0]} != set(wanted):
        return "never_moves", {}
    if values == wanted or sorted(values) != sorted(wanted):
        return None
    is_backwards = len(values) > 2 and values == wanted[::-1] and values[0] != wanted[0]  # of two, any other is so
    return ("backwards" if is_backwards else "wrong_order"), {}
