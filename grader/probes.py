"""The probes from outside: who checked in, as the kernel says, and what it is ordered to do.

Who uses it: the checks, through the fixture `probes`. A check lends `probes.hold` to the student's function; whoever
calls it connects to a socket of ours, and an Observation comes of it. The connector's PID, its parent, its threads and
its end come from the kernel (SO_PEERCRED and SCM_CREDENTIALS, unix(7); /proc; pidfd_open(2)); name and arguments are
said by the student's side. A peer that is no process of this sandbox, or that says it is another, is no observation.
(Where the kernel does not say who connects, peers.py proves it as well as it can.)
"""

from __future__ import annotations

import signal
import socket
from collections.abc import Callable, Sequence
from typing import Any

from grader import processes, systems
from grader.finding import Finding
from grader.harness import wire
from grader.lives import Life
from grader.result import Verdict
from grader.said import NO_HARNESS, Said, hear, same
from grader.stage import HELD_MOST, Settled, Stage


class Lent:
    """A probe to lend: `probes.hold` or `probes.note`, as an argument."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __repr__(self) -> str:
        return f"probes.{self.name}"


class Observation:
    """A process (or thread) that called a probe. Facts are taken while it is held, and so alive."""

    def __init__(self, stage: Stage, connection: socket.socket, pid: int, message: dict[str, Any]) -> None:
        self._stage = stage
        self._connection = connection
        self._outer = pid
        self._answers: list[dict[str, Any]] = []
        self._caught: list[object] = []
        self.probe: str = message["probe"]
        self.pid = processes.inside_pid(pid)
        self.born = processes.stat(pid).born
        parent = processes.stat(pid).parent
        self.parent_pid = processes.inside_pid(parent)
        self.started_by = message["caller"] if processes.helper(parent) == "fork server" else self.parent_pid
        self.in_main_process = self.pid == stage.pid
        self.thread_id: int = message["thread"]
        self.in_main_thread = self.thread_id == self.pid  # a process's first thread has its number (gettid(2))
        self.caller_pid: int | None = message["caller"]
        self.args = Said(hear(message["args"]))
        self.kwargs = Said(hear(message["kwargs"]))
        self.name = Said(hear(message["name"]))
        self.daemon = Said(hear(message["daemon"]))
        self.is_held = True
        self.is_taken = False
        self._life = Life(pid)  # last: what has been refused before leaves nothing open

    def __repr__(self) -> str:
        return f"a call by process {self.pid} with {self.args!r}"

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
        self._order(order="returns", value=wire.say(value, _no_foreign))

    def answers(self, items: Sequence[Any], results: Sequence[Any]) -> None:
        """The call returns the one of `results` that stands where its one argument stands in `items`.

        Raises Finding where it was called with anything else.
        """
        fits = [result for item, result in zip(items, results, strict=True) if self.args == (item,)]
        if not fits or self.kwargs != {}:
            expected = f"a call with one of {list(items)!r}"
            raise Finding(cause="wrong_arguments_for_target", expected=expected, seen=repr(self.args))
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

    def catches(self, name: str) -> None:
        """The process is not ended by the signal of that name from now on, but tells of it; it stays held."""
        self._ask(order="catches", signal=int(signal.Signals[name]))

    def is_sent(self, name: str) -> None:
        """Waits until it has been sent that signal, which it `catches`; raises Finding where that does not come."""
        number = int(signal.Signals[name])
        missing = Finding(cause="not_killed", expected=name, seen="no signal")
        self._or_raise(lambda: self._stage.until(lambda: number in self._caught or not self.alive), missing)
        if number not in self._caught:
            raise Finding(cause="not_asked", expected=name, seen="it ended without it")

    def lingers(self) -> None:
        """The process will be held once more at its end, until everybody else stands still; it stays held now, too."""
        self._ask(order="lingers", address=self._stage.sandbox.address)

    def calls(self, function: str, *args: Any) -> Said:
        """What the submission's `function` gives in that process, called with plain `args`; it stays held."""
        said = [wire.say(arg, _no_foreign) for arg in args]
        return self._ask(order="calls", module=self._stage.module, function=function, args=said)

    def reads(self, name: str) -> Said:
        """The submission's global `name`, as that process has it; it stays held."""
        return self._ask(order="reads", module=self._stage.module, name=name)

    def ended(self) -> None:
        """Waits until the kernel says that the process has ended."""
        cause = "outlives_main" if self._stage.is_leaving else "not_killed"
        self._or_raise(
            lambda: self._stage.until_ended(self._life), Finding(cause=cause, expected="ended", seen="alive")
        )

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
        answer = self._answers.pop(0) if self._answers else {"raised": "its end", "text": "it ended"}
        if "raised" in answer:
            facts = {"type": str(answer["raised"]), "text": str(answer.get("text")), "name": str(order.get("name"))}
            is_missing = order["order"] == "reads" and answer["raised"] == "AttributeError"
            raise Finding(cause="no_such_global" if is_missing else "raised", facts=facts)
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
        elif "caught" in answer:
            self._caught.append(answer["caught"])

    def close(self) -> None:
        """Lets go of what stands for the process here."""
        self._connection.close()
        self._life.close()


class Probes:
    """The fixture: lends probes, and gives the observations in the order of their check-ins."""

    def __init__(self, stage: Stage, listener: socket.socket) -> None:
        self.hold = Lent("hold")
        self.note = Lent("note")
        self.seen: list[Observation] = []
        self.ending: list[Observation] = []  # those who linger at their end; no check counts them
        self._stage = stage
        self._listener = listener
        self._connections: list[_Connection] = []
        self.held_item: tuple[Any] | None = None
        self._answers: tuple[Sequence[Any], Sequence[Any]] | None = None
        self.wanted = 0  # how many check-ins a check waits for at this moment
        stage.loop.watch(listener, self._accept)

    def hold_only(self, item: Any) -> None:
        """From now on only a `hold` that is called with just `item` is held; the others go on, and are not counted."""
        self.held_item = (item,)

    def answering(self, items: Sequence[Any], results: Sequence[Any]) -> Lent:
        """`note`, whose calls give what stands in `results` where their argument stands in `items`."""
        self._answers = items, results
        return self.note

    def next(self, *, in_main_process: bool | None = None) -> Observation:
        """The next check-in that no check has taken yet; with `in_main_process`, the next one there, or elsewhere."""
        if in_main_process is None:
            return self.take(1)[0]

        def fits() -> list[Observation]:
            return [each for each in self.waiting() if each.in_main_process is in_main_process]

        self.wanted = 1
        try:
            self._stage.wait_for(lambda: bool(fits()))
        except Finding as finding:
            raise self._elsewhere(finding, in_main_process) from None
        finally:
            self.wanted = 0
        found = fits()[0]
        found.is_taken = True
        return found

    def _elsewhere(self, finding: Finding, in_main_process: bool) -> Finding:
        """What `finding` means, where a call in, or outside of, the main process was waited for and never came."""
        if finding.cause in ("raised", "not_picklable", "not_written", "no_such_function", "died"):
            return finding
        if any(each.in_main_process is not in_main_process for each in self.seen):
            cause = "not_called_here" if in_main_process else "ran_in_your_process"
        elif in_main_process and finding.cause in ("never_started", "never_called"):
            cause = "action_never_called"
        else:
            return finding
        return Finding(cause=cause, expected="a call of what the check gave", seen="no call")

    def take(self, count: int) -> list[Observation]:
        """The next `count` check-ins; of `probes.hold`, all of them are then there at the same time."""
        self.wanted = count
        self._stage.wait_for(lambda: len(self.waiting()) >= count)
        self.wanted = 0
        taken = self.waiting()[:count]
        for each in taken:
            each.is_taken = True
        return taken

    def take_for(self, items: list[Any]) -> list[Observation]:
        """One check-in for each of `items`, whose only argument it is, in their order, whatever order they came in."""
        taken = self.take(len(items))
        seen = repr([each.args for each in taken])
        ordered = []
        for item in items:
            found = next((each for each in taken if same(each.args.value, (item,))), None)
            if found is None:
                expected = repr([(item,) for item in items])
                raise Finding(cause="wrong_arguments_for_target", expected=expected, seen=seen)
            taken.remove(found)
            ordered.append(found)
        return ordered

    @property
    def is_full(self) -> bool:
        """Whether so many have called in this check that no more are let in."""
        return len(self._connections) >= HELD_MOST

    def waiting(self) -> list[Observation]:
        """The check-ins that no check has taken yet."""
        return [each for each in self.seen if not each.is_taken]

    def arguments(self) -> list[Said]:
        """The arguments of all calls that no check has taken yet, in order, once all inside is settled.

        Raises Finding where any of them was passed by name.
        """
        self._stage.settle()
        calls = self.take(len(self.waiting()))
        if named := [call for call in calls if call.kwargs != {}]:
            raise Finding(
                cause="wrong_arguments_for_target", expected="no arguments by name", seen=repr(named[0].kwargs)
            )
        return [call.args for call in calls]

    def none_more(self) -> bool:
        """True once all inside is settled and nobody else has checked in; raises Finding where somebody has."""
        self._stage.settle()
        if more := self.waiting():
            early = more[0].in_main_process and any(o.is_held and not o.in_main_process for o in self.seen)
            raise Finding(
                cause="did_not_wait" if early else "extra_call", expected="no further call", seen=repr(more[0])
            )
        return True

    def none_meanwhile(self) -> bool:
        """True once all inside is settled and no call has come beside those that are held.

        Raises Finding where one has.
        """
        self._stage.settle()
        if more := self.waiting():
            held = sum(each.is_held and each.is_taken for each in self.seen)
            facts = {"wanted": str(held), "got": str(held + len(more))}
            expected, seen = (f"not more than {facts['wanted']} at the same time", f"{facts['got']}")
            raise Finding(cause="too_many_at_once", facts=facts, expected=expected, seen=seen)
        return True

    def reply(self, observation: Observation) -> None:
        """Lets one who was only noted go on, with what was lent for it."""
        if self._answers is None:
            observation.goes_on()
        else:
            observation.answers(*self._answers)

    def close(self) -> None:
        """Hangs up on everyone."""
        for connection in self._connections:
            connection.close()
        for observation in [*self.seen, *self.ending]:
            observation.close()

    def _accept(self) -> None:
        try:
            connection, _ = self._listener.accept()
        except OSError:
            return
        if self.is_full:
            connection.close()
            return
        try:
            self._connections.append(_Connection(self, self._stage, connection))
        except OSError:
            connection.close()


class _Connection:
    """Someone who has connected to the probes' socket, and has yet to say a true word."""

    def __init__(self, probes: Probes, stage: Stage, connection: socket.socket) -> None:
        self.probes = probes
        self.stage = stage
        self.connection = connection
        self.lines = wire.Lines()
        self.observation: Observation | None = None
        connection.setblocking(True)
        connection.settimeout(stage.limits.patience_s)
        self.caller = stage.sandbox.caller(connection)
        stage.loop.watch(connection, self._hear)

    def _hear(self) -> None:
        try:
            for text in self.lines.feed(self.caller.hear()):
                self._take(wire.parse(text))
        except (wire.BadMessage, OSError):
            self.stage.loop.forget(self.connection)
            if self.observation is None:
                self.close()

    def _take(self, message: dict[str, Any]) -> None:
        if self.observation is not None:
            self.observation.hear(message)
            return
        self.observation = self._attest(message)
        if self.observation.probe == "end":
            self.probes.ending.append(self.observation)
            self.stage.lingering.append(self.observation.goes_on)
            return
        self.probes.seen.append(self.observation)
        self.observation.is_put_down()
        if self.observation.probe == "note":
            self.probes.reply(self.observation)
        elif self.probes.held_item is not None and self.observation.args != self.probes.held_item:
            self.observation.is_taken = True
            self.observation.goes_on()

    def _attest(self, message: dict[str, Any]) -> Observation:
        """The observation that a check-in is; raises BadMessage where the kernel says otherwise."""
        if not is_check_in(message):
            raise wire.BadMessage("no check-in")
        pid = self.caller.pid(message["pid"])
        if not self.stage.sandbox.is_inside(pid):
            raise wire.BadMessage("no check-in")
        if processes.inside_pid(pid) != message["pid"] or not _is_thread(pid, message["thread"]):
            raise wire.BadMessage("it says it is another")
        return Observation(self.stage, self.connection, pid, message)

    def close(self) -> None:
        self.stage.loop.forget(self.connection)  # before: its number may soon be another's
        self.connection.close()


def _is_thread(pid: int, thread: int) -> bool:
    """Whether the process has that thread. Beside Linux a main thread bears the PID, and not all systems tell more."""
    if not systems.KERNEL_TELLS and (thread == pid or not processes.threads(pid)):
        return True
    return processes.has_thread(pid, thread)


def is_check_in(message: dict[str, Any]) -> bool:
    """Whether `message` has the form of a check-in."""
    forms: dict[str, Any] = {"probe": str, "pid": int, "thread": int, "caller": (int, type(None))}
    return (
        set(message) == {"probe", "pid", "thread", "args", "kwargs", "name", "daemon", "caller"}
        and all(isinstance(message[key], form) and type(message[key]) is not bool for key, form in forms.items())
        and message["probe"] in ("hold", "note", "end")
    )


def _no_foreign(value: object) -> dict[str, Any]:
    raise TypeError(f"a probe returns plain data, not {value!r}")
