"""What an exception usually means to somebody who learns Python: a key of words, and the facts that fill them.

Who uses it: explain, beside "your code raised ...". What goes in: the name and the text of the exception, which are the
student's and are only looked at. No verdict rests on it.
"""

from __future__ import annotations

import re

FUNCTION = "(?:function|method|builtin_function_or_method|method-wrapper)"
GOES_ON = r"(?:generator|\w*iterator)"  # what gives its values one by one
NOUN = r"(?P<name>[^\W\d]\w{0,40})"
READ_ONLY = r"(?:OSError|PermissionError): \[Errno (?:13|30)\] [^']{1,60}: '[^']{0,300}/submission/"
LENT = r"(?:TypeError|AttributeError): .*\bProbe\b|\w+: .*\.Probe object at"  # by a check: see harness/probe.py
NO_NETWORK = r"OSError: \[Errno 97\]"
USUAL = [
    ("read_only", READ_ONLY),
    ("probe", LENT),
    ("name", rf"NameError: name '{NOUN}' is not defined"),
    ("set_later", rf"(?:UnboundLocalError|NameError): [^']*'{NOUN}'"),
    ("not_called", rf"AttributeError: '{FUNCTION}' object|TypeError: .*\b{FUNCTION}\b"),
    ("none_called", r"TypeError: 'NoneType' object is not callable"),
    ("none", r"(?:AttributeError|TypeError): .*\bNoneType\b"),
    ("no_super", r"AttributeError: '[^']{1,80}' object has no attribute '_(?:closed|popen|config)'"),
    ("no_super", r"(?:AssertionError|RuntimeError): (?:Process|Thread|thread)\.__init__\(\) not called"),
    ("attribute", rf"AttributeError: '[^']{{1,80}}' object has no attribute '{NOUN}'"),
    ("called", r"TypeError: '[^']{1,80}' object is not callable"),
    ("arguments", r"TypeError: .*(?:required (?:positional|keyword-only)|positional arguments? but|keyword argument)"),
    ("group", r"AssertionError: group argument must be None"),
    ("before_start", r"AssertionError: process has already started|RuntimeError: cannot set daemon status"),
    ("not_started", r"AssertionError: can only (?:join|test)|RuntimeError: cannot join thread before"),
    ("no_process", r"ProcessLookupError\b"),
    ("started_twice", r"AssertionError: cannot start a process twice|RuntimeError: threads can only be started once"),
    ("daemon_parent", r"AssertionError: daemonic processes are not allowed"),
    ("pool_running", r"ValueError: Pool is still running"),
    ("pool_closed", r"ValueError: Pool not running"),
    ("no_workers", r"ValueError: (?:Number of processes must be at least 1|max_workers must be greater than 0)"),
    ("star", r"TypeError: .*argument after \* must be an iterable"),
    ("time_limit", r"(?:multiprocessing\.)?TimeoutError\b"),
    ("manager", r"AssertionError: server not yet started"),
    ("unhashable", r"TypeError: (?:cannot use '[^']{1,80}' as a (?:dict key|set element) \()?unhashable type"),
    ("no_length", rf"TypeError: (?:object of type '{GOES_ON}' has no len|'{GOES_ON}' object is not subscriptable)"),
    ("stop_in_generator", r"RuntimeError: generator raised StopIteration"),
    ("no_iterator", r"TypeError: '(?P<name>[^']{1,80})' object is not an iterator"),
    ("index", r"IndexError\b"),
    ("stop", r"StopIteration\b"),
    ("empty", r"Empty\b"),
    ("full", r"Full\b"),
    ("no_file", r"FileNotFoundError\b"),
    ("file_there", r"FileExistsError\b"),
    ("folder", r"IsADirectoryError\b"),
    ("no_module", r"(?:ModuleNotFoundError|ImportError)\b"),
    ("recursion", r"RecursionError\b"),
    ("no_network", NO_NETWORK),
    ("other_end", r"EOFError: $"),
]  # fmt: skip


def usual(kind: str, text: str, printed: str = "") -> tuple[str, dict[str, str]] | None:
    """The key and the facts, where the exception is one that is met often; the first that fits.

    That the other end of a connection is gone may come of what another process has `printed`.
    """
    said = f"{kind}: {text}"[:400]
    for key, pattern in USUAL:
        if found := re.match(pattern, said):
            key = "no_network" if key == "other_end" and re.search(NO_NETWORK, printed) else key
            return f"usual_{key}", found.groupdict()
    return None
