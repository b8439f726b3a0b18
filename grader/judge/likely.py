"""The likely cause of an assertion that failed: from the attribute that it looked at, and from its two sides.

Who uses it: the pytest plugin. What goes in: the assertion's own line ("assert child.args == (value,)"), what was seen
and what was expected, and the text of the student's file. What comes out: a key of the course's causes with the facts
that fill its words, or nothing.
"""

from __future__ import annotations

import re
from typing import Any

from grader.handles.said import Foreign, Said
from grader.judge import likely_files

Likely = tuple[str, dict[str, str]]
LOOKED_AT = re.compile(r"assert (?:\w+\.)*(\w+)")
OF_SOURCE = "assert source.holds("
ARGS = re.compile(r"(?:args\s*=\s*|\b(?:apply|apply_async)\(\s*\w+\s*,\s*)\(?\s*\w+\s*\)?\s*[,)]")  # no comma after it
SPREAD = re.compile(r"\w\(\s*\*\w+\s*\)")  # a call whose only argument is spread: no comma would help
PROMISES = {"ApplyResult", "MapResult", "IMapIterator", "IMapUnorderedIterator", "Future", "generator", "map"}
METHODS = {"method", "builtin_function_or_method", "function"}
OF_A_SLIP = {"AttributeError", "IndexError", "KeyError", "NameError", "TypeError", "UnboundLocalError"}
STATES = {("waits", "returned"): "did_not_wait", ("gone", "alive"): "did_not_wait", ("gone", "zombie"): "did_not_wait"}
STATES |= {("zombie", "gone"): "waited_for_it", ("dead", "running"): "did_not_wait"}


def cause(line: str, seen: Any, expected: Any, source: str, function: str = "") -> Likely | None:
    """The likely cause, where the facts show one; `function` is the one that the check grades."""
    line = line.strip()
    if line.startswith(OF_SOURCE):
        return "source_changed", {"found": getattr(seen, "kind", "")}
    found = LOOKED_AT.match(line)
    name = found.group(1) if found else ""
    likely: Likely | None = BY_NAME[name](_plain(seen), expected, source) if name in BY_NAME else None
    likely = likely or _of_values(seen, expected, source)
    if likely and likely[0] == "exit_code_too_early" and "exitcode" not in text_of(function, source):
        return "returned_nothing", {}
    return likely


def text_of(function: str, source: str) -> str:
    """The lines of a function in the file; all of it where there is no function of that name."""
    found = re.search(rf"^(async )?def {re.escape(function)}\b.*?(?=^\S|\Z)", source, re.MULTILINE | re.DOTALL)
    return found.group() if found and function else source


def _plain(value: Any) -> Any:
    return value.value if isinstance(value, Said) else value


def _of_values(seen: Any, expected: Any, source: str) -> Likely | None:
    several = type(seen) is list and type(expected) is list
    if several and _plain(seen[:1]) != [None] and len(set(map(repr, seen))) == 1 < len(set(map(repr, expected))):
        return None  # always the same, whatever was to come: its type says nothing
    for one, wanted in zip(seen, expected) if several else [(seen, expected)]:  # noqa: B905 - the shorter decides
        if isinstance(one, Said) and one != wanted and (likely := _of_value(one, wanted, source)):
            return likely
    return None


def _of_value(said: Said, expected: Any, source: str) -> Likely | None:
    seen = said.value
    wanted = expected[0] if type(expected) is list and [type(each) for each in expected[:1]] == [tuple] else expected
    wanted = expected if type(seen) is type(expected) else wanted
    if seen is None:
        too_early = type(expected) is int and "exitcode" in source
        return "exit_code_too_early" if too_early else "returned_nothing", {}
    for each in _parts(seen):
        if isinstance(each, Foreign) and each.type_name in PROMISES:
            return "not_the_results", {"type": each.type_name}
    if isinstance(seen, Foreign) and re.search(rf"class\s+{re.escape(seen.type_name)}\b", source):
        return "always_equal", {"type": seen.type_name}
    if any(isinstance(each, Foreign) and each.type_name in METHODS for each in _parts(seen)):
        return "not_called", {}
    if type(seen) is bool and type(expected) is int:
        return "bool_for_int", {}
    if said.type_name != type(wanted).__name__ and wanted is not None:
        return "wrong_type", {"seen_type": said.type_name, "expected_type": type(wanted).__name__}
    if type(seen) is list and type(expected) is list and len(seen) == len(expected) > 1:
        return _of_order(seen, expected, source)
    return None


def _parts(value: Any) -> list[Any]:
    return list(value.values()) if type(value) is dict else value if type(value) in (list, tuple) else [value]


def _of_args(seen: Any, expected: Any, source: str) -> Likely | None:
    if type(seen) is tuple and len(seen) != len(expected):
        if len(expected) == 1 and seen and ARGS.search(source):
            one = expected[0]
            if isinstance(one, str) and seen == tuple(one) and not SPREAD.search(source):
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


def _of_taken(seen: Any, expected: Any, source: str) -> Likely | None:
    if type(seen) is int and seen > expected:
        return "took_values", {"got": str(seen), "wanted": str(expected)}
    return None


def _of_rest(seen: Any, expected: Any, source: str) -> Likely | None:
    if type(seen) is list and len(seen) < len(expected):
        return "took_values", {"got": str(len(expected) - len(seen)), "wanted": "0"}
    return None


def _of_loops(seen: Any, expected: Any, source: str) -> Likely | None:
    first, second = (_plain(each) for each in seen)
    goes_on = type(second) is list and second == expected[1][len(expected[1]) - len(second) :] != expected[1]
    return ("loop_used_up", {}) if first == expected[0] and goes_on else None


def _of_pairs(seen: Any, expected: Any, source: str) -> Likely | None:
    pairs = seen if type(seen) is list else []
    mixed = any(type(pair) is tuple and len(pair) == 2 and repr(pair[0]) != repr(pair[1]) for pair in pairs)
    return ("loops_share", {}) if mixed and len(pairs) < len(expected) else None


def _of_turns(seen: Any, expected: Any, source: str) -> Likely | None:
    values = [repr(_plain(each)) for each in seen]
    return ("loops_share", {}) if len(set(values)) == len(values) and values[0] == repr(expected[0]) else None


def _of_kind(seen: Any, expected: Any, source: str) -> Likely | None:
    if seen == "NoneType":
        return "returned_nothing", {}
    if seen in METHODS:
        return "not_called", {}
    return ("thread_queue", {}) if seen == "queue.Queue" else ("wrong_type", {"seen_type": str(seen)})


def _of_pid(seen: Any, expected: Any, source: str) -> Likely | None:
    if type(expected) is not list:
        return None
    return ("did_not_wait", {}) if seen in expected else ("not_together", {})


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
    return ("other_exception", {"type": str(seen)}) if seen in OF_A_SLIP else ("exception_changed", {})


BY_NAME: dict[str, Any] = {
    "in_main_process": lambda seen, expected, source: ("ran_in_your_process" if seen else "ran_in_a_child", {}),
    "in_main_thread": lambda seen, expected, source: ("ran_in_main_thread", {}),
    "kind": lambda seen, expected, source: ("other_exception", {"type": seen}),
    **likely_files.BY_NAME,
    "started_by": lambda seen, expected, source: ("other_parent", {}),
    "begun": lambda seen, expected, source: ("import_starts_process", {}),
    "forms": lambda seen, expected, source: ("loop_form", {"forms": ", ".join(seen)}),
    "joins": lambda seen, expected, source: ("waited_for_it", {}) if seen else None,
    "left": lambda seen, expected, source: ("process_left", {"processes": ", ".join(seen)}),
    "state": lambda seen, expected, source: (STATES[expected, seen], {}) if (expected, seen) in STATES else None,
    "args": _of_args,
    "kwargs": lambda seen, expected, source: ("wrong_arguments_for_target", {}),
    "arguments": _of_calls,
    "seen": _of_order,
    "taken": _of_taken,
    "rest": _of_rest,
    "loops": _of_loops,
    "pairs": _of_pairs,
    "turns": _of_turns,
    "contents": _of_order,
    "queue_kind": _of_kind,
    "crossed": lambda seen, expected, source: ("thread_queue", {}) if seen == [] else None,
    "waits": lambda seen, expected, source: ("waits_for_the_queue", {}) if seen else None,
    "waiting": lambda seen, expected, source: ("did_not_wait", {}) if seen else None,
    "pid": _of_pid,
    "workers": _of_workers,
    "route": _of_route,
    "sizes": _of_sizes,
    "sent_on": lambda seen, expected, source: ("read_too_early", {}) if seen and not expected else None,
    "type": _of_error,
    "text": _of_error,
}
