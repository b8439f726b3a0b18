"""The probes from outside: they are lent, and whoever calls one checks in and is attested by the kernel.

Who uses it: the checks, through the fixture `probes`. A check lends `probes.hold` to the student's function; whoever
calls it connects to a socket of ours, and an Observation comes of it. The connector's PID, its parent, its threads and
its end come from the kernel (SO_PEERCRED and SCM_CREDENTIALS, unix(7); /proc; pidfd_open(2)); name and arguments are
said by the student's side. A peer that is no process of this sandbox, or that says it is another, is no observation.
(Where the kernel does not say who connects, peers.py proves it as well as it can.)
"""

from __future__ import annotations

import socket
from collections.abc import Sequence
from typing import Any

from grader import systems
from grader.finding import Finding
from grader.handles.observation import Observation
from grader.handles.said import Said, same
from grader.handles.stage import Stage
from grader.harness import wire
from grader.kernel import processes

HELD_MOST = 512  # check-ins in one check; more are turned away
SAID_MOST = 16 << 20  # bytes, of all check-ins and answers in one check
OTHER_FILES = 200  # that the judge opens for itself


class Lent:
    """A probe to lend: `probes.hold` or `probes.note`, as an argument."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __repr__(self) -> str:
        return f"probes.{self.name}"


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
        self._most = _held_most()
        self._heard = 0  # bytes
        self._turned_away = 0
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
        if finding.cause in ("raised", "not_picklable", "not_written", "no_such_function", "died", "not_the_results"):
            return finding
        if any(each.in_main_process is not in_main_process for each in self.seen):
            cause = "not_called_here" if in_main_process else "not_called_in_a_child"
        elif in_main_process and finding.cause in ("never_started", "never_called"):
            cause = "action_never_called"
        else:
            return finding
        return Finding(cause=cause, expected="a call of what the check gave", seen="no call")

    def take(self, count: int) -> list[Observation]:
        """The next `count` check-ins; of `probes.hold`, all of them are then there at the same time."""
        self.wanted = count
        try:
            self._stage.wait_for(lambda: len(self.waiting()) >= count)
        finally:
            self.wanted = 0
        taken = self.waiting()[:count]
        for each in taken:
            each.is_taken = True
        return taken

    def let_go(self, held: Sequence[Observation]) -> None:
        """Has each of them go on."""
        for each in held:
            each.goes_on()

    def take_for(self, items: list[Any]) -> list[Observation]:
        """One check-in for each of `items`, whose only argument it is, in their order, whatever order they came in."""
        taken = self.take(len(items))
        seen = repr([each.args for each in taken])
        ordered = []
        for item in items:
            found = next((each for each in taken if same(each.args.value, (item,))), None)
            if found is None:
                refuse_names(taken)
                expected = repr([(item,) for item in items])
                raise Finding(cause=_cause_of(taken, items), expected=expected, seen=seen)
            taken.remove(found)
            ordered.append(found)
        return ordered

    @property
    def is_full(self) -> bool:
        """Whether so many have called in this check that no more are let in."""
        return len(self._connections) >= self._most

    def count(self, heard: bytes) -> bytes:
        """`heard`, which was said in this check; raises BadMessage where that is more than will be kept."""
        self._heard += len(heard)
        if self._heard > SAID_MOST:
            raise wire.BadMessage("too much")
        return heard

    def waiting(self) -> list[Observation]:
        """The check-ins that no check has taken yet."""
        return [each for each in self.seen if not each.is_taken]

    def arguments(self) -> list[Said]:
        """The arguments of all calls that no check has taken yet, in order, once all inside is settled.

        Raises Finding where any of them was passed by name.
        """
        self._stage.settle()
        calls = self.take(len(self.waiting()))
        refuse_names(calls)
        return [call.args for call in calls]

    def none_more(self) -> bool:
        """True once all inside is settled and nobody else has checked in; raises Finding where somebody has."""
        self._stage.settle()
        if more := self.waiting():
            early = more[0].in_main_process and any(o.is_held and not o.in_main_process for o in self.seen)
            cause = "did_not_wait" if early else "ran_before_refusing" if self._was_refused() else "extra_call"
            raise Finding(cause=cause, expected="no further call", seen=repr(more[0]))
        return True

    def _was_refused(self) -> bool:
        """Whether the call has ended with an exception, and no check has waited for anybody to be called."""
        call = self._stage.call
        return call is not None and call.raised() is not None and not any(each.is_taken for each in self.seen)

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
        try:
            if self.is_full:
                raise ConnectionRefusedError
            self._connections.append(_Connection(self, self._stage, connection))
        except OSError as error:
            connection.close()
            self._turned_one_away(is_inside=not isinstance(error, PermissionError))

    def _turned_one_away(self, *, is_inside: bool) -> None:
        """Counts who may call; where they go on and on all the same, nobody answers in this check any more."""
        self._turned_away += is_inside
        if self._turned_away > self._most:
            self._stage.loop.forget(self._listener)


def _cause_of(taken: list[Observation], items: list[Any]) -> str:
    """The cause where not each of the items has come as the only argument of a call."""
    always_the_last = len(taken) > 1 and all(same(each.args.value, (items[-1],)) for each in taken)
    return "always_the_last" if always_the_last else "wrong_arguments_for_target"


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
            for text in self.lines.feed(self.probes.count(self.caller.hear())):
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
        self.observation.is_again = any(each.pid == self.observation.pid for each in self.probes.seen)
        self.probes.seen.append(self.observation)
        self.stage.watch.got_on()
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
        if processes.inside_pid(pid) != message["pid"] or not _is_thread(pid, message):
            raise wire.BadMessage("it says it is another")
        if any(each.keeps(pid, message["thread"]) for each in self.probes.seen):
            raise wire.BadMessage("a thread that is held calls nobody")
        return Observation(self.stage, self.connection, pid, message)

    def close(self) -> None:
        self.stage.loop.forget(self.connection)  # before: its number may soon be another's
        self.connection.close()


def refuse_names(calls: Sequence[Observation]) -> None:
    """Raises Finding where any of the `calls` was given arguments by name."""
    if named := [call for call in calls if call.kwargs != {}]:
        call = named[0].args.call
        raise Finding(
            cause="by_name", facts={"call": call}, expected="no arguments by name", seen=f"a call with {call}"
        )


def _held_most() -> int:
    """How many check-ins this process can hold: each is a connection and a pidfd."""
    files = systems.most_files()
    return HELD_MOST if files is None else max(1, min(HELD_MOST, (files - OTHER_FILES) // 2))


def _is_thread(pid: int, message: dict[str, Any]) -> bool:
    """Whether the process has the thread that it names: a main thread bears its PID (gettid(2)).

    Beside Linux not all systems tell of the others.
    """
    if message["thread"] == message["pid"] or (not systems.KERNEL_TELLS and not processes.threads(pid)):
        return True
    return processes.has_thread(pid, message["thread"])


def is_check_in(message: dict[str, Any]) -> bool:
    """Whether `message` has the form of a check-in."""
    forms: dict[str, Any] = {"probe": str, "pid": int, "thread": int, "caller": (int, type(None))}
    return (
        set(message) == {"probe", "pid", "thread", "args", "kwargs", "name", "daemon", "caller"}
        and all(isinstance(message[key], form) and type(message[key]) is not bool for key, form in forms.items())
        and all(0 <= (message[key] or 0) < 1 << 31 for key in ("pid", "thread", "caller"))
        and message["probe"] in ("hold", "note", "end")
    )
