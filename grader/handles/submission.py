"""The student's module from outside: calling a function here runs it inside, and what comes back is said by it.

Who uses it: the checks, through the fixtures `submission` and `inside`. `submission.f(x)` waits for the result;
`submission.begin.f(x)` gives a Call to wait for later. What a function raises that should not have is a Finding.
"""

from __future__ import annotations

import contextlib
import errno
from collections.abc import Callable, Iterable
from typing import Any

from grader.finding import Finding, Outside
from grader.handles import given
from grader.handles.probes import Lent
from grader.handles.raised import Raised
from grader.handles.said import NO_HARNESS, Foreign, Said, hear, say
from grader.handles.stage import Stage
from grader.harness import wire
from grader.kernel import processes
from grader.result import Verdict


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
            raise self._finding(reply)
        return self._owner.hear(reply["returned"])

    def error(self) -> Raised:
        """What it raised; raises Finding where it returned."""
        reply = self._reply()
        if "raised" not in reply:
            returned = self._owner.hear(reply["returned"])
            cause, facts = returned.unfinished() or ("did_not_raise", {})
            raise Finding(cause=cause, facts=facts, expected="an exception", seen=f"it returned {returned!r}")
        finding = self._finding(reply)
        if finding.cause in ("not_written", "no_such_function", "reads_input"):
            raise finding
        return self._error(reply)

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
        self._owner.stage.settle(lambda: self.has_returned, to_the_last_step=True)
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
        return self._finding(reply) if "raised" in reply else None

    def outside(self) -> Outside | None:
        """The line outside of functions that called the one that has raised."""
        if not self.has_returned or "raised" not in (reply := self._reply()):
            return None
        return self._error(reply).outside

    def _error(self, reply: dict[str, Any]) -> Raised:
        return Raised(reply["raised"], self._owner.stage.sandbox.submission)

    def _finding(self, reply: dict[str, Any]) -> Finding:
        return self._error(reply).finding(self.function, self._missing)


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
        self.stage.timeline.asks()
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
        faulty = self._faulty_of(stand_ins)
        if len(stand_ins) == 1 or faulty != stand_ins.keys():
            for name in faulty:
                self.set(name, stand_ins[name]())

    def prop_all(self, put_in: Callable[[], object], *names: str) -> None:
        """Has `put_in` replace the functions `names`, all of them, where any is one that a check has found fault with.

        As for functions that may call each other, where one may be right by another one's fault.
        """
        if self._faulty_of(names):
            put_in()

    def prop_first(self, **stand_ins: Any) -> None:
        """As `prop`; and a check that fails so is asked once more without, as the student has it."""
        self.prop(**stand_ins)
        self.stage.asks_again = bool(self._faulty_of(stand_ins))

    def _faulty_of(self, names: Iterable[str]) -> frozenset[str]:
        """Those of the functions that a check has found fault with; what each was taken for is noted."""
        self.stage.rests |= {name: name in self.stage.faulty for name in names}
        return self.stage.faulty.intersection(names)

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

        They were read before any code of the student's ran, so that it has no say. Raises Finding where the text could
        not be read: it is none that a person has written.
        """
        if function not in self.stage.loops:
            raise Finding(cause="source_not_read")
        return self.stage.loops[function]


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
