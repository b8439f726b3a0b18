"""An observation: a process or thread that called a probe, and what it is ordered to do.

Who uses it: probes makes one of each check-in that the kernel attests; the checks ask it for facts, and have it go on,
return, raise, exit or end. Facts come from the kernel and are taken while it is held; name and arguments are said by
the student's side.
"""

from __future__ import annotations

import re
import signal
import socket
from collections.abc import Callable, Sequence
from typing import Any, NoReturn

from grader import systems
from grader.finding import Finding, short
from grader.handles.said import NO_HARNESS, Said, hear, say, to_be_written
from grader.handles.stage import Settled, Stage
from grader.harness import wire
from grader.kernel import helpers, processes
from grader.kernel.lives import Life
from grader.result import Verdict


class Arguments(Said):
    """Arguments of a call, by position or by name, that know of those given the other way: `beside`."""

    def __init__(self, value: Any, beside: Any) -> None:
        super().__init__(value)
        self.beside = beside

    @property
    def call(self) -> str:
        """How the call was written, in short."""
        named, values = (self._value, self.beside) if type(self._value) is dict else (self.beside, self._value)
        by_name = [f"{name}={value!r}" for name, value in named.items()] if type(named) is dict else []
        return short(f"({', '.join([*map(repr, values if type(values) is tuple else ()), *by_name])})", 200)

    def _is_not(self, wanted: str) -> NoReturn:
        cause = "by_name" if self._value == () and self.beside else "wrong_arguments_for_target"
        raise Finding(cause=cause, facts={"call": self.call}, expected=wanted, seen=f"a call with {self.call}")


class Observation:
    """A process (or thread) that called a probe. Facts are taken while it is held, and so alive."""

    def __init__(self, stage: Stage, connection: socket.socket, pid: int, message: dict[str, Any]) -> None:
        self._stage = stage
        self._connection = connection
        self._outer = pid
        self._answers: list[dict[str, Any]] = []
        self._sent: set[int] = set()  # the numbers of the signals that it has told of, or left to the kernel
        self.probe: str = message["probe"]
        self.pid: int = message["pid"]  # the kernel has been asked whether it is
        seen = processes.stat(pid)
        self.born = seen.born
        is_child = seen.parent == stage.outer_pid
        self.parent_pid = stage.pid if is_child else processes.inside_pid(seen.parent)
        by_server = not is_child and helpers.helper(seen.parent, stage.nursery) == "fork server"
        self.started_by = message["caller"] if by_server else self.parent_pid
        self.in_main_process = self.pid == stage.pid
        self.thread_id: int = message["thread"]
        self.in_main_thread = self.thread_id == self.pid  # a process's first thread has its number (gettid(2))
        self.caller_pid: int | None = message["caller"]
        args, kwargs = hear(message["args"]), hear(message["kwargs"])
        if type(args) is not tuple or type(kwargs) is not dict:
            raise wire.BadMessage("no call has such arguments")
        self.args, self.kwargs = Arguments(args, kwargs), Arguments(kwargs, args)
        self.name = Said(hear(message["name"]))
        self.daemon = Said(hear(message["daemon"]))
        self.is_held = True
        self.is_taken = False
        self.is_again = False  # whether the process had called before
        self._life = Life(pid)  # last: what has been refused before leaves nothing open

    def __repr__(self) -> str:
        return f"a call by process {self.pid} with {self.args!r}"

    def keeps(self, outer: int, thread: int) -> bool:
        """Whether that thread of that process is the one that is held here, and has not been let go since."""
        return self.is_held and (self._outer, self.thread_id) == (outer, thread) and self.alive

    @property
    def alive(self) -> bool:
        """Whether the kernel still has it running or waiting; a zombie has ended."""
        return not self._life.has_ended

    @property
    def state(self) -> str:
        """ "alive", "zombie" (ended, not waited for) or "gone" (ended and waited for)."""
        if self.alive:
            return "alive"
        try:
            seen = processes.stat(self._outer)
        except processes.GONE:
            return "gone"
        return "zombie" if seen.born == self.born and seen.state == "Z" else "gone"

    # --- orders

    def goes_on(self) -> None:
        """The call returns None."""
        self._order(order="goes_on")

    def returns(self, value: Any) -> None:
        """The call returns `value`, a plain one."""
        self._order(order="returns", value=say(value, _no_foreign))

    def answers(self, items: Sequence[Any], results: Sequence[Any]) -> None:
        """The call returns the one of `results` that stands where its one argument stands in `items`.

        Raises Finding where it was called with anything else.
        """
        fits = [result for item, result in zip(items, results, strict=True) if self.args == (item,)]
        if not fits or self.kwargs != {}:
            expected = f"a call with one of {list(items)!r}"
            apart = any(type(item) is str and len(item) > 1 and self.args == tuple(item) for item in items)
            cause = "taken_apart" if apart else "by_name" if self.kwargs != {} else "wrong_arguments_for_target"
            call = self.args.call
            raise Finding(cause=cause, facts={"call": call}, expected=expected, seen=f"a call with {call}")
        self.returns(fits[0])

    def raises(self, kind: str, text: str) -> None:
        """The call raises the builtin exception `kind` with `text`."""
        self._order(order="raises", type=kind, text=text)

    def exits(self, code: int) -> None:
        """The call raises SystemExit(code)."""
        self._order(order="exits", code=code)

    def ends_by(self, number: signal.Signals) -> None:
        """The process is ended by that signal."""
        self._order(order="ends_by", signal=int(number))

    def ignores(self, name: str) -> None:
        """The process ignores the signal of that name from now on; it stays held."""
        self._ask(order="ignores", signal=int(signal.Signals[name]))

    def blocks(self, name: str) -> None:
        """A signal of that name stays with the kernel from now on, past the end of the process; it stays held.

        Where no kernel tells what it keeps so, the process `catches` it.
        """
        self._ask(order="blocks" if systems.KERNEL_TELLS else "catches", signal=int(signal.Signals[name]))

    def catches(self, name: str) -> None:
        """The process is not ended by the signal of that name from now on, but tells of it; it stays held."""
        self._ask(order="catches", signal=int(signal.Signals[name]))

    def is_sent(self, name: str) -> None:
        """Waits until it has been sent that signal, which it `catches`; raises Finding where that does not come."""
        number = int(signal.Signals[name])
        missing = Finding(cause="not_killed", expected=name, seen="no signal")
        self._or_raise(lambda: self._stage.until(lambda: number in self._sent or not self.alive), missing)
        if number not in self._sent:
            raise Finding(cause="not_asked", expected=name, seen="it ended without it")

    def was_sent(self, name: str) -> bool:
        """Whether it was sent that signal: one that it `catches`, by now; one that it `blocks`, when it had `ended`."""
        return int(signal.Signals[name]) in self._sent

    def lingers(self) -> None:
        """The process will be held once more at its end, until everybody else stands still; it stays held now, too."""
        self._ask(order="lingers", address=self._stage.sandbox.address)

    def calls(self, function: str, *args: Any) -> Said:
        """What the submission's `function` gives in that process, called with plain `args`; it stays held."""
        said = [say(arg, _no_foreign) for arg in args]
        return self._ask(order="calls", module=self._stage.module, function=function, args=said)

    def reads(self, name: str) -> Said:
        """The submission's global `name`, as that process has it; it stays held."""
        return self._ask(order="reads", module=self._stage.module, name=name)

    def ended(self) -> None:
        """Waits until the kernel says that the process has ended, and which signals it never took."""
        cause = "outlives_main" if self._stage.is_leaving else "not_killed"
        self._or_raise(
            lambda: self._stage.until_ended(self._life), Finding(cause=cause, expected="ended", seen="alive")
        )
        self._sent |= processes.pending(self._outer, self.born)

    def _or_raise(self, wait: Callable[[], None], finding: Finding) -> None:
        """Carries out `wait`; where all comes to a standstill before, what the call raised, or else `finding`."""
        try:
            wait()
        except Settled:
            call = self._stage.call
            raise (call.raised() if call else None) or finding from None

    @property
    def who(self) -> str:
        """Its name in a timeline."""
        if self.in_main_process:
            return "main"
        return f"process {self.name.value}"[:100].encode("utf-8", "backslashreplace").decode()

    def _order(self, **order: Any) -> None:
        self.is_held = False
        self._stage.timeline.lets_go(self._outer, order["order"])
        self._tell(order)

    def _ask(self, **order: Any) -> Said:
        self._tell(order)
        self._stage.wait_for(lambda: bool(self._answers) or not self.alive)
        if not self._answers:
            raise Finding(Verdict.CRASHED, cause="died", facts={"how": "before it came to its end"})
        answer = self._answers.pop(0)
        if "raised" in answer:
            raise _refusal(order, str(answer["raised"]), str(answer.get("text")))
        try:
            return Said(hear(answer["gave"]))
        except wire.BadMessage:
            raise Finding(Verdict.CRASHED, cause="died", facts={"how": NO_HARNESS}) from None

    def _tell(self, order: dict[str, Any]) -> None:
        try:
            self._connection.sendall(wire.line(order))
        except OSError:
            pass  # it has ended meanwhile, which is seen where it matters

    def is_put_down(self) -> None:
        """Tells the timeline of the check-in."""
        said = self.started_by if self.started_by != self.parent_pid else None
        held = self.probe == "hold"
        self._stage.timeline.checks_in(self._outer, self.who, is_held=held, said_parent=said)

    def hear(self, answer: dict[str, Any]) -> None:
        """Takes in what it answered to an order."""
        if not self._answers and ("gave" in answer or "raised" in answer):
            self._answers.append(answer)
        elif type(number := answer.get("caught")) is int and 0 < number < signal.NSIG:
            self._sent.add(number)

    def close(self) -> None:
        """Lets go of what stands for the process here."""
        self._connection.close()
        self._life.close()


def _refusal(order: dict[str, Any], kind: str, text: str) -> Finding:
    """The Finding that an exception in place of an answer is."""
    named = str(order.get("function", order.get("name")))
    facts = {"type": kind, "text": text, "name": named}
    if order["order"] == "reads":
        return Finding(cause="no_such_global" if kind == "AttributeError" else "raised", facts=facts)
    facts["function"] = to_be_written(kind, text) or named
    if to_be_written(kind, text):
        return Finding(cause="not_written", facts=facts)
    is_missing = kind == "AttributeError" and re.match(rf"module '[^']*' has no attribute '{re.escape(named)}'", text)
    return Finding(cause="no_such_function" if is_missing else "raised", facts=facts)


def _no_foreign(value: object) -> dict[str, Any]:
    raise TypeError(f"a probe returns plain data, not {value!r}")
