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
STATES = {("waits", "returned"): "did_not_wait", ("gone", "alive"): "did_not_wait", ("gone", "zombie"): "did_not_wait"}
STATES |= {("zombie", "gone"): "waited_for_it", ("dead", "running"): "did_not_wait"}


def cause(line: str, seen: Any, expected: Any, source: str) -> Likely | None:
    """The likely cause, where the facts show one."""
    found = LOOKED_AT.match(line.strip())
    name = found.group(1) if found else ""
    likely: Likely | None = BY_NAME[name](_plain(seen), expected, source) if name in BY_NAME else None
    if likely is not None:
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
    if isinstance(seen, Foreign) and re.search(rf"class\s+{re.escape(seen.type_name)}\b", source):
        return "always_equal", {"type": seen.type_name}
    if type(seen) is bool and type(expected) is int:
        return "bool_for_int", {}
    if said.type_name != type(wanted).__name__:
        return "wrong_type", {"seen_type": said.type_name, "expected_type": type(wanted).__name__}
    return _of_order(seen, expected, source) if type(seen) is list and type(expected) is list else None


def _of_args(seen: Any, expected: Any, source: str) -> Likely | None:
    if type(seen) is tuple and len(seen) != len(expected):
        if len(expected) == 1 and seen and re.search(r"args\s*=\s*\(?\s*\w+\s*\)?\s*[,)]", source):
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
    return _of_order(calls, expected, source)


def _of_order(seen: Any, expected: Any, source: str) -> Likely | None:
    values = [_plain(each) for each in seen]
    return ("wrong_order", {}) if sorted(map(repr, values)) == sorted(map(repr, expected)) else None


def _of_kind(seen: Any, expected: Any, source: str) -> Likely | None:
    if seen == "NoneType":
        return "returned_nothing", {}
    return ("thread_queue", {}) if seen == "queue.Queue" else ("wrong_type", {"seen_type": str(seen)})


def _of_pid(seen: Any, expected: Any, source: str) -> Likely | None:
    if type(expected) is not list:
        return None
    return ("did_not_wait", {}) if seen in expected else ("not_together", {})


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
    "contents": _of_order,
    "kind": _of_kind,
    "crossed": lambda seen, expected, source: ("thread_queue", {}) if seen == [] else None,
    "waits": lambda seen, expected, source: ("waits_for_the_queue", {}) if seen else None,
    "waiting": lambda seen, expected, source: ("did_not_wait", {}) if seen else None,
    "pid": _of_pid,
}
