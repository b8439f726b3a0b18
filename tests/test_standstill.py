"""Whether anything will ever come: each kind of halt, from real processes, and none where there is still hope."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from test_settled import quiet, wait_of
from world import linux, sandbox_with, scene, until, written
from zoo import Zoo

from grader.kernel import calls, processes, standstill, timers
from grader.kernel.standstill import Halt, Watch
from grader.limits import Limits

pytestmark = [linux, pytest.mark.skipif(not calls.NAMES, reason="this machine's system calls have no names here")]

GENEROUS = Limits(cpu_s=1000, total_memory_mb=100_000, patience_s=1000)


def halt_of(watch: Watch, look: Callable[[], Halt | None]) -> Halt:
    """The first halt that looking gives."""
    found: list[Halt] = []

    def looks() -> bool:
        halt = look()
        found[:] = [halt] if halt else []
        return bool(halt)

    until(looks)
    return found[0]


def test_all_blocked_for_good_is_settled_after_so_many_looks() -> None:
    with Zoo({"read": "os.read(pipe[0], 1)", "wait4": "os.waitpid(sleeper(), 0)"}) as zoo:
        wait_of(zoo, "wait4", "wait4")
        quiet(zoo.root)
        watch = Watch(zoo.root, GENEROUS)
        looks = [watch.look() for _ in range(standstill.LOOKS)]
    assert looks[:-1] == [None] * (standstill.LOOKS - 1)
    assert looks[-1] is not None
    assert (looks[-1].kind, looks[-1].judge) == ("settled", "calls")
    assert looks[-1].look is not None
    assert {wait.call for wait in looks[-1].look.waits} > {"read", "wait4"}


def test_nothing_inside_at_all_is_settled() -> None:
    with Zoo({}) as zoo:
        watch = Watch(zoo.root, GENEROUS)
        assert halt_of(watch, watch.look).kind == "settled"


def test_whatever_comes_in_between_starts_it_anew() -> None:
    with Zoo({"read": "os.read(pipe[0], 1)"}) as zoo:
        quiet(zoo.root)
        watch = Watch(zoo.root, GENEROUS)
        for _ in range(5):
            assert [watch.look() for _ in range(standstill.LOOKS - 1)] == [None] * (standstill.LOOKS - 1)
            watch.something_came()


def test_one_who_ran_between_two_looks_starts_it_anew() -> None:
    read, write = os.pipe()
    with Zoo({"read": f"while True: os.read({read}, 1)"}, read) as zoo:
        watch = Watch(zoo.root, GENEROUS)
        for _ in range(5):
            before = wait_of(zoo, "read", "read")
            watch.look()
            os.write(write, b"x")
            until(lambda seen=before: wait_of(zoo, "read", "read").switches != seen.switches)
            watch.look()
            assert len(watch.keys) <= 1
    os.close(read)
    os.close(write)


@pytest.mark.parametrize("code", ["while True: pass", "while True: time.sleep(1000)"])
def test_what_computes_and_what_is_idle_goes_on(code: str) -> None:
    with Zoo({"one": code}) as zoo:
        watch = Watch(zoo.root, replace(GENEROUS, patience_s=10_000))
        assert watch.went_on_s == 0
        until(lambda: watch.look() is None and watch.went_on_s > 0.2)
        assert (watch.idle_s > 0.1) == ("sleep" in code)


def test_busy_is_told_by_cpu_time_and_not_by_the_clock() -> None:
    with Zoo({"busy": "while True: pass"}) as zoo:
        watch = Watch(zoo.root, replace(GENEROUS, cpu_s=0.1, patience_s=0.0))
        watch.limits = replace(GENEROUS, cpu_s=0.1)
        halt = halt_of(watch, watch.look)
        assert (halt.kind, halt.judge) == ("busy", "cpu")
        watch.begin_call()
        assert watch.look() is None  # what was used before counts no more


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("while True: pass", "busy"),
        ("os.execv(sys.executable, [sys.executable, '-c', 'while True: pass'])", None),
    ],
)
def test_a_program_that_begins_may_use_more_than_a_copy(
    monkeypatch: pytest.MonkeyPatch, code: str, kind: str | None
) -> None:
    monkeypatch.setattr(standstill, "BIRTH_S", 1000)
    with Zoo({"one": code}) as zoo:
        until(lambda: processes.stat(zoo.pids["one"]).is_copy == (kind is not None))
        watch = Watch(zoo.root, replace(GENEROUS, cpu_s=0.1))
        watch.look()
        until(lambda: watch.look() or watch.went_on_s > 0.2)
        halt = watch.look()
        assert (halt and halt.kind) == kind
        monkeypatch.setattr(standstill, "BIRTH_S", 0)
        assert halt_of(watch, watch.look).kind == "busy"


def test_memory_is_told() -> None:
    with Zoo({"eater": "hoard = bytearray(64 << 20); hoard[::4096] = bytes(len(hoard[::4096]))"}) as zoo:
        watch = Watch(zoo.root, replace(GENEROUS, total_memory_mb=60))
        assert halt_of(watch, watch.glance) == Halt("memory", "memory")


def test_sleep_beyond_the_patience_is_told_at_once() -> None:
    with Zoo({"sleep": "sleep(600)", "read": "os.read(pipe[0], 1)"}) as zoo:
        wait_of(zoo, "sleep", "clock_nanosleep")
        wait_of(zoo, "read", "read")
        assert Watch(zoo.root, replace(GENEROUS, patience_s=10_000)).look() is None
        watch = Watch(zoo.root, replace(GENEROUS, patience_s=100))
        assert watch.look() is None  # what one look reads of a sleep may be anything
        halt = halt_of(watch, watch.look)
    assert (halt.kind, halt.judge) == ("asleep", "calls")


def test_sleep_beside_one_who_runs_is_no_halt() -> None:
    with Zoo({"sleep": "sleep(600)", "busy": "while True: pass"}) as zoo:
        wait_of(zoo, "sleep", "clock_nanosleep")
        wait_of(zoo, "busy", "running")
        assert Watch(zoo.root, replace(GENEROUS, patience_s=100)).look() is None


def test_polling_in_small_steps_uses_up_the_patience() -> None:
    with Zoo({"polls": "while True: time.sleep(0.001)"}) as zoo:
        watch = Watch(zoo.root, replace(GENEROUS, patience_s=0.05))
        halt = halt_of(watch, watch.look)
    assert halt.kind in ("patience", "asleep")  # asleep where its last step reaches beyond what is left
    assert watch.limits.patience_s - watch.idle_s < 0.01


def test_busy_time_does_not_use_up_the_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(standstill, "NETS", 1_000_000)
    with Zoo({"busy": "while True: pass"}) as zoo:
        wait_of(zoo, "busy", "running")
        watch = Watch(zoo.root, replace(GENEROUS, patience_s=0.001))
        assert [watch.look() for _ in range(20)] == [None] * 20


def test_timer_that_the_kernel_shows_keeps_it_from_being_settled() -> None:
    with Zoo({"timer": "fd = libc.timerfd_create(1, 0); os.read(pipe[0], 1)"}) as zoo:
        wait_of(zoo, "timer", "read")
        watch = Watch(zoo.root, GENEROUS)
        assert [watch.look() for _ in range(10)] == [None] * 10


def test_timer_that_is_named_keeps_it_from_being_settled() -> None:
    with Zoo({"read": "os.read(pipe[0], 1)"}) as zoo:
        wait_of(zoo, "read", "read")
        watch = Watch(zoo.root, GENEROUS, may_ring=True)
        assert [watch.look() for _ in range(10)] == [None] * 10


@pytest.mark.parametrize("name", ["signal.alarm(9)", "setitimer(0, 9)", "s.setsockopt(1, socket.SO_RCVTIMEO, b)"])
def test_timer_is_named_where_code_says_so(tmp_path: Path, name: str) -> None:
    written(tmp_path, {"notes.txt": name, "deep/right.py": "alarming = 1"})
    assert not timers.are_named_in(tmp_path)
    written(tmp_path, {"deep/helper.py": f"def f(s, b):\n    {name}"})
    assert timers.are_named_in(tmp_path)


@pytest.mark.parametrize("method", ["fork", "forkserver", "spawn"])
def test_servers_of_managers_and_idle_pools_do_not_keep_it_from_being_settled(method: str) -> None:
    text = """
import multiprocessing
def wait():
    with multiprocessing.Manager() as manager, multiprocessing.Pool(2) as pool:
        pool.map(abs, [1, 2])
        manager.Queue().get()
"""
    with sandbox_with("none", {"work.py": text}) as sandbox, scene(sandbox, start_method=method) as at:
        assert at.submission.begin.wait().state() == "waits"


def test_pauses_are_short_where_somebody_asks_for_it() -> None:
    with Zoo({}) as zoo:
        watch = Watch(zoo.root, GENEROUS)
        assert 0 < watch.pause_s(eager=True) <= standstill.BETWEEN_LOOKS_S
        assert standstill.BETWEEN_LOOKS_S <= watch.pause_s(eager=False) <= standstill.FIRST_LOOK_S
        until(watch.is_due)
        watch.glance()
        assert not watch.is_due() or watch.looked > 0
