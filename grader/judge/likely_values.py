"""The likely cause where a value is not the right one, though it is of the right kind.

Who uses it: likely.py, likely_calls.py and likely_lists.py. What goes in: what was seen and what was expected, both as
plain data. What comes out: a key of the course's causes with the facts that fill its words, or nothing.
"""

from __future__ import annotations

from typing import Any

from grader.finding import Likely

FEWEST = 2  # that are there, before one is said to be missing
PARTS_MOST = 6  # of a dictionary whose keys are told


def of_value(seen: Any, expected: Any) -> Likely | None:
    """Of a text, a dictionary or a tuple; of a list, of what is in it."""
    if is_text_of(seen, expected):
        return "text_for_value", {"text": repr(seen)[:40], "value": repr(expected)[:40]}
    if type(seen) is not type(expected):
        return None
    if type(seen) is str and seen != expected and _letters(seen) == _letters(expected):
        return "spelt_otherwise", {}
    if type(seen) is dict:
        return _of_entries(seen, expected)
    return of_parts(seen, expected) if type(seen) in (tuple, list) else None


def of_row(seen: list[Any], expected: list[Any]) -> Likely | None:
    """Of several values: their positions came, alone or beside them; else as of_parts."""
    rows: list[Any] = [list(range(len(expected))), list(enumerate(expected)), list(enumerate(expected, 1))]
    is_row = len(expected) > 1 and repr(seen) != repr(expected) and repr(seen) in map(repr, rows)
    return ("positions", {}) if is_row else of_parts(seen, expected)


def of_fewer(seen: list[Any], expected: list[Any]) -> Likely | None:
    """Of fewer values than should be.

    What counts as false, or came before, is missing for what it is, and not for its place.
    """
    values, wanted = list(map(repr, seen)), list(map(repr, expected))
    there, missing = len(values), len(wanted) - len(values)
    if values == wanted[:there] and missing == 1:
        return ("last_missing", {}) if there >= FEWEST and expected[-1] else None
    if values == wanted[1:] and there >= FEWEST:
        return ("first_missing", {}) if expected[0] and wanted[0] != wanted[1] else None
    if not (values and all(expected)):
        return None
    if values == wanted[:there]:
        key = "only_the_first" if there == 1 else "stopped_midway"
        return (key, {}) if wanted[there] not in values else None
    rest = iter(wanted)
    in_order = all(value in rest for value in values)
    return ("lost_between", {}) if in_order and set(values) != set(wanted) else None


def of_parts(seen: Any, expected: Any) -> Likely | None:
    """Of what stands in a row: each other part is the text of the right one, or the parts have changed places."""
    if len(seen) != len(expected):
        return None
    others = [(one, wanted) for one, wanted in zip(seen, expected, strict=True) if repr(one) != repr(wanted)]
    if others and all(is_text_of(one, wanted) for one, wanted in others):
        return of_value(*others[0])
    if type(seen) is list and others and all(type(one) is type(wanted) is tuple for one, wanted in others):
        return of_parts(*others[0])
    if others and all(is_wrapped(one, wanted) for one, wanted in others):
        return wrapped(*others[0])
    if others and all(_are_equal_only(one, wanted) for one, wanted in others):
        return _equal_only(*others[0])
    moved = type(seen) is tuple and len(others) > 1 and sorted(map(repr, seen)) == sorted(map(repr, expected))
    return ("parts_misplaced", {}) if moved else None


def is_wrapped(seen: Any, expected: Any) -> bool:
    """Whether the right value came, but in a list or tuple of its own."""
    return type(seen) in (list, tuple) and len(seen) == 1 and repr(seen[0]) == repr(expected)


def wrapped(seen: Any, expected: Any) -> Likely:
    """The cause and its facts."""
    return "wrapped", {"got": repr(seen)[:80], "wanted": repr(expected)[:80]}


def _are_equal_only(seen: Any, expected: Any) -> bool:
    return {type(seen), type(expected)} <= {bool, int, float} and seen == expected


def _equal_only(seen: Any, expected: Any) -> Likely:
    types = {"seen_type": type(seen).__name__, "expected_type": type(expected).__name__}
    return "equal_only", {"got": repr(seen), "wanted": repr(expected), **types}


def is_text_of(seen: Any, expected: Any) -> bool:
    """Whether a text came that says what should have come itself."""
    return type(seen) is str and type(expected) is not str and seen in (str(expected), repr(expected))


def _of_entries(seen: dict[Any, Any], expected: dict[Any, Any]) -> Likely | None:
    if set(seen) != set(expected):
        keys = [", ".join(map(repr, list(each)[:PARTS_MOST])) for each in (seen, expected)]
        return "wrong_keys", {"got": keys[0], "wanted": keys[1]}
    return of_parts([seen[key] for key in expected], list(expected.values()))


def _letters(text: str) -> str:
    return "".join(text.split()).casefold()
