"""A stage from outside: requests and replies, who may answer, how it ends, and what is told of all that."""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Iterator
from typing import Any

import pytest
from world import TIERS, linux, nothing_left, sandbox_with, scene

from grader.finding import Broken, Finding
from grader.handles import stage as stages
from grader.handles.stage import Settled, Stage
from grader.handles.submission import Submission
from grader.harness import wire
from grader.kernel import peers, processes
from grader.kernel.standstill import Halt
from grader.limits import Limits
from grader.result import Verdict
from grader.walls.sandbox import Sandbox
from grader.walls.zygote import Line

pytestmark = linux

WORK = """
import os, signal, socket, subprocess, sys, threading, time

def say(text):
    print(text)

def say_raw(data):
    os.write(1, data)

def say_in_a_child(text):
    if os.fork() == 0:
        os.write(2, text.encode())
        os._exit(0)
    os.wait()

def flood(count):
    for _ in range(count):
        os.write(1, b"x" * 65536)

def ends(how):
    os._exit(how) if how >= 0 else os.kill(os.getpid(), -how)

def echo(value):
    return value

def waits_for_good():
    signal.pause()

def returns_in_a_copy():
    if os.fork():
        os.wait()
        signal.pause()

def raises_in_a_copy():
    if os.fork():
        os.wait()
        signal.pause()
    raise ValueError("in the copy")

def call_socket():
    for fd in range(3, 64):
        try:
            if os.fstat(fd) and socket.socket(fileno=os.dup(fd)).getsockname() == "":
                return socket.socket(fileno=os.dup(fd))
        except OSError:
            continue

def answers_from_a_child():
    if os.fork() == 0:
        call_socket().sendall(b'{"n": 2, "returned": 666}\\n')
        os._exit(0)
    os.wait()
    return 5

def sends(data, then):
    call_socket().sendall(data)
    if then == "pause":
        signal.pause()
    return then

def sends_without_end():
    call_socket().sendall(b"x" * 2_000_000)

def hangs_up():
    call_socket().shutdown(socket.SHUT_RDWR)
    signal.pause()

def busy():
    while True:
        pass

def eats():
    hoard = []
    while True:
        hoard.append(bytearray(os.urandom(1 << 20)))
        if len(hoard) > 200:
            signal.pause()

def gives_up(after_s):
    threading.Event().wait(after_s)

def stays():
    threading.Thread(target=signal.pause).start()

def cores():
    return os.cpu_count()

def method():
    import multiprocessing
    return multiprocessing.get_start_method()

def about():
    main_file = getattr(sys.modules["__main__"], "__file__", None)
    handlers = [signal.getsignal(signal.SIGINT) is signal.default_int_handler,
                signal.getsignal(signal.SIGCHLD) is signal.SIG_DFL]
    return [os.getpid(), os.getpgid(0) == os.getpid(), os.getcwd(), sys.argv, main_file,
            threading.active_count(), *handlers, descriptors()]

def descriptors():
    paths = [f"/proc/self/fd/{number}" for number in os.listdir("/proc/self/fd")]
    opened = [os.readlink(path) for path in paths if os.path.lexists(path)]  # the listing itself is over
    return [name for name in opened if "libffi" not in name]  # which some systems have open of itself
"""


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    limits = Limits(cpu_s=0.3, total_memory_mb=120, output_bytes=2000)
    with sandbox_with(TIERS[0], {"work.py": WORK}, limits) as made:
        yield made


def finding(call: Any, *args: Any) -> Finding:
    with pytest.raises(Finding) as caught:
        call(*args)
    return caught.value


# --- requests and replies


def test_every_machine_has_as_many_cores(sandbox: Sandbox) -> None:
    with scene(sandbox) as at:
        assert at.submission.cores() == 4


def test_stage_is_a_process_of_its_own_for_each_check(sandbox: Sandbox) -> None:
    seen = []
    sandbox.ready()  # hands out a descriptor that it keeps
    with nothing_left():
        for _ in range(3):
            with scene(sandbox) as at:
                about = at.submission.about().value
                assert about[0] == at.stage.pid == at.submission.pid
                seen.append((about[0], at.stage.outer_pid))
    assert len({inner for inner, _ in seen}) == len({outer for _, outer in seen}) == 3


def test_stage_looks_like_a_program_of_the_students(sandbox: Sandbox) -> None:
    with scene(sandbox, start_method="fork") as at:
        _, leads, folder, argv, main_file, threads, *signals, descriptors = at.submission.about().value
    assert (leads, folder, argv) == (True, sandbox.scratch, [f"{sandbox.submission}/work.py"])
    assert (main_file, threads, signals) == (None, 1, [True, True])
    assert len(descriptors) <= 4  # three, and the call socket


@pytest.mark.parametrize("method", ["fork", "spawn", "forkserver"])
def test_start_method_is_the_one_that_was_asked_for(sandbox: Sandbox, method: str) -> None:
    with scene(sandbox, start_method=method) as at:
        assert at.submission.method() == method


def test_replies_come_to_the_request_that_they_answer(sandbox: Sandbox) -> None:
    with scene(sandbox) as at:
        first = at.stage.request("get", name="__name__")
        second = at.stage.request("call", function="echo", args=[5])
        assert at.stage.reply(second) == {"n": second, "returned": 5}
        assert at.stage.has_replied(first)
        assert at.stage.reply(first)["returned"] == "work"
        assert not at.stage.has_replied(second + 1)


def test_large_values_cross_both_ways(sandbox: Sandbox) -> None:
    large = {"text": "进" * 50_000, "bytes": os.urandom(100_000), "list": [[1.5] * 1000] * 10}
    with scene(sandbox) as at:
        assert at.submission.echo(large) == large


# --- who may answer


def test_copy_of_the_stage_cannot_answer_for_it(sandbox: Sandbox) -> None:
    with scene(sandbox) as at:
        assert at.submission.answers_from_a_child() == 5


@pytest.mark.parametrize("function", ["returns_in_a_copy", "raises_in_a_copy"])
def test_copy_that_comes_back_is_told(sandbox: Sandbox, function: str) -> None:
    with scene(sandbox) as at:
        found = finding(getattr(at.submission, function))
    assert (found.verdict, found.cause) == (Verdict.FAILED, "came_back_twice")
    if function == "raises_in_a_copy":
        assert "ValueError: in the copy" in at.stage.output.text()


@pytest.mark.parametrize(
    "data",
    [b"\n", b"no json\n", b"[]\n", b'{"n": true, "returned": 1}\n', b'{"n": 99, "returned": 1}\n', b'{"n": 2}\n',
     b'{"n": "2", "returned": 1}\n', b'{"n": 1, "returned": 6}\n', b'{"n": 2, "returned": "\\ud800"}\n', b'{"n": '],
)  # fmt: skip
def test_what_no_harness_sends_is_not_taken_in(sandbox: Sandbox, data: bytes) -> None:
    with scene(sandbox) as at:
        sent = at.submission.begin.sends(data, 5)
        if data.endswith(b"\n"):
            assert sent.result() == 5
        else:  # it has spoilt its own answer
            assert finding(sent.result).verdict is Verdict.STUCK


@pytest.mark.parametrize(
    "said", [{"returned": {"odd": 1}}, {"returned": {"handle": 1}}, {"raised": 5}, {"raised": {"type": 5}}], ids=repr
)
def test_answer_of_another_form_is_the_stages_end(sandbox: Sandbox, said: dict[str, Any]) -> None:
    with scene(sandbox) as at:
        found = finding(at.submission.sends, wire.line({"n": 2, **said}), 5)
    assert (found.verdict, found.cause) == (Verdict.CRASHED, "died")
    assert found.facts == {"how": "it sent something that no harness sends"}


def test_line_without_end_is_the_stages_end(sandbox: Sandbox) -> None:
    with scene(sandbox) as at:
        found = finding(at.submission.sends_without_end)
    assert (found.verdict, found.cause) == (Verdict.CRASHED, "died")


def test_stage_that_hangs_up_is_told(sandbox: Sandbox) -> None:
    with scene(sandbox) as at:
        found = finding(at.submission.hangs_up)
        assert found.facts == {"how": "its connection to the check was closed"}
        assert finding(at.submission.echo, 5).cause == "died"


# --- its end


@pytest.mark.parametrize(
    ("how", "told"), [(0, "exit code 0"), (3, "exit code 3"), (-9, "SIGKILL"), (-11, "SIGSEGV"), (-40, "signal 40")]
)
def test_end_of_a_stage_is_told_as_the_kernel_saw_it(sandbox: Sandbox, how: int, told: str) -> None:
    with scene(sandbox) as at:
        at.submission.begin.say("last words").result()
        found = finding(at.submission.ends, how)
    assert (found.verdict, found.cause, found.facts) == (Verdict.CRASHED, "died", {"how": told})
    assert at.stage.output.text() == "last words\n"


def test_every_later_request_is_answered_by_the_same_end(sandbox: Sandbox) -> None:
    with scene(sandbox) as at:
        finding(at.submission.ends, 7)
        assert finding(at.submission.echo, 1).facts == {"how": "exit code 7"}


@pytest.mark.parametrize(("how", "code"), [("returns", 0), ("exits", 0), ("raises", 1)])
def test_main_program_ends_as_it_is_told_to(sandbox: Sandbox, how: str, code: int) -> None:
    with scene(sandbox) as at:
        at.submission.say("the last call")
        at.submission.main_process_ends(how)
        assert not processes.is_alive(at.stage.outer_pid)
        at.stage.until(lambda: at.stage.pid in sandbox.ends)
        assert os.waitstatus_to_exitcode(sandbox.ends[at.stage.pid]) == code


def test_main_program_that_cannot_end_is_stuck(sandbox: Sandbox) -> None:
    with scene(sandbox) as at:
        at.submission.stays()
        found = finding(at.submission.main_process_ends, "returns")
    assert (found.verdict, found.hang) == (Verdict.STUCK, "settled")


def test_main_program_that_ended_before_is_told(sandbox: Sandbox) -> None:
    with scene(sandbox) as at:
        finding(at.submission.ends, 7)
        assert finding(at.submission.main_process_ends, "returns").cause == "died"


# --- what does not end


def test_what_waits_for_good_is_stuck(sandbox: Sandbox) -> None:
    with scene(sandbox) as at:
        call = at.submission.begin.waits_for_good()
        assert call.state() == "waits"
        found = finding(call.result)
    assert (found.verdict, found.cause, found.hang) == (Verdict.STUCK, "stuck", "settled")


def test_whoever_waits_with_a_limit_may_give_up_yet(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stages, "SETTLE_S", 0.01)
    with scene(sandbox) as at:
        assert at.submission.begin.gives_up(0.3).state() == "returned"


def test_busy_loop_is_told_by_its_cpu_time(sandbox: Sandbox) -> None:
    with scene(sandbox) as at:
        found = finding(at.submission.busy)
    assert (found.verdict, found.cause, found.hang) == (Verdict.STUCK, "busy", "busy")


def test_too_much_memory_is_told(sandbox: Sandbox) -> None:
    with scene(sandbox) as at:
        at.stage.watch.limits = Limits(total_memory_mb=60, cpu_s=30)
        found = finding(at.submission.eats)
    assert (found.verdict, found.cause, found.hang) == (Verdict.CRASHED, "memory", None)


def test_standstill_is_told_by_its_best_name(sandbox: Sandbox) -> None:
    def name_it() -> None:
        raise Finding(cause="a better name")

    with scene(sandbox) as at:
        at.stage.overdue = name_it
        assert finding(at.submission.waits_for_good).cause == "a better name"
        with pytest.raises(Settled):
            at.stage.until(lambda: False)
        at.stage.settle()


@pytest.mark.parametrize("kind", ["settled", "busy", "asleep", "patience", "memory"])
def test_every_halt_is_a_finding(kind: str) -> None:
    found = stages.stuck(Halt(kind, "calls"))
    assert found.verdict is (Verdict.CRASHED if kind == "memory" else Verdict.STUCK)
    assert found.hang == (None if kind == "memory" else kind)


# --- output


def test_output_of_all_processes_is_kept_in_order(sandbox: Sandbox) -> None:
    with scene(sandbox) as at:
        at.submission.say("进程 \ud800")
        at.submission.say_in_a_child("from a child\n")
        at.submission.say_raw(b"\xff\x00\n")
    assert at.stage.output.text() == "进程 \\ud800\nfrom a child\n\\xff\x00\n"


def test_flood_is_kept_within_bounds(sandbox: Sandbox) -> None:
    with scene(sandbox) as at:
        at.submission.say("first")
        at.submission.flood(50)
        at.submission.say("last")
    text = at.stage.output.text()
    assert text.startswith("first\n") and text.endswith("last\n")
    assert "bytes left out" in text
    assert len(text) < 2100


def test_leftover_that_holds_the_output_does_not_hold_us_up(sandbox: Sandbox) -> None:
    with Stage(sandbox, "work") as stage:
        Submission(stage).load()
        holder = os.dup(stage._printed.fileno())
        Submission(stage).say("text")
    os.close(holder)
    assert stage.output.text() == "text\n"


# --- what cannot be begun to its end


def test_nothing_is_left_of_a_stage_that_is_not_to_be_had(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(start_method: str | None) -> Line:
        raise Broken("no stage today")

    monkeypatch.setattr(sandbox, "open", fail)
    with nothing_left(), pytest.raises(Broken) as failed, Stage(sandbox, "work"):
        pass
    assert failed.tb is not None  # what it keeps alive closes nothing


def test_nothing_is_left_of_a_stage_that_cannot_be_attended_to(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*arguments: Any, **names: Any) -> None:
        raise Broken("no watch today")

    starts, zygote = sandbox.starts, sandbox.ready().pid
    monkeypatch.setattr(stages, "Watch", fail)
    with nothing_left(), pytest.raises(Broken) as failed, Stage(sandbox, "work"):
        pass
    assert failed.tb is not None
    assert processes.below(zygote) == []
    monkeypatch.undo()
    with scene(sandbox) as at:
        assert at.submission.echo(5) == 5
    assert sandbox.starts == starts


def test_stage_whose_sandbox_cannot_be_cleared_hangs_up_all_the_same(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise Broken("not cleared")

    monkeypatch.setattr(sandbox, "clear", fail)
    with nothing_left(), pytest.raises(Broken) as failed, Stage(sandbox, "work"):
        pass
    assert failed.tb is not None
    monkeypatch.undo()
    sandbox.clear()


# --- facts of the kernel


def test_writer_of_a_message_is_who_the_kernel_says() -> None:
    ours, theirs = socket.socketpair(socket.AF_UNIX)
    with ours, theirs:
        ours.setsockopt(socket.SOL_SOCKET, peers.SO_PASSCRED, 1)
        if (pid := os.fork()) == 0:
            theirs.sendall(b"x")
            os._exit(0)
        _, control, _, _ = ours.recvmsg(10, socket.CMSG_SPACE(peers.CREDENTIALS.size))
        os.waitpid(pid, 0)
    assert peers.sender(control) == pid
    assert peers.sender([]) == 0
    assert peers.sender([(socket.SOL_SOCKET, socket.SCM_RIGHTS, b"\0" * 12)]) == 0


@pytest.mark.parametrize(
    ("status", "told"), [(0, "exit code 0"), (256, "exit code 1"), (signal.SIGTERM, "SIGTERM"), (139, "SIGSEGV")]
)
def test_wait_status_in_words(status: int, told: str) -> None:
    assert stages.how_it_ended(status) == told
