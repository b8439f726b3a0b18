"""What came out of a call as an exception: where in the student's file it was raised, and the cause that it stands for.

Who uses it: submission.py. In goes what the stage tells of the exception, which is a claim like all that it says; out
comes a Raised, and of that the Finding, by the first line of CAUSES that fits.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from grader.finding import Finding, Outside
from grader.handles import pickling
from grader.handles.said import NO_HARNESS, to_be_written
from grader.result import Verdict

Place = tuple[str, int]  # the file, relative to the submission's folder, and the line

OUR_NAME = re.compile(r"\bgrade_harness\.(?:\w+\.)*(?=\w+\()")  # before that of a probe, where Python tells it in full
NO_MORE = {"[Errno 11] Resource temporarily unavailable", "can't start new thread"}
WRONG_CALL = r"(\.__init__)?\(\) (takes|missing|got)"  # after the name: what Python says of arguments that do not fit
CLOSED = r"I/O operation on closed file"
NO_PROTOCOL = r"not iterable|not an iterator|non-iterator"  # what iter() and next() say of such an object
STOPPED = r"^generator raised StopIteration$"
NO_END = r"^this iterator has no end: "  # an iterator of ours says so
FULL_OR_EMPTY = r"has no attribute '(Full|Empty)'"  # what the parameter `queue` says in place of the module


class Raised:
    """An exception that ended a call, as the stage tells it: `type` its bare name, `text`, and the student's place.

    `said` is how Python would tell it.

    `kind` is the builtin exception that it is, or is made of: "ValueError" also for a class of the student's below it.
    `errno` is the number of an OSError that has one.
    """

    def __init__(self, told: Any, folder: str) -> None:
        form = {"type": str, "kind": str, "text": str, "frames": list}
        if (
            type(told) is not dict
            or any(type(told.get(key)) is not kind for key, kind in form.items())
            or type(told.get("errno")) not in (int, type(None))
        ):
            raise Finding(Verdict.CRASHED, cause="died", facts={"how": NO_HARNESS})
        self.type: str = told["type"]
        self.kind: str = told["kind"]
        self.text: str = OUR_NAME.sub("", told["text"])
        self.errno: int | None = told.get("errno")
        self.said = f"{self.type}: {self.text}" if self.text else self.type
        self.place = place_of(told.get("at"), folder) or next(
            (place for frame in reversed(told["frames"]) if (place := place_of(frame, folder))), None
        )
        self.outside = _outside(told.get("outside"), folder)

    def says(self, type_: str, pattern: str) -> bool:
        """Whether it is a `type_`, and `pattern` is found in its text."""
        return self.type == type_ and re.search(pattern, self.text) is not None

    def finding(self, function: str, missing: str) -> Finding:
        """The Finding that it is, raised by a call of `function`; `missing` is the cause where there is none of it."""
        facts = {"type": self.type, "text": self.text, "function": function}
        if stub := to_be_written(self.type, self.text):
            return Finding(cause="not_written", facts={**facts, "function": stub}, place=self.place)
        if not self.place and self.type == "AttributeError" and f"has no attribute '{function}'" in self.text:
            return Finding(cause=missing, facts=self._missing(function))
        cause = next((cause for cause, is_it in CAUSES if is_it(self, function)), "raised")
        seen = None if cause in TOLD_BY_THE_CAUSE else SEEN.get(cause, self.said)
        return Finding(cause=cause, facts=facts, seen=seen, place=self.place)

    def _missing(self, name: str) -> dict[str, str]:
        """The facts for the words of the three causes: a function, a global, an attribute of what came back."""
        facts = {"text": self.text, "function": name, "name": name, "attribute": name}
        kind = re.match(r"'([^']{1,80})' object", self.text)
        return {**facts, "type": kind.group(1)} if kind else facts


CAUSES: list[tuple[str, Callable[[Raised, str], bool]]] = [  # the first that fits; `of` is the function that was called
    ("stopped_too_early", lambda error, of: error.kind == "StopIteration" and of == "next"),
    ("closed_it", lambda error, _: not error.place and error.says("ValueError", CLOSED)),
    ("not_iterable", lambda error, _: not error.place and error.says("TypeError", NO_PROTOCOL)),
    ("wrong_arguments", lambda error, of: not error.place and error.says("TypeError", f"^{re.escape(of)}{WRONG_CALL}")),
    ("process_closed", lambda error, _: error.says("ValueError", "^process object is closed$")),
    ("full_and_empty", lambda error, _: error.says("AttributeError", FULL_OR_EMPTY)),
    ("too_many_processes", lambda error, _: error.text in NO_MORE),
    ("plain_queue_in_pool", lambda error, _: error.says("RuntimeError", "through inheritance")),
    ("no_call_before_the_end", lambda error, _: error.says("RuntimeError", NO_END)),
    ("stop_in_generator", lambda error, _: error.says("RuntimeError", STOPPED)),
    ("not_picklable", lambda error, _: error.type == "PicklingError" or pickling.is_refused(error.text)),
    ("reads_input", lambda error, _: error.says("EOFError", "reading a line")),  # of input(), whose text it is
    ("memory", lambda error, _: error.type == "MemoryError"),
    ("text_mode", lambda error, _: error.type == "UnicodeDecodeError"),
]
SEEN = {"process_closed": "a closed process object"}  # in place of Python's words
# The exception adds nothing to what these say.
TOLD_BY_THE_CAUSE = {"too_many_processes", "no_call_before_the_end", "reads_input", "memory", "text_mode"}


def place_of(frame: Any, folder: str) -> Place | None:
    """(file, line) of a frame in the submission, the file relative to its folder; None for anything else.

    Code may call its file what it likes: what is no path within the folder, or no line of a file, is no place.
    """
    if type(frame) is not list or len(frame) < 2 or type(frame[0]) is not str or type(frame[1]) is not int:
        return None
    name = frame[0][len(folder) + 1 :]
    is_path = (
        frame[0].startswith(folder + "/") and len(name) < 1000 and "\0" not in name and ".." not in name.split("/")
    )
    return (name, frame[1]) if is_path and 0 < frame[1] < 1 << 31 else None


def _outside(told: Any, folder: str) -> Outside | None:
    place = place_of(told, folder)
    return (*place, told[2]) if place and len(told) == 3 and type(told[2]) is str else None
