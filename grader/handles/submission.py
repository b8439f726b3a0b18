"""The student's module from outside: calling a function here runs it inside, and what comes back is said by it.

Who uses it: the checks, through the fixtures `submission` and `inside`. `submission.f(x)` waits for the result;
`submission.begin.f(x)` gives a Call to wait for later. What a function raises that should not have is a Finding.
"""

from __future__ import annotations

import contextlib
import errno
import re
from typing import Any

from grader.finding import Finding, Outside
from grader.handles import given, pickling
from grader.handles.probes import Lent
from grader.handles.said import NO_HARNESS, Foreign, Said, hear, say, to_be_written
from grader.handles.stage import Stage
from grader.harness import wire
from grader.kernel import processes
from grader.result import Verdict

NO_MORE = {"[Errno 11] Resource temporarily unavailable", "can't start new thread"}
WRONG_CALL = r"(\.__init__)?\(\) (takes|missing|got)"  # after the name: what Python says of arguments that do not fit
CLOSED = "I/O operation on closed file"
NO_PROTOCOL = re.compile(r"not iterable|not an iterator|non-iterator")  # what iter() and next() say of such an object
FULL_OR_EMPTY = re.compile(r"has no attribute '(Full|Empty)'")  # what the parameter `queue` says in place of the module


class Call:
    """A call under way. One at a time: collect it before the next request."""

    def __init__(self, owner: Owner, function: str, number: int, missing: str) -> None:
        self._owner = owner
        self._number = number
        self._missing = missing  # the cause where there is nothing of this name
        self.function = function

    def result(self) -> Said:
        """What it returned; raises Finding where it raised, or will never return."""
        reply = self._reply()
        if "raised" in reply:
            raise self._raised(reply["raised"])
        return self._owner.hear(reply["returned"])

    def error(self) -> Raised:
        """What it raised; raises Finding where it returned."""
        reply = self._reply()
        if "raised" not in reply:
            returned = self._owner.hear(reply["returned"])
            cause, facts = returned.unfinished() or ("did_not_raise", {})
            raise Finding(cause=cause, facts=facts, expected="an exception", seen=f"it returned {returned!r}")
        finding = self._raised(reply["raised"])
        if finding.cause in ("not_written", "no_such_function"):
            raise finding
        return Raised(reply["raised"], self._owner.stage.sandbox.submission)

    def ending(self) -> str:
        """How it ended: "returned", or the builtin exception that it raised, or one made of it, or subprocess's own.

        A plain OSError has its number with it: one that was made anew with a text alone has none.
        """
        if "raised" not in self._reply():
            return "returned"
        error = self.error()
        if error.type == "OSError":
            return f"OSError (errno {errno.errorcode.get(error.errno or 0)})"
        return error.type if error.type == "CalledProcessError" else error.kind

    def state(self) -> str:
        """ "waits", "returned" or "raised", once nothing inside can change that any more."""
        self._owner.stage.settle(lambda: self.has_returned)
        if not self.has_returned:
            return "waits"
        return "raised" if "raised" in self._reply() else "returned"

    def promise(self) -> str | None:
        """The class of what it returned, where that, of a function of theirs and no class, is only a promise."""
        if not self.has_returned or self.function[:1].isupper() or "returned" not in (reply := self._reply()):
            return None
        with contextlib.suppress(Finding):
            cause, facts = self._owner.hear(reply["returned"]).unfinished() or ("", {})
            return facts["type"] if cause == "not_the_results" else None
        return None

    @property
    def has_returned(self) -> bool:
        """Whether it has come back already."""
        return self._owner.stage.has_replied(self._number)

    def _reply(self) -> dict[str, Any]:
        return self._owner.stage.reply(self._number)

    def raised(self) -> Finding | None:
        """The Finding that its exception is, if it has come back with one."""
        if not self.has_returned:
            return None
        reply = self._owner.stage.reply(self._number)
        return self._raised(reply["raised"]) if "raised" in reply else None

    def outside(self) -> Outside | None:
        """The line outside of functions that called the one that has raised."""
        if not self.has_returned or "raised" not in (reply := self._reply()):
            return None
        return Raised(reply["raised"], self._owner.stage.sandbox.submission).outside

    def _raised(self, told: Any) -> Finding:
        error = Raised(told, self._owner.stage.sandbox.submission)
        facts = {"type": error.type, "text": error.text, "function": self.function}
        if function := to_be_written(error.type, error.text):
            return Finding(cause="not_written", facts={**facts, "function": function}, place=error.place)
        if error.type == "AttributeError" and f"has no attribute '{self.function}'" in error.text and not error.place:
            return Finding(cause=self._missing, facts=self._what_is_missing(facts))
        if error.type == "StopIteration" and self.function == "next":
            return Finding(cause="stopped_too_early", facts=facts, seen=error.said, place=error.place)
        if not error.place and error.type == "ValueError" and CLOSED in error.text:
            return Finding(cause="closed_it", facts=facts, seen=error.said)
        if not error.place and error.type == "TypeError" and NO_PROTOCOL.search(error.text):
            return Finding(cause="not_iterable", facts=facts, seen=error.said)
        if not error.place and re.match(re.escape(self.function) + WRONG_CALL, error.text):
            return Finding(cause="wrong_arguments", facts=facts, seen=error.said)
        if error.type == "ValueError" and error.text == "process object is closed":
            return Finding(cause="process_closed", facts=facts, seen="a closed process object", place=error.place)
        if error.type == "AttributeError" and FULL_OR_EMPTY.search(error.text):
            return Finding(cause="full_and_empty", facts=facts, seen=error.said, place=error.place)
        if error.text in NO_MORE:
            return Finding(cause="too_many_processes", facts=facts, place=error.place)
        if "through inheritance" in error.text and error.type == "RuntimeError":
            return Finding(cause="plain_queue_in_pool", facts=facts, seen=error.text, place=error.place)
        if error.type == "PicklingError" or pickling.is_refused(error.text):
            return Finding(cause="not_picklable", facts=facts, seen=error.said, place=error.place)
        if error.type == "EOFError" and "reading a line" in error.text:  # of input(), whose text it is
            return Finding(cause="reads_input", facts=facts, place=error.place)
        plain = {"MemoryError": "memory", "UnicodeDecodeError": "text_mode"}
        if error.type in plain:
            return Finding(cause=plain[error.type], facts=facts, place=error.place)
        return Finding(cause="raised", facts=facts, seen=error.said, place=error.place)

    def _what_is_missing(self, facts: dict[str, str]) -> dict[str, str]:
        """The facts for the words of the three causes: a function, a global, an attribute of what came back."""
        kind = re.match(r"'([^']{1,80})' object", facts["text"])
        of = {"type": kind.group(1)} if kind else {}
        return {
            "text": facts["text"],
            "function": self.function,
            "name": self.function,
            "attribute": self.function,
            **of,
        }


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
        self.text: str = told["text"]
        self.errno: int | None = told.get("errno")
        self.said = f"{self.type}: {self.text}" if self.text else self.type
        self.place = place_of(told.get("at"), folder) or next(
            (place for frame in reversed(told["frames"]) if (place := place_of(frame, folder))), None
        )
        self.outside = _outside(told.get("outside"), folder)


def place_of(frame: Any, folder: str) -> tuple[str, int] | None:
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


class Owner:
    """What can be asked for attributes and called: the module, or the stage's own things."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage

    def begin_call(self, name: str, args: tuple[Any, ...], **target: Any) -> Call:
        """Asks the stage to call `target` with `args`."""
        said = [say(unwrapped(arg), _lend) for arg in args]
        return self._call(name, "call", args=said, **target)

    def _call(self, named: str, do: str, **what: Any) -> Call:
        missing = "no_such_attribute" if "handle" in what else "no_such_global"
        missing = missing if do == "get" else "no_such_function"
        number = self.stage.request(do, **what)
        self.stage.timeline.begins(number, what.get("function"))
        self.stage.call = call = Call(self, named, number, missing)
        self.stage.asked = call if "function" in what else self.stage.asked
        return call

    def hear(self, said: Any) -> Said:
        """A value that the stage said."""
        try:
            return Said(hear(said), self._ask)
        except wire.BadMessage:
            raise Finding(Verdict.CRASHED, cause="died", facts={"how": NO_HARNESS}) from None

    def _ask(self, do: str, thing: Foreign, args: tuple[Any, ...]) -> Any:
        if do == "call":
            return self.begin_call(thing.type_name, args, handle=thing.handle).result()
        if args[0] == "begin":
            return _Begin(lambda name, rest: self._begin_method(thing, name, rest))
        return self.get(args[0], handle=thing.handle)

    def _begin_method(self, thing: Foreign, name: str, args: tuple[Any, ...]) -> Call:
        method = self.get(name, handle=thing.handle).value
        if not isinstance(method, Foreign):
            raise Finding(cause="wrong_type", facts={"seen_type": type(method).__name__, "expected_type": "method"})
        return self.begin_call(name, args, handle=method.handle)

    def get(self, name: str, **of: Any) -> Said:
        """An attribute of the module, or of what stayed inside as `handle`."""
        return self._call(name, "get", name=name, **of).result()


class Submission(Owner):
    """The fixture: the module of the exercise under check."""

    @property
    def pid(self) -> int:
        """The PID of the process that runs the student's functions, from the kernel."""
        return self.stage.pid

    @property
    def parent_pid(self) -> int:
        """The PID of that process's parent, from the kernel, as seen inside."""
        return processes.inside_pid(processes.stat(self.stage.outer_pid).parent)

    @property
    def begin(self) -> Any:
        """`submission.begin.f(x)` starts a call and gives it."""
        return _Begin(lambda name, args: self.begin_call(name, args, function=name))

    def __getattr__(self, name: str) -> Any:
        return lambda *args: self.begin_call(name, args, function=name).result()

    def value(self, name: str) -> Said:
        """The module's global `name`."""
        return self.get(name)

    def set(self, name: str, value: Any) -> None:
        """Sets the module's global `name`."""
        self._call(name, "set", name=name, value=say(unwrapped(value), _lend)).result()

    def main_process_ends(self, how: str) -> None:
        """The main program comes to its end, after the last call: it "returns", "exits" by sys.exit, or "raises".

        Then waits until its process has ended; raises Finding where it cannot end.
        """
        self.stage.leave(how)

    def prop(self, **stand_ins: Any) -> None:
        """Puts a stand-in of ours in the place of a function that a check has found fault with already.

        So no function is blamed for another that it builds on. What makes a stand-in is called only where it is needed:
        until then, the submission has none within reach. Where all of several are faulty, they stay: they may
        have an agreement of their own, such as a value that marks the end.
        """
        faulty = self.stage.faulty & stand_ins.keys()
        if len(stand_ins) == 1 or faulty != stand_ins.keys():
            for name in faulty:
                self.set(name, stand_ins[name]())

    def prop_first(self, **stand_ins: Any) -> None:
        """As `prop`; and a check that fails so is asked once more without, as the student has it."""
        self.prop(**stand_ins)
        self.stage.asks_again = bool(self.stage.faulty & stand_ins.keys())

    def load(self) -> None:
        """Loads the module; raises Finding where it cannot be loaded."""
        call = self._call("import", "load", folder=self.stage.sandbox.submission, name=self.stage.module)
        try:
            call.result()
        except Finding as finding:
            finding.outside = call.outside()
            raise

    def loops_in(self, function: str) -> list[str]:
        """The loops in the source of `function`, and of the functions of the file that it calls.

        They were read before any code of the student's ran, so that it has no say.
        """
        return self.stage.loops.get(function, [])


class Inside(Owner):
    """The fixture: objects and builtins that the stage itself has; see harness/given.py and given/ for their names."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self._sent: set[str] = set()  # the modules that the stage has by now

    @property
    def begin(self) -> Any:
        """`inside.begin.next(it)` starts a call and gives it."""
        return _Begin(self._begin_given)

    def __getattr__(self, name: str) -> Any:
        return lambda *args: self._begin_given(name, args).result()

    def _begin_given(self, name: str, args: tuple[Any, ...]) -> Call:
        return self.begin_call(name, args, given=name, **self._to_be_sent(name))

    def _to_be_sent(self, name: str) -> dict[str, str]:
        """The code of the module that has `name`, where the stage does not have it yet."""
        module = given.modules().get(name)
        if module is None or module.name in self._sent:
            return {}
        self._sent.add(module.name)
        return {"module": module.name, "code": module.code}


class _Begin:
    def __init__(self, start: Any) -> None:
        self._start = start

    def __getattr__(self, name: str) -> Any:
        return lambda *args: self._start(name, args)


def unwrapped(value: Any) -> Any:
    """`value` without the Said around it, or around its items."""
    if isinstance(value, Said):
        return value.value
    if type(value) in (list, tuple):
        return type(value)(map(unwrapped, value))
    return value


def _lend(value: object) -> dict[str, Any]:
    if isinstance(value, Lent):
        return {"probe": value.name}
    if isinstance(value, Foreign) and value.handle is not None:
        return {"handle": value.handle}
    raise Finding(cause="wrong_type", seen=repr(value), facts={"seen_type": type(value).__name__})
