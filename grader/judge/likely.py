"""The likely cause of an assertion that failed: from the attribute that it looked at, and from its two sides.

Who uses it: outcomes.py. What goes in: the assertion's own line ("assert child.args == (value,)"), what was seen
and what was expected, and the text of the student's file. What comes out: a key of the course's causes with the facts
that fill its words, or nothing.
"""

from __future__ import annotations

import re
import signal
from typing import Any

from grader.finding import Likely
from grader.handles.said import METHODS, Foreign, Said
from grader.judge import likely_calls, likely_files, likely_lists, likely_values
from grader.judge.likely_calls import of_order, plain

LOOKED_AT = re.compile(r"assert (?:\w+\.)*(\w+)")
OF_SOURCE = ("assert source.holds(", "assert source.files()")
OF_A_READER = "assert reader.pid != writer.pid"
OF_A_LIST = "assert sorted("  # of what is in the list that came back
READS = re.compile(r"(?<!def )\bread_queue\b")
NO_RESULT = re.compile(r"assert \w+\.(?:\w+|is_alive\(\)|reads\([^)]*\)|value\([^)]*\)) (?:==|is|in) ")  # of the call
NO_RESULTS = {"arguments", "args", "kwargs", "contents", "crossed", "rest", "taken", "pid", "exitcode"}
VALUES = re.compile(r"def \w+\([^)]*\bvalues\b")
DEFAULT = re.compile(r"def \w+\([^)]*\bdefault\b")
ASKS = re.compile(r"\.(?:full|empty|qsize)\(")
CLOSES = re.compile(r"\.close\(\)|\bwith (?!open\b)")
RAISES = re.compile(r"\braise\b")
DEFAULT_NAME = re.compile(r"\w{1,80}-\d+(?::\d+)*")  # of a process that was given none
REAPS = re.compile(r"\bos\.wait|\bwait(?:pid|id|3|4)\(")
OF_A_SLIP = {"AttributeError", "IndexError", "KeyError", "NameError", "TypeError", "UnboundLocalError"}
STATES = {("waits", "returned"): "did_not_wait", ("gone", "alive"): "did_not_wait", ("gone", "zombie"): "not_reaped"}
STATES |= {("zombie", "gone"): "waited_for_it", ("dead", "running"): "did_not_wait"}


def cause(line: str, seen: Any, expected: Any, source: str, function: str = "", here: bool = False) -> Likely | None:
    """The likely cause, where the facts show one; `function` is the one that the check grades.

    `here` is whether all that was called, was called in the process that runs the function.
    """
    line = line.strip()
    if line.startswith(OF_A_READER):
        return "one_for_both", {}
    if line.startswith(OF_SOURCE):
        return "source_changed", {"found": getattr(seen, "kind", "")}
    found = LOOKED_AT.match(line)
    name = found.group(1) if found else ""
    if name == "state" and here and seen == "alive":
        return "ran_in_your_process", {}
    text = text_of(function, source)
    likely: Likely | None = OF_FUNCTION[name](seen, expected, text) if name in OF_FUNCTION else None
    likely = likely or (BY_NAME[name](plain(seen), expected, source) if name in BY_NAME else None)
    if likely or name in NO_RESULTS or NO_RESULT.match(line):
        return likely
    if line.startswith(OF_A_LIST):
        return likely_lists.of_items(seen, expected)
    likely = _of_values(seen, expected, source, text)
    if likely and likely[0] == "exit_code_too_early" and "exitcode" not in text:
        return "returned_nothing", {}
    return likely


def text_of(function: str, source: str) -> str:
    """The lines of a function in the file; all of it where there is no function of that name."""
    found = re.search(rf"^(async )?def {re.escape(function)}\b.*?(?=^\S|\Z)", source, re.MULTILINE | re.DOTALL)
    return found.group() if found and function else source


def _of_values(seen: Any, expected: Any, source: str, function: str) -> Likely | None:
    several = type(seen) is list and type(expected) is list
    unfinished = [one.unfinished() for one in seen if isinstance(one, Said)] if several else []
    if found := next(filter(None, unfinished), None):
        return found
    if DEFAULT.match(function) and (likely := _of_default(seen, expected, function)):
        return likely
    if several and plain(seen[:1]) != [None] and len(set(map(repr, seen))) == 1 < len(set(map(repr, expected))):
        return None  # always the same, whatever was to come: its type says nothing
    for one, wanted in zip(seen, expected) if several else [(seen, expected)]:  # noqa: B905 - the shorter decides
        if isinstance(one, Said) and one != wanted and (likely := _of_value(one, wanted, source)):
            return likely
    return None


def _of_default(seen: Any, expected: Any, function: str) -> Likely | None:
    """Of a function that takes a default: it came back in place of a value."""
    if type(seen) is not list:
        return ("default_though_filled", {}) if plain(seen) is None and ASKS.search(function) else None
    if not _is_default(seen, expected):
        return None
    return ("default_though_filled" if ASKS.search(function) else "default_for_a_value"), {}


def _of_defaults(seen: Any, expected: Any, source: str) -> Likely | None:
    others = [plain(one) for one, wanted in zip(seen, expected, strict=True) if one != wanted]
    return ("default_lost", {}) if others == [None] * len(others) else None


def _is_default(seen: list[Any], expected: list[Any]) -> bool:
    """Whether one and the same value came in place of values that count as false, and of them alone.

    Where that value was also to come, there was nothing to take: the queue was empty.
    """
    others = [(plain(one), wanted) for one, wanted in zip(seen, expected) if one != wanted]  # noqa: B905 - see above
    instead = {repr(one) for one, _ in others}
    is_one_more = len(instead) == 1 and instead.isdisjoint(map(repr, expected))
    return is_one_more and all(not wanted and one for one, wanted in others)


def _of_value(said: Said, expected: Any, source: str) -> Likely | None:
    seen = said.value
    wanted = expected[0] if type(expected) is list and [type(each) for each in expected[:1]] == [tuple] else expected
    wanted = expected if type(seen) is type(expected) else wanted
    if seen is None:
        too_early = type(expected) is int and "exitcode" in source
        return "exit_code_too_early" if too_early else "returned_nothing", {}
    if unfinished := said.unfinished():
        return unfinished
    if isinstance(seen, Foreign) and (likely := _of_class(seen, type(wanted).__name__, source)):
        return likely
    if type(seen) is bool and type(expected) is int:
        return "bool_for_int", {}
    if type(seen) is type(expected) is int and _is_status(seen, expected) and REAPS.search(source):
        return "raw_status", {"got": str(seen)}
    if said.type_name != type(wanted).__name__ and wanted is not None:
        text = likely_values.of_value(seen, expected)
        return text or ("wrong_type", {"seen_type": said.type_name, "expected_type": type(wanted).__name__})
    if type(seen) is type(expected) is list:
        return likely_lists.of_result(seen, expected, source)
    return likely_values.of_value(seen, expected)


def _is_status(seen: int, code: int) -> bool:
    """Whether the system keeps that number for a process that ended with the exit code."""
    return seen != code and seen == (code << 8 if code >= 0 else -code)


def _of_class(seen: Foreign, wanted: str, source: str) -> Likely | None:
    """Of an object in place of a plain value: it says itself what it equals, or its class is made from a plain one."""
    is_theirs = re.search(rf"class\s+{re.escape(seen.type_name)}\b", source)
    if is_theirs and "__eq__" in source:
        return "always_equal", {"type": seen.type_name}
    if seen.base != seen.type_name and (seen.base == wanted or (is_theirs and seen.base == "Enum")):
        return "made_from_plain", {"type": seen.type_name, "base": seen.base, "expected_type": wanted}
    return None


def _of_taken(seen: Any, expected: Any, source: str) -> Likely | None:
    if type(seen) is not int or seen == expected:
        return None
    return "took_values" if seen > expected else "took_too_few", {"got": str(seen), "wanted": str(expected)}


def _of_rest(seen: Any, expected: Any, source: str) -> Likely | None:
    if seen == [] and CLOSES.search(source):
        return "closed_it", {}
    if type(seen) is list and len(seen) < len(expected):
        return "took_values", {"got": str(len(expected) - len(seen)), "wanted": "0"}
    return None


def _of_loops(seen: Any, expected: Any, source: str) -> Likely | None:
    first, second = (plain(each) for each in seen)
    goes_on = type(second) is list and second == expected[1][len(expected[1]) - len(second) :] != expected[1]
    return ("loop_used_up", {}) if first == expected[0] and goes_on else None


def _of_pairs(seen: Any, expected: Any, source: str) -> Likely | None:
    pairs = seen if type(seen) is list else []
    mixed = any(type(pair) is tuple and len(pair) == 2 and repr(pair[0]) != repr(pair[1]) for pair in pairs)
    return ("loops_share", {}) if mixed and len(pairs) < len(expected) else None


def _of_turns(seen: Any, expected: Any, source: str) -> Likely | None:
    values = [repr(plain(each)) for each in seen]
    return ("loops_share", {}) if len(set(values)) == len(values) and values[0] == repr(expected[0]) else None


def _of_kind(seen: Any, expected: Any, source: str) -> Likely | None:
    if seen == "NoneType":
        return "returned_nothing", {}
    if seen in METHODS:
        return "not_called", {}
    return ("thread_queue", {}) if seen == "queue.Queue" else ("wrong_type", {"seen_type": str(seen)})


def _of_pid(seen: Any, expected: Any, source: str) -> Likely | None:
    if type(expected) is not list:
        return ("object_not_started", {}) if seen is None else None
    return ("did_not_wait", {}) if seen in expected else ("started_afterwards", {})


def _of_exitcode(seen: Any, expected: Any, source: str) -> Likely | None:
    if type(seen) is int and type(expected) is int and seen < 0 and expected < 0:
        facts = {"got": _signal(seen), "wanted": _signal(expected)}
        return "other_signal", facts | ({"asks": "SIGTERM"} if set(facts.values()) == {"SIGTERM", "SIGKILL"} else {})
    return ("reaped_elsewhere", {}) if seen is None and REAPS.search(source) else None


def _signal(code: int) -> str:
    """The name of the signal that an exit code stands for."""
    names = {number.value: number.name for number in signal.Signals}
    return names.get(-code, f"signal {-code}")


def _of_workers(seen: Any, expected: Any, source: str) -> Likely | None:
    too_many = type(seen) is int and type(expected) is int and seen > expected
    return ("pool_too_large", {"got": str(seen), "wanted": str(expected)}) if too_many else None


def _of_route(seen: Any, expected: Any, source: str) -> Likely | None:
    route = [plain(each) for each in seen]
    if route == [("worker",)] and READS.search(source):
        return "read_too_early", {}
    if not 2 <= len(route) <= len(expected) and route != [("manager",)]:
        return None
    return ("part_in_your_process" if ("manager",) in route else "no_manager"), {}


def _of_sizes(seen: Any, expected: Any, source: str) -> Likely | None:
    if not seen:
        return _of_sent_on(seen, expected, source)
    sizes = [str(size) for each in seen for size in plain(each)]
    other = [size for size in sizes if size != str(expected[0][0])] if expected else []
    return ("queue_size", {"got": other[0], "wanted": str(expected[0][0])}) if other else None


def _of_sent_on(seen: Any, expected: Any, source: str) -> Likely | None:
    """Of what the manager has given out: before it should, or nothing although all had been put in."""
    if bool(seen) is bool(expected):
        return None
    return ("read_too_early", {}) if seen or READS.search(source) else None


def _of_waiting(seen: Any, expected: Any, source: str) -> Likely | None:
    """Of calls that came too early: by one who was to go on only later, or by the very process that was held."""
    if not seen:
        return None
    return ("one_for_both" if all(each.is_again for each in seen) else "did_not_wait"), {}


def _of_name(seen: Any, expected: Any, source: str) -> Likely | None:
    is_default = type(seen) is str and DEFAULT_NAME.fullmatch(seen) and expected not in seen
    return ("default_name", {"name": seen}) if is_default else None


def _of_alive(seen: Any, expected: Any, source: str) -> Likely | None:
    return ("ended_meanwhile", {}) if seen is False and expected is True else None


def _of_contents(seen: Any, expected: Any, function: str) -> Likely | None:
    """Of what is in a queue: a function that is given many values puts them in by a loop, any other has no loop."""
    values = [plain(each) for each in plain(seen)]
    if VALUES.match(function):
        return likely_lists.of_list(values, expected, function)
    return of_order(seen, expected, "") or likely_values.of_parts(values, expected)


def _of_error(seen: Any, expected: Any, source: str) -> Likely | None:
    kind = str(plain(seen))
    return _of_error_text(seen, expected, source if kind not in OF_A_SLIP else "") or (
        "other_exception",
        {"type": kind},
    )


def _of_error_text(seen: Any, expected: Any, source: str) -> Likely | None:
    """A function that never says `raise` has changed no exception."""
    return ("exception_changed", {}) if RAISES.search(source) else None


OF_FUNCTION: dict[str, Any] = {  # these are asked with the text of the function that is graded, not of the whole file
    "args": likely_calls.of_args,
    "kwargs": likely_calls.of_kwargs,
    "told": likely_calls.of_told,
    "arguments": likely_calls.of_calls,
    "seen": of_order,
    "contents": _of_contents,
    "defaults": _of_defaults,
    "type": _of_error,
    "text": _of_error_text,
}
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
    "taken": _of_taken,
    "rest": _of_rest,
    "loops": _of_loops,
    "pairs": _of_pairs,
    "turns": _of_turns,
    "queue_kind": _of_kind,
    "crossed": lambda seen, expected, source: ("thread_queue", {}) if seen == [] else None,
    "waits": lambda seen, expected, source: ("waits_for_the_queue", {}) if seen else None,
    "waiting": _of_waiting,
    "name": _of_name,
    "pid": _of_pid,
    "exitcode": _of_exitcode,
    "workers": _of_workers,
    "route": _of_route,
    "sizes": _of_sizes,
    "sent_on": _of_sent_on,
    "alive": _of_alive,
    "was_sent": lambda seen, expected, source: ("asked_first", {}) if seen is True else None,
}
