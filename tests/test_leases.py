"""Files that are held, and the kernel's clock: a wait for who opens them ends before the lease is broken."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator

import pytest
from world import TIERS, Scene, linux, sandbox_with, scene

from grader.finding import Finding
from grader.handles import leases
from grader.handles.files import Files, Folder
from grader.kernel import processes
from grader.limits import Limits
from grader.result import Verdict

pytestmark = linux

STEPS = """
import multiprocessing, time

def touch(path):
    open(path).close()

def open_one_and_wait_in_small_steps(path):
    multiprocessing.Process(target=touch, args=(path,)).start()
    while True:
        time.sleep(0.02)
"""


@pytest.fixture
def at() -> Iterator[Scene]:
    with sandbox_with(TIERS[0], {"work.py": STEPS}) as sandbox, scene(sandbox) as made:
        yield made


@pytest.fixture
def folder(at: Scene) -> Folder:
    """A folder of two files."""
    made = Files(at.stage).folder()
    made.fill(2)
    return made


def test_every_wait_ends_before_the_kernel_breaks_the_lease(at: Scene, folder: Folder) -> None:
    break_s = int(processes.read(leases.BREAK_TIME)) or math.inf
    if break_s <= at.stage.limits.patience_s:
        pytest.skip("the kernel has little patience here")
    before_s = at.stage.watch._nets_left_s()
    hold = folder.hold()
    assert at.stage.watch._nets_left_s() < break_s - 1
    hold.let_go()
    at.stage.watch.begin_wait()
    assert at.stage.watch._nets_left_s() > min(before_s, break_s) - 1


def test_who_waits_in_small_steps_is_told_so_and_not_that_we_are_broken(
    at: Scene, folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    hold = folder.hold()
    at.submission.begin.open_one_and_wait_in_small_steps(f"{folder.path}/{folder.names()[0]}")
    hold.next()
    monkeypatch.setattr(at.stage.watch, "ends", {time.monotonic()})
    with pytest.raises(Finding) as found:
        hold.take(2)
    assert (found.value.verdict, found.value.hang) == (Verdict.STUCK, "patience")


@pytest.mark.parametrize(("said", "most_s"), [(b"45\n", 40.5), (b"5\n", 10.0), (b"0\n", math.inf), (b"", 40.5)])
def test_how_long_files_may_be_held_is_the_kernels_to_say(
    said: bytes, most_s: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(processes, "read", lambda path: said)
    assert leases._most_s(Limits().patience_s) == most_s
