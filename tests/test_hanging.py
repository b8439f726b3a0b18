"""Hangs: each module in tests/hanging says how it hangs, and who waits at which line for what and for whom.

They are run in a sandbox as a check runs a submission. Nothing here is measured by a clock.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import hangs
import pytest
import world

from grader.hangs.scene import Post
from grader.kernel import frames, processes
from grader.kernel.frames import Frame
from grader.kernel.settled import Wait
from grader.kernel.waits import Told
from grader.limits import Limits
from grader.result import Verdict

pytestmark = world.linux

FOLDER = Path(__file__).parent / "hanging"
MODULES = sorted(FOLDER.glob("*.py"))
LIMITS = Limits(cpu_s=0.5, patience_s=4.0)
JUDGES = {"settled": ("calls", "stacks"), "busy": ("cpu",), "asleep": ("calls",)}
EVERY_WAY = ["locks_in_a_circle", "manager_queue_is_full", "pool_worker_dies", "queue_one_value_too_few"]


def seen_of(path: Path, method: str | None = None, tier: str = world.TIERS[0]) -> hangs.Seen:
    seen = hangs.run(path, hangs.head(path, "method") or method or "fork", tier, LIMITS)
    assert seen.finding is not None, f"it returned {seen.value}"
    return seen


def assert_as_it_says(path: Path, seen: hangs.Seen) -> None:
    finding = seen.finding
    assert finding is not None
    assert finding.verdict is Verdict.STUCK, (finding.cause, finding.facts, seen.output)
    assert (finding.hang, finding.cause) == (hangs.head(path, "hang"), hangs.head(path, "cause")), seen.output
    assert finding.judge in JUDGES[finding.hang or ""]
    if finding.hang == "busy":  # what comes and goes meanwhile is seen by chance, and so is what one of them waits for
        assert {(who, line) for who, line, *_ in hangs.expected(path)} <= {each[:2] for each in seen.waiting()}
    else:
        assert seen.waiting() == hangs.expected(path)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_hang_is_told_as_it_is(path: Path) -> None:
    assert_as_it_says(path, seen_of(path))


WAYS = [*(("fork", tier) for tier in world.TIERS[1:]), ("forkserver", world.TIERS[0]), ("spawn", world.TIERS[0])]


@pytest.mark.parametrize(("method", "tier"), WAYS)
@pytest.mark.parametrize("name", EVERY_WAY)
def test_hang_is_told_behind_every_wall_and_by_every_start_method(name: str, method: str, tier: str) -> None:
    path = FOLDER / f"{name}.py"
    assert_as_it_says(path, seen_of(path, method, tier))


@pytest.fixture
def load() -> Iterator[None]:
    """Four busy loops."""
    loops = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(4)]
    yield
    for loop in loops:
        loop.kill()
        loop.wait()


@pytest.mark.usefixtures("load")
def test_many_hangs_at_once_on_a_busy_machine_are_told_alike() -> None:
    paths = [path for path in MODULES if hangs.head(path, "hang") == "settled"][::4]
    with ThreadPoolExecutor(6) as executor:
        seen = list(executor.map(seen_of, paths))
    for path, each in zip(paths, seen, strict=True):
        assert_as_it_says(path, each)


def test_line_and_source_are_those_of_the_submission() -> None:
    (waiting,) = seen_of(FOLDER / "queue_that_nobody_fills.py").finding.waiting  # type: ignore[union-attr]
    assert (waiting.file, waiting.line, waiting.pid) == ("module.py", 8, waiting.pid)
    assert (waiting.source or "").startswith("return queue.get()")


def test_without_py_spy_processes_and_calls_are_told_without_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frames, "executable", lambda: None)
    seen = seen_of(FOLDER / "queue_joined_before_drained.py")
    assert seen.finding and seen.finding.hang == "settled"
    assert seen.waiting() == {
        ("main", None, "child_end", None, "process"),
        ("process", None, "unknown", None, None),
    }


def test_where_the_calls_cannot_be_read_the_counters_decide(monkeypatch: pytest.MonkeyPatch) -> None:
    hide_calls(monkeypatch)
    path = FOLDER / "event_never_set.py"
    seen = seen_of(path)
    assert seen.finding
    assert (seen.finding.hang, seen.finding.judge) == ("settled", "counters")
    assert seen.waiting() == hangs.expected(path)


def test_where_the_calls_cannot_be_read_one_who_sleeps_is_left_to_the_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    hide_calls(monkeypatch)
    seen = seen_of(FOLDER / "sleeps_long.py")
    assert seen.finding
    asks_select = sys.version_info < (3, 11)  # time.sleep is select(2) there, whose time limit nothing else tells
    assert (seen.finding.hang, seen.finding.judge) == (
        ("settled", "counters") if asks_select else ("patience", "clock")
    )
    assert [each.waits_for for each in seen.finding.waiting] == ["sleep"]


@pytest.mark.parametrize(
    ("wait", "key", "computes"),
    [
        ({"call": "running"}, "busy", True),
        ({"call": "futex", "left_s": 0.004}, "queue_get", True),  # a method of that name, and a turn of 5 ms
        ({"call": "futex", "left_s": None}, "unknown", True),
        ({"call": "futex", "endless": True}, "unknown", True),  # for another one to take the interpreter
        ({"call": "futex", "endless": True}, "lock", False),
        ({"call": "read", "endless": True}, "pipe_read", False),
    ],
)
def test_who_waits_for_the_interpreter_computes(wait: dict[str, Any], key: str, computes: bool) -> None:
    told = Told(key, Frame("count", "/submission/module.py", 10))
    assert Post("thread first", Wait(2, 3, **wait), None, told).computes == computes


def hide_calls(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a hardened container does."""
    read = processes.read

    def refuse(path: str, *most: int) -> bytes:
        if path.endswith("/syscall"):
            raise PermissionError(path)
        return read(path, *most)

    monkeypatch.setattr(processes, "read", refuse)
