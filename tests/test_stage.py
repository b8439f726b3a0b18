"""A stage from outside: requests and their replies, who may answer, and what it prints."""

from __future__ import annotations

import os
import select
import signal
import socket
from typing import Any

import pytest
from staged import WORK, deaf_to_some, finding, sandbox
from world import TIERS, linux, nothing_left, sandbox_with, scene

from grader.handles.callsocket import UNASKED_BYTES
from grader.handles.stage import Stage
from grader.handles.submission import Submission
from grader.harness import wire
from grader.kernel import peers
from grader.result import Verdict
from grader.walls.sandbox import Sandbox

__all__ = ["deaf_to_some", "sandbox"]

pytestmark = linux


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
@pytest.mark.parametrize("tier", TIERS)
def test_stage_hears_what_we_ignore(tier: str, method: str, deaf_to_some: None) -> None:
    with sandbox_with(tier, {"work.py": WORK}) as made, scene(made, start_method=method) as at:
        ignored, blocked = at.submission.deaf().value
    assert set(ignored) == {signal.SIGPIPE, signal.SIGXFSZ}
    assert blocked == []


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


def test_what_is_sent_out_of_band_wakes_nobody_in_vain(sandbox: Sandbox) -> None:
    with scene(sandbox) as at:
        assert at.submission.sends_urgently(5) == 5
        assert finding(at.submission.sends_urgently, "pause").verdict is Verdict.STUCK


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


def test_flood_of_lines_is_the_stages_end(sandbox: Sandbox) -> None:
    with scene(sandbox) as at:
        found = finding(at.submission.says_more_than_it_was_asked, b"[" + b"[]," * 100_000 + b"[]]\n")
        assert at.stage.calls.unasked < 2 * UNASKED_BYTES
    assert found.facts == {"how": "it sent something that no harness sends"}


def test_stage_that_hangs_up_is_told(sandbox: Sandbox) -> None:
    with scene(sandbox) as at:
        found = finding(at.submission.hangs_up)
        assert found.facts == {"how": "its connection to the check was closed"}
        assert finding(at.submission.echo, 5).cause == "died"


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


def test_output_that_somebody_inside_has_read_is_not_waited_for(sandbox: Sandbox) -> None:
    with scene(sandbox) as at:
        call = at.submission.begin.say("text")
        select.select([at.stage._printed], [], [])
        assert os.read(at.stage._printed.fileno(), 100) == b"text\n"
        at.stage._hear_output()
        assert call.result() == None  # noqa: E711
    assert at.stage.output.text() == ""


def test_leftover_that_holds_the_output_does_not_hold_us_up(sandbox: Sandbox) -> None:
    with Stage(sandbox, "work") as stage:
        Submission(stage).load()
        holder = os.dup(stage._printed.fileno())
        Submission(stage).say("text")
    os.close(holder)
    assert stage.output.text() == "text\n"
