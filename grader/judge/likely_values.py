"""The likely cause where a value is not the right one, though it is of the right kind.

Who uses it: likely.py, likely_calls.py and likely_lists.py. What goes in: what was seen and what was expected, both as
plain data. What comes out: a key of the course's causes with the facts that fill its words, or nothing.
"""

from __future__ import annotations

from typing import Any

from grader.finding import Likely

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


def of_parts(seen: Any, expected: Any) -> Likely | None:
    """Of what stands in a row: each other part is the text of the right one, or the parts have changed places."""
    if len(seen) != len(expected):
        return None
    others = [(one, wanted) for one, wanted in zip(seen, expected, strict=True) if repr(one) != repr(wanted)]
    if others and all(is_text_of(one, wanted) for one, wanted in others):
        return of_value(*others[0])
    if type(seen) is list and others and all(type(one) is type(wanted) is tuple for one, wanted in others):
        return of_parts(*others[0])
    moved = type(seen) is tuple and len(others) > 1 and sorted(map(repr, seen)) == sorted(map(repr, expected))
    return ("parts_misplaced", {}) if moved else None


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
