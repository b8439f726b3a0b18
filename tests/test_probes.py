"""Probes from outside: who is an observation and who is not, in which order, and that orders are carried out."""

from __future__ import annotations

import json
import os
import select
import signal
import socket
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from world import TIERS, Scene, linux, sandbox_with, scene

from grader.finding import Finding
from grader.handles import probes as outside
from grader.harness import wire
from grader.harness.probe import _Line
from grader.result import Verdict
from grader.walls.sandbox import Sandbox

pytestmark = linux

WORK = """
import json, multiprocessing, os, socket, stat, threading

number = 1

def add(one, other):
    return one + other

def set_number(value):
    global number
    number = value

def looks_for_more():
    return os.nothing

def is_a_stub():
    raise NotImplementedError("is_a_stub is still to be written")

def fails():
    raise ValueError("no")

def call(action, *args, **kwargs):
    return action(*args, **kwargs)

def call_with_names(action, value):
    return action(value, name=value)

def call_oddly(action):
    class Odd(int):
        pass
    held = []
    held.append(held)
    return action(Odd(1), action, print, object()), held

def call_and_tell(action):
    try:
        return ["returned", action()]
    except BaseException as error:
        return [type(error).__name__, str(error)]

def process(action, method=None, name=None, args=()):
    made = multiprocessing.get_context(method).Process(target=action, name=name, args=tuple(args))
    made.start()
    return made

def answer_oddly():
    for descriptor in range(3, 64):
        try:
            if stat.S_ISSOCK(os.fstat(descriptor).st_mode):
                os.write(descriptor, b'{"gave": {"odd": [1]}}\\n')
        except OSError:
            pass

def join(process):
    process.join()
    return process.exitcode

def processes(action, count):
    made = [multiprocessing.Process(target=action, args=(n,)) for n in range(count)]
    for each in made:
        each.start()
    for each in made:
        each.join()

def grandchild(action):
    child = multiprocessing.Process(target=process, args=(action,))
    child.start()
    child.join()

def threads(action, count):
    made = [threading.Thread(target=action, args=(n,)) for n in range(count)]
    for each in made:
        each.start()
    for each in made:
        each.join()
    return threading.get_native_id()

def fork(action):
    if (pid := os.fork()) == 0:
        action()
        os._exit(0)
    return pid

def wait():
    return os.wait()[1]

def check_in(action, **changes):
    said = {"probe": "hold", "pid": os.getpid(), "thread": threading.get_native_id(), "args": {"tuple": []},
            "kwargs": {"dict": []}, "name": "x", "daemon": False, "caller": None}
    return {**said, **changes}

def line(action):
    connection = socket.socket(socket.AF_UNIX)
    connection.connect(action.address.removeprefix("unix:"))
    return connection

def welcomed(action):
    "A line on which the kernel attests what is written from now on."
    connection = line(action)
    connection.recv(1, socket.MSG_PEEK)
    return connection

def forge(action, data, changes, left_out):
    "Says what a probe would say, with changes; what the judge answers."
    connection = welcomed(action)
    told = check_in(action, **changes)
    for name in left_out:
        del told[name]
    connection.sendall(data or json.dumps(told).encode() + b"\\n")
    heard = b""
    while part := connection.recv(1000):
        heard += part
        if b"order" in heard:
            break
    return heard.decode()

def forge_from_another(action):
    "One connects, a child of it speaks."
    connection = welcomed(action)
    if os.fork() == 0:
        connection.sendall(json.dumps(check_in(action)).encode() + b"\\n")
        os._exit(0)
    os.wait()
    return connection.recv(1000).decode() + connection.recv(1000).decode()

def forge_and_end(action):
    "Checks in, and has ended before anybody can look."
    if os.fork() == 0:
        line(action).sendall(json.dumps(check_in(action)).encode() + b"\\n")
        os._exit(0)
    os.wait()

def forge_after_the_check_in(action):
    connection = welcomed(action)
    for changes in ({"args": {"tuple": [1]}}, {"args": {"tuple": [2]}}):
        connection.sendall(json.dumps(check_in(action, **changes)).encode() + b"\\n")
    connection.recv(1000), connection.recv(1000)

crowded = []

def crowd(action, count):
    crowded.extend(line(action) for _ in range(count))

def noise(action, size):
    connection = line(action)
    try:
        connection.sendall(b"x" * size)
        connection.recv(1000)
        return connection.recv(1000)
    except (BrokenPipeError, ConnectionResetError):
        return b""
"""


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with sandbox_with(TIERS[0], {"work.py": WORK}) as made:
        yield made


@pytest.fixture
def at(sandbox: Sandbox) -> Iterator[Scene]:
    with scene(sandbox) as made:
        yield made


def cause(caught: pytest.ExceptionInfo[Finding]) -> str | None:
    return caught.value.cause


# --- observations


def test_call_in_the_stage_itself_is_seen_as_such(at: Scene) -> None:
    call = at.submission.begin.call(at.probes.hold, 5, "a")
    seen = at.probes.next()
    assert (seen.pid, seen.in_main_process, seen.thread_id) == (at.submission.pid, True, at.submission.pid)
    assert seen.args == (5, "a")
    assert seen.kwargs == {}
    assert (seen.name == "MainProcess", seen.daemon == False, seen.caller_pid) == (True, True, None)  # noqa: E712
    assert (seen.alive, seen.state, seen.is_held, call.has_returned) == (True, "alive", True, False)
    seen.goes_on()
    assert call.result().value is None
    assert not seen.is_held


@pytest.mark.parametrize("method", ["fork", "spawn", "forkserver"])
def test_child_is_seen_with_its_parent_and_its_name(at: Scene, method: str) -> None:
    child = at.submission.process(at.probes.hold, method, "Otto 进程", [1, 2])
    seen = at.probes.next()
    assert seen.pid == child.pid.value != at.submission.pid
    assert (seen.in_main_process, seen.started_by) == (False, at.submission.pid)
    assert (seen.parent_pid == at.submission.pid) == (method != "forkserver")
    assert seen.name == "Otto 进程"
    assert seen.args == (1, 2)
    assert child.is_alive() == seen.alive
    seen.goes_on()
    seen.ended()
    assert at.submission.join(child) == 0


def test_grandchild_is_seen_as_somebody_elses_child(at: Scene) -> None:
    at.submission.begin.grandchild(at.probes.hold)
    seen = at.probes.next()
    assert seen.in_main_process is False
    assert seen.started_by != at.submission.pid


def test_threads_are_told_apart(at: Scene) -> None:
    call = at.submission.begin.threads(at.probes.hold, 3)
    seen = at.probes.take(3)
    assert len({each.thread_id for each in seen}) == 3
    assert {each.pid for each in seen} == {at.submission.pid}
    assert not any(each.in_main_thread for each in seen)
    assert sorted(each.args[0].value for each in seen) == [0, 1, 2]
    for each in seen:
        each.goes_on()
    assert call.result().value not in {each.thread_id for each in seen}


def test_probe_that_notes_does_not_hold(at: Scene) -> None:
    assert at.submission.call_with_names(at.probes.note, "x").value is None
    seen = at.probes.next()
    assert seen.args == ("x",)
    assert seen.kwargs == {"name": "x"}
    assert (seen.probe, seen.is_held) == ("note", False)


def test_odd_arguments_are_told_by_what_they_are(at: Scene) -> None:
    at.submission.begin.call_oddly(at.probes.hold)
    seen = at.probes.next()
    assert repr(seen.args) == (
        "(<an object of class Odd, made from int>, <the hold that the check gave>, "
        "<an object of class builtin_function_or_method>, <an object of class object>)"
    )
    assert seen.args != (1,)


@pytest.mark.parametrize("name", ["\ud800", "x" * 100_000, "\x00\n", ""], ids=["half a pair", "long", "odd", "empty"])
def test_whatever_a_process_is_called_the_timeline_can_be_written(at: Scene, name: str) -> None:
    at.submission.process(at.probes.note, None, name)
    seen = at.probes.next()
    assert seen.name == name or name == ""
    assert len(msgspec.json.encode(at.stage.timeline.events)) < 2_000


def test_end_is_the_kernels_word(at: Scene) -> None:
    at.submission.fork(at.probes.hold)
    seen = at.probes.next()
    assert seen.state == "alive"
    seen.goes_on()
    seen.ended()
    assert (seen.alive, seen.state) == (False, "zombie")
    at.submission.wait()
    assert (seen.alive, seen.state) == (False, "gone")


def test_held_process_that_should_end_is_not_waited_for_for_ever(at: Scene) -> None:
    at.submission.fork(at.probes.hold)
    seen = at.probes.next()
    with pytest.raises(Finding) as caught:
        seen.ended()
    assert cause(caught) == "not_killed"


# --- next, take, none_more


def test_check_ins_are_taken_in_their_order_and_once(at: Scene) -> None:
    for number in range(4):
        at.submission.call(at.probes.note, number)
    assert at.probes.next().args == (0,)
    assert [each.args[0].value for each in at.probes.take(2)] == [1, 2]
    assert [each.args[0].value for each in at.probes.waiting()] == [3]
    assert at.probes.take(0) == []
    assert at.probes.next().args == (3,)
    assert at.probes.waiting() == []
    assert at.probes.none_more() is True


def test_all_that_are_taken_are_there_at_once(at: Scene) -> None:
    call = at.submission.begin.processes(at.probes.hold, 4)
    seen = at.probes.take(4)
    assert all(each.is_held and each.alive for each in seen)
    assert sorted(each.args[0].value for each in seen) == [0, 1, 2, 3]
    assert not call.has_returned
    for each in seen:
        each.goes_on()
    assert call.result().value is None


def test_too_few_at_once_is_a_finding_and_not_a_wait(at: Scene) -> None:
    at.submission.begin.threads(at.probes.hold, 2)
    with pytest.raises(Finding) as caught:
        at.probes.take(3)
    assert caught.value.hang == "settled"
    assert at.probes.wanted == 0  # or what the check waits for next would be told as a call that is missing


def test_check_ins_are_taken_by_what_they_were_called_with(at: Scene) -> None:
    for item in ["b", "a", "b"]:
        at.submission.call(at.probes.note, item)
    assert [each.args[0].value for each in at.probes.take_for(["a", "b", "b"])] == ["a", "b", "b"]
    at.submission.call(at.probes.note, "c")
    with pytest.raises(Finding) as caught:
        at.probes.take_for(["a"])
    assert (cause(caught), caught.value.seen) == ("wrong_arguments_for_target", "[('c',)]")


def test_only_one_of_many_is_held(at: Scene) -> None:
    at.probes.hold_only(1)
    call = at.submission.begin.processes(at.probes.hold, 3)
    seen = at.probes.next()
    assert seen.args == (1,)
    assert (call.state(), at.probes.waiting()) == ("waits", [])
    seen.goes_on()
    assert call.result().value is None


def test_one_more_is_a_finding_and_none_is_none(at: Scene) -> None:
    at.submission.fork(at.probes.note)
    at.probes.next()
    assert at.probes.none_more() is True
    at.submission.call(at.probes.note, 7)
    with pytest.raises(Finding) as caught:
        at.probes.none_more()
    assert (cause(caught), caught.value.expected) == ("extra_call", "no further call")
    assert f"a call by process {at.submission.pid} with (7,)" == caught.value.seen


def test_one_more_while_another_is_held_did_not_wait(at: Scene) -> None:
    at.submission.fork(at.probes.hold)
    at.probes.next()
    at.submission.begin.call(at.probes.hold)
    with pytest.raises(Finding) as caught:
        at.probes.none_more()
    assert cause(caught) == "did_not_wait"


def test_arguments_are_those_of_all_calls(at: Scene) -> None:
    call = at.submission.begin.processes(at.probes.note, 3)
    assert sorted(each[0].value for each in at.probes.arguments()) == [0, 1, 2]
    assert at.probes.arguments() == []
    call.result()


def test_next_one_here_or_elsewhere(at: Scene) -> None:
    at.submission.fork(at.probes.note)
    at.submission.call(at.probes.note, 1)
    assert at.probes.next(in_main_process=True).args == (1,)
    assert at.probes.next(in_main_process=False).args == ()
    for here, wanted in ((True, "not_called_here"), (False, "not_called_in_a_child")):
        with pytest.raises(Finding) as caught:
            at.probes.next(in_main_process=here)
        assert cause(caught) == wanted


# --- orders


@pytest.mark.parametrize("value", [5, "进程", (1, [2.5, {"a": b"x"}]), None, float("inf"), {1, 2}], ids=repr)
def test_call_returns_what_it_is_ordered_to(at: Scene, value: Any) -> None:
    call = at.submission.begin.call_and_tell(at.probes.hold)
    at.probes.next().returns(value)
    assert call.result() == ["returned", value]


@pytest.mark.parametrize("kind", ["ValueError", "StopIteration", "KeyboardInterrupt", "OSError"])
def test_call_raises_what_it_is_ordered_to(at: Scene, kind: str) -> None:
    call = at.submission.begin.call_and_tell(at.probes.hold)
    at.probes.next().raises(kind, "文")
    assert call.result() == [kind, "文"]


def test_process_ends_as_it_is_ordered_to(at: Scene) -> None:
    statuses = []
    for order in (
        lambda seen: seen.exits(7),
        lambda seen: seen.ends_by(signal.SIGTERM),
        lambda seen: seen.ends_by(signal.SIGKILL),
        lambda seen: seen.raises("ValueError", "x"),
    ):
        child = at.submission.process(at.probes.hold)
        order(at.probes.next())
        statuses.append(at.submission.join(child).value)
    assert statuses == [7, -15, -9, 1]


def test_process_that_ignores_a_signal_outlives_it(at: Scene) -> None:
    child = at.submission.process(at.probes.hold)
    seen = at.probes.next()
    seen.ignores("SIGTERM")
    child.terminate()
    assert (seen.reads("number") == 1, seen.alive) == (True, True)
    seen.ends_by(signal.SIGTERM)
    assert at.submission.join(child) == -15


def test_signal_that_is_caught_is_told_and_ends_nobody(at: Scene) -> None:
    child = at.submission.process(at.probes.hold)
    seen = at.probes.next()
    seen.catches("SIGTERM")
    child.terminate()
    assert seen.was_sent("SIGKILL") is False
    seen.is_sent("SIGTERM")
    assert seen.was_sent("SIGTERM") is True
    assert seen.alive
    seen.exits(7)
    assert at.submission.join(child) == 7


def test_signal_that_comes_just_before_the_wait_ends_it() -> None:
    judge, connection = socket.socketpair()
    line = _Line(connection)
    before = signal.getsignal(signal.SIGUSR1)
    try:
        line.catches({"signal": signal.SIGUSR1})
        signal.raise_signal(signal.SIGUSR1)
        assert select.select([line.bell], [], [], 0)[0] == [line.bell]
        judge.sendall(wire.line({"order": "goes_on"}))
        assert line.hear() == {"order": "goes_on"}
        assert judge.recv(100) == wire.line({"caught": int(signal.SIGUSR1)})
    finally:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGUSR1, before)


@pytest.mark.parametrize(("method", "told"), [("is_alive", "not_killed"), ("kill", "not_asked")])
def test_signal_that_does_not_come_is_a_finding(at: Scene, method: str, told: str) -> None:
    child = at.submission.process(at.probes.hold)
    seen = at.probes.next()
    seen.catches("SIGTERM")
    getattr(child, method)()
    with pytest.raises(Finding) as caught:
        seen.is_sent("SIGTERM")
    assert cause(caught) == told


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_held_process_calls_and_reads_the_submission(at: Scene, method: str) -> None:
    at.submission.set_number(2)
    at.submission.process(at.probes.hold, method)
    seen = at.probes.next()
    assert seen.reads("number") == (2 if method == "fork" else 1)
    assert seen.calls("add", [1], [2]) == [1, 2]
    seen.calls("set_number", 3)
    assert (seen.reads("number") == 3, at.submission.value("number") == 2) == (True, True)
    assert seen.is_held


@pytest.mark.parametrize(
    ("ask", "name", "kind"),
    [(lambda seen: seen.calls("fails"), "raised", "ValueError"),
     (lambda seen: seen.calls("nothing"), "no_such_function", "AttributeError"),
     (lambda seen: seen.calls("looks_for_more"), "raised", "AttributeError"),
     (lambda seen: seen.calls("is_a_stub"), "not_written", "NotImplementedError"),
     (lambda seen: seen.reads("nothing"), "no_such_global", "AttributeError"),
     (lambda seen: seen.calls("add", 1, "a"), "raised", "TypeError")],
)  # fmt: skip
def test_what_goes_wrong_in_a_held_process_is_a_finding(at: Scene, ask: Any, name: str, kind: str) -> None:
    at.submission.fork(at.probes.hold)
    seen = at.probes.next()
    with pytest.raises(Finding) as caught:
        ask(seen)
    assert (cause(caught), caught.value.facts["type"]) == (name, kind)
    assert seen.is_held


def test_answer_that_no_harness_gives_is_a_finding(at: Scene) -> None:
    at.submission.fork(at.probes.hold)
    seen = at.probes.next()
    with pytest.raises(Finding) as caught:
        seen.calls("answer_oddly")
    assert (cause(caught), caught.value.verdict) == ("died", Verdict.CRASHED)


def test_question_to_one_that_has_ended_is_a_finding(at: Scene) -> None:
    at.submission.fork(at.probes.hold)
    seen = at.probes.next()
    os.kill(seen._outer, signal.SIGKILL)
    seen.ended()
    with pytest.raises(Finding) as caught:
        seen.reads("number")
    assert (caught.value.verdict, caught.value.cause) == (Verdict.CRASHED, "died")
    seen.goes_on()  # which nobody hears


def test_order_holds_plain_data_only(at: Scene) -> None:
    at.submission.fork(at.probes.hold)
    seen = at.probes.next()
    with pytest.raises(TypeError, match="plain data"):
        seen.returns(object())


# --- those who are no observations


def welcomed_and_turned_away(heard: Any) -> bool:
    return json.loads(heard.value) == {"welcome": True}


@pytest.mark.parametrize(
    "changes",
    [{"pid": 1}, {"pid": 0}, {"pid": -1}, {"pid": 10**30}, {"pid": True}, {"pid": "7"}, {"thread": 1}, {"thread": -5},
     {"thread": None}, {"probe": "free"}, {"probe": ["hold"]}, {"caller": "x"}, {"caller": True}, {"more": 1},
     {"args": {"tuple": [{"handle": 1}]}}, {"args": {"odd": []}}, {"name": {"set": [[]]}}, {"args": 5}, {"args": []},
     {"kwargs": {"tuple": []}}, {"kwargs": None}],
    ids=repr,
)  # fmt: skip
def test_check_in_that_is_not_true_is_turned_away(at: Scene, changes: dict[str, Any]) -> None:
    assert welcomed_and_turned_away(at.submission.forge(at.probes.hold, None, changes, []))
    assert at.probes.seen == []


def test_check_in_that_is_not_whole_is_turned_away(at: Scene) -> None:
    for name in ("probe", "pid", "thread", "args", "kwargs", "name", "daemon", "caller"):
        assert welcomed_and_turned_away(at.submission.forge(at.probes.hold, None, {}, [name]))
    assert at.probes.seen == []


@pytest.mark.parametrize("data", [b"\n", b"{}\n", b"no json\n", b"[1]\n", b"\xff\n"])
def test_noise_is_turned_away(at: Scene, data: bytes) -> None:
    assert welcomed_and_turned_away(at.submission.forge(at.probes.hold, data, {}, []))
    assert at.probes.seen == []


def test_line_without_end_is_turned_away(at: Scene) -> None:
    assert at.submission.noise(at.probes.hold, 1_200_000) == b""
    assert at.probes.seen == []


def test_check_in_that_is_true_is_taken_whoever_wrote_it(at: Scene) -> None:
    call = at.submission.begin.forge(at.probes.hold, None, {}, [])
    seen = at.probes.next()
    assert (seen.pid, seen.args == ()) == (at.submission.pid, True)
    seen.goes_on()
    assert '"order":"goes_on"' in call.result().value


def test_who_connects_must_also_speak(at: Scene) -> None:
    assert welcomed_and_turned_away(at.submission.forge_from_another(at.probes.hold))
    assert at.probes.seen == []


def test_one_that_has_ended_is_no_observation(at: Scene) -> None:
    call = at.submission.begin.forge_and_end(at.probes.hold)
    select.select([at.stage._call], [], [])  # it has replied, and nobody has looked
    call.result()
    assert at.probes.none_more()
    assert at.probes.seen == []


def test_one_connection_is_one_observation(at: Scene) -> None:
    at.submission.begin.forge_after_the_check_in(at.probes.hold)
    assert at.probes.next().args == (1,)
    assert at.probes.none_more()


def test_process_outside_the_sandbox_is_turned_away(at: Scene, sandbox: Sandbox) -> None:
    said = {"probe": "hold", "pid": os.getpid(), "thread": os.getpid(), "args": {"tuple": []}, "kwargs": {"dict": []}}
    said |= {"name": "x", "daemon": False, "caller": None}
    with socket.socket(socket.AF_UNIX) as stranger:
        stranger.connect(str(sandbox.home / "run" / "probes"))
        stranger.sendall(json.dumps(said).encode() + b"\n")
        at.stage.settle()
        assert json.loads(stranger.recv(1000)) == {"welcome": True}
        assert stranger.recv(1000) == b""
    assert at.probes.seen == []


def test_crowd_is_turned_away_at_the_door(at: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outside, "HELD_MOST", 5)
    at.submission.crowd(at.probes.hold, 20)
    assert at.probes.none_more()
    assert len(at.probes._connections) == 5


def test_nothing_stays_open_after_the_check(sandbox: Sandbox) -> None:
    with scene(sandbox) as warm:
        warm.submission.call(warm.probes.note)
    before = len(os.listdir("/proc/self/fd"))
    with scene(sandbox) as at:
        for _ in range(3):
            at.submission.fork(at.probes.hold)
            at.submission.forge(at.probes.hold, None, {"args": {"odd": []}}, [])
        at.probes.take(3)
    assert len(os.listdir("/proc/self/fd")) == before


@pytest.mark.parametrize("message", [{}, {"probe": "hold"}, {"gave": 1}])
def test_form_of_a_check_in(message: dict[str, Any]) -> None:
    assert not outside.is_check_in(message)
