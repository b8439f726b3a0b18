"""Check-ins that are no observations: who says what is not true, or is not of this sandbox, is turned away."""

from __future__ import annotations

import json
import os
import resource
import select
import socket
from dataclasses import replace
from typing import Any

import pytest
from probed import at, sandbox
from staged import finding
from world import Scene, linux, scene

from grader.handles import probes as outside
from grader.result import Verdict
from grader.walls.sandbox import Sandbox

__all__ = ["at", "sandbox"]

pytestmark = linux


def welcomed_and_turned_away(heard: Any) -> bool:
    return json.loads(heard.value) == {"welcome": True}


@pytest.mark.parametrize(
    "changes",
    [{"pid": 1}, {"pid": 0}, {"pid": -1}, {"pid": 10**30}, {"pid": True}, {"pid": "7"}, {"thread": 1}, {"thread": -5},
     {"thread": None}, {"probe": "free"}, {"probe": ["hold"]}, {"caller": "x"}, {"caller": True}, {"more": 1},
     {"args": {"tuple": [{"handle": 1}]}}, {"args": {"odd": []}}, {"name": {"set": [[]]}}, {"args": 5}, {"args": []},
     {"kwargs": {"tuple": []}}, {"kwargs": None}, {"caller": 10**30}, {"caller": -1}],
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


def test_what_is_sent_out_of_band_is_not_waited_for(at: Scene) -> None:
    at.submission.urgent(at.probes.hold)
    assert at.probes.none_more()
    assert [each.lines._rest for each in at.probes._connections] == [b"x"]


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
    select.select([at.stage.calls.line], [], [])  # it has replied, and nobody has looked
    call.result()
    assert at.probes.none_more()
    assert at.probes.seen == []


def test_one_connection_is_one_observation(at: Scene) -> None:
    at.submission.begin.forge_after_the_check_in(at.probes.hold)
    assert at.probes.next().args == (1,)
    assert at.probes.none_more()


def test_thread_that_is_held_calls_nobody(at: Scene) -> None:
    at.submission.crowd_checks_in(at.probes.hold, 3)
    held = at.probes.next()
    assert at.probes.none_more()
    held.goes_on()
    at.submission.crowd_checks_in(at.probes.hold, 1)
    assert at.probes.next().pid == held.pid


def test_process_outside_the_sandbox_is_turned_away(at: Scene, sandbox: Sandbox) -> None:
    said = {"probe": "hold", "pid": os.getpid(), "thread": os.getpid(), "args": {"tuple": []}, "kwargs": {"dict": []}}
    said |= {"name": "x", "daemon": False, "caller": None}
    with socket.socket(socket.AF_UNIX) as stranger:
        stranger.connect(str(sandbox.home / "run" / "probes"))
        stranger.sendall(json.dumps(said).encode() + b"\n")
        at.stage.settle()
        with pytest.raises(ConnectionResetError):  # it is hung up on before a word of it is read
            stranger.recv(1000)
    assert at.probes.seen == []


def test_crowd_is_turned_away_at_the_door(at: Scene) -> None:
    at.probes._most = 5
    at.submission.crowd(at.probes.hold, 20)
    assert at.probes.none_more()
    assert len(at.probes._connections) == 5


def test_who_calls_again_and_again_is_not_listened_to_for_ever(at: Scene) -> None:
    at.probes._most = 5
    at.submission.begin.crowd_without_end(at.probes.hold)
    assert at.probes.none_more()  # all of them wait at the door by then
    assert at.probes._turned_away == 6


def test_verdict_does_not_wait_until_no_more_comes(at: Scene) -> None:
    at.probes._most = 1 << 30  # nobody is turned away for good
    at.stage.watch.limits = replace(at.stage.limits, patience_s=0.5)  # it mostly waits for us
    call = at.submission.begin.crowd_without_end(at.probes.hold)
    assert finding(call.result).verdict is Verdict.STUCK


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


def test_no_more_are_held_than_the_judge_can_open_files_for(monkeypatch: pytest.MonkeyPatch) -> None:
    for soft, most in ((1024, 412), (256, 28), (64, 1), (1 << 20, 512), (resource.RLIM_INFINITY, 512)):
        monkeypatch.setattr(resource, "getrlimit", lambda kind, soft=soft: (soft, soft))
        assert outside._held_most() == most


def test_more_than_a_check_would_ever_say_is_not_kept(at: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outside, "SAID_MOST", 10_000)
    says = {"probe": "note", "args": {"tuple": ["x" * 5000]}}
    assert "order" in at.submission.forge(at.probes.note, None, says, []).value
    assert welcomed_and_turned_away(at.submission.forge(at.probes.note, None, says, []))


@pytest.mark.parametrize("message", [{}, {"probe": "hold"}, {"gave": 1}])
def test_form_of_a_check_in(message: dict[str, Any]) -> None:
    assert not outside.is_check_in(message)
