"""The likely cause where a list that came back is not as it should be: what is missing, left over, or in another order.

Who uses it: likely.py, for the results of a function and for what is in a queue. What goes in: what was seen, what was
expected, and the text of the student's file. What comes out: a key of the course's causes with the facts that fill its
words, or nothing.
"""

from __future__ import annotations

import re
from typing import Any

from grader.finding import Likely
from grader.handles.said import Said
from grader.judge.likely_calls import of_order, plain
from grader.judge.likely_values import of_fewer, of_row

IS_KEPT = re.compile(r"\bdef \w+\([^)]*=\s*(?:\[\]|list\(\))|^\w+\s*(?::[^=\n]+)?=\s*(?:\[\]|list\(\))", re.MULTILINE)
MORE_MOST = 5  # that are told


def of_result(seen: list[Any], expected: list[Any], source: str) -> Likely | None:
    """Of a list that the function returned."""
    if _is_bare(seen, expected):
        return "nothing_in_the_list", {}
    if len(expected) < 2 and repr(seen) == repr([expected]):
        return "list_of_lists", {}
    return of_list(seen, expected, source)


def of_list(seen: list[Any], expected: list[Any], source: str) -> Likely | None:
    """Of a whole list."""
    values, wanted = list(map(repr, seen)), list(map(repr, expected))
    if len(wanted) > 1 and values in ([repr(expected)], [repr(tuple(expected))]):
        return "whole_for_each", {}
    if len(values) == len(wanted):
        return (of_row(seen, expected) or of_order(seen, expected, source)) if len(wanted) > 1 else None
    if len(values) > len(wanted):
        return _of_more(values, wanted, source) if wanted else None
    return of_fewer(seen, expected)


def _is_bare(seen: Any, expected: Any) -> bool:
    """Whether none of several values came; what counts as false is missing for what it is."""
    return len(seen) == 0 and len(expected) > 1 and all(expected)


def _of_more(values: list[str], wanted: list[str], source: str) -> Likely | None:
    more = len(values) - len(wanted)
    if values[more:] == wanted and IS_KEPT.search(source):
        return "earlier_values", {}
    facts = {"more": ", ".join(values[-more:][:MORE_MOST])}
    return ("too_many_values", facts) if values[:-more] == wanted else None


def of_items(seen: Any, expected: Any) -> Likely | None:
    """Of the items of a list, in any order; what is said of a result that the function returned, holds for none."""
    if _is_bare(seen, expected):
        return "nothing_in_the_list", {}
    unfinished = [one.unfinished() for one in seen if isinstance(one, Said)]
    if found := next(filter(None, unfinished), None):
        return found
    if None not in expected and any(plain(one) is None for one in seen):
        return "none_among_results", {}
    types = {one.type_name if isinstance(one, Said) else type(one).__name__ for one in seen}
    wanted = {type(one).__name__ for one in expected}
    if len(types) == len(wanted) == 1 and types != wanted:
        return "wrong_type", {"seen_type": types.pop(), "expected_type": wanted.pop(), "within": "list"}
    return None
