"""The likely cause of an assertion that failed: from the attribute that it looked at, and from its two sides.

Who uses it: the pytest plugin. What goes in: the assertion's own line ("assert child.args == (value,)"), what was seen
and what was expected, and the text of the student's file. What comes out: a key of the course's causes with the facts
that fill its words, or nothing.
"""

from __future__ import annotations

import re
from typing import Any

from grader.said import Foreign, Said

Likely = tuple[str, dict[str, str]]
LOOKED_AT = re.compile(r"assert (?:\w+\.)*(\w+)")
ARGS = re.compile(r"(?:args\s*=\s*|\b(?:apply|apply_async)\(\s*\w+\s*,\s*)\(?\s*\w+\s*\)?\s*[,)]")  # no comma after it
PROMISES = {"ApplyResult", "MapResult", "IMapIterator", "IMapUnorderedIterator", "Future", "generator", "map"}
STATES = {("waits", "returned"): "did_not_wait", ("gone", "alive"): "did_not_wait", ("gone", "zombie"): "did_not_wait"}
STATES |= {("zombie", "gone"): "waited_for_it", ("dead", "running"): "did_not_wait"}


def cause(line: str, seen: Any, expected: Any, source: str) -> Likely | None:
    """The likely cause, where the facts show one."""
    found = LOOKED_AT.match(line.strip())
    name = found.group(1) if found else ""
    if name in BY_NAME:
        likely: Likely | None = BY_NAME[name](_plain(seen), expected, source)
        return likely
    if isinstance(seen, Said):
        return _of_value(seen, expected, source)
    return None


def _plain(value: Any) -> Any:
    return value.value if isinstance(value, Said) else value


def _of_value(said: Said, expected: Any, source: str) -> Likely | None:
    seen = said.value
    wanted = expected[0] if isinstance(expected, list) and isinstance(seen, (tuple, list)) and expected else expected
    wanted = expected if type(seen) is type(expected) else wanted
    if seen is None:
        return "returned_nothing", {}
    for each in seen if type(seen) in (list, tuple) else [seen]:
        if isinstance(each, Foreign) and each.type_name in PROMISES:
            return "not_the_results", {"type": each.type_name}
    if isinstance(seen, Foreign) and re.search(rf"class\s+{re.escape(seen.type_name)}\b", source):
        return "always_equal", {"type": seen.type_name}
    if type(seen) is bool and type(expected) is int:
        return "bool_for_int", {}
    if said.type_name != type(wanted).__name__:
        return "wrong_type", {"seen_type": said.type_name, "expected_type": type(wanted).__name__}
    if type(seen) is list and len(seen) == len(expected) > 1:
        return _of_order(seen, expected, source)
    return None


def _of_args(seen: Any, expected: Any, source: str) -> Likely | None:
    if type(seen) is tuple and len(seen) != len(expected):
        if len(expected) == 1 and seen and ARGS.search(source):
            one = expected[0]
            if isinstance(one, str) and seen == tuple(one):
                return "missing_comma", {}
        return "three_for_one", {"got": str(len(seen)), "wanted": str(len(expected))}
    return "wrong_arguments_for_target", {}


def _of_calls(seen: Any, expected: Any, source: str) -> Likely | None:
    calls = [_plain(each) for each in seen]
    if calls == expected[: len(calls)]:
        return "action_never_called", {}
    if calls[: len(expected)] == expected:
        return "extra_call", {}
    for one in sorted(expected, key=lambda one: not isinstance(one[0], str) if one else True):
        if len(one) == 1 and type(one[0]) in (str, list, tuple) and tuple(one[0]) in calls and tuple(one[0]) != one:
            return _of_args(tuple(one[0]), one, source)
    return _of_order(calls, expected, source)


def _of_order(seen: Any, expected: Any, source: str) -> Likely | None:
    values = [_plain(each) for each in seen]
    return ("wrong_order", {}) if sorted(map(repr, values)) == sorted(map(repr, expected)) else None


def _of_workers(seen: Any, expected: Any, source: str) -> Likely | None:
    return "pool_too_large", {"got": str(seen), "wanted": str(expected)}


def _of_route(seen: Any, expected: Any, source: str) -> Likely | None:
    route = [_plain(each) for each in seen]
    if len(route) < 2 and ("manager",) not in route:
        return None
    return ("part_in_your_process" if ("manager",) in route else "no_manager"), {}


def _of_sizes(seen: Any, expected: Any, source: str) -> Likely | None:
    sizes = [str(size) for size in _plain(seen[0])] if seen else []
    return ("queue_size", {"got": sizes[0], "wanted": str(expected[0][0])}) if sizes else None


def _of_error(seen: Any, expected: Any, source: str) -> Likely | None:
    return "other_exception", {}


BY_NAME: dict[str, Any] = {
    "in_main_process": lambda seen, expected, source: ("ran_in_your_process", {}) if seen else None,
    "started_by": lambda seen, expected, source: ("other_parent", {}),
    "begun": lambda seen, expected, source: ("import_starts_process", {}),
    "forms": lambda seen, expected, source: ("loop_form", {"forms": ", ".join(seen)}),
    "left": lambda seen, expected, source: ("process_left", {"processes": ", ".join(seen)}),
    "state": lambda seen, expected, source: (STATES[expected, seen], {}) if (expected, seen) in STATES else None,
    "args": _of_args,
    "kwargs": lambda seen, expected, source: ("wrong_arguments_for_target", {}),
    "arguments": _of_calls,
    "seen": _of_order,
    "workers": _of_workers,
    "route": _of_route,
    "sizes": _of_sizes,
    "sent_on": lambda seen, expected, source: ("read_too_early", {}) if seen else None,
    "type": _of_error,
    "text": _of_error,
}
