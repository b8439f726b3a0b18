"""What several tests share: submissions made of texts, behind each wall that this machine has, and waits for events."""

from __future__ import annotations

import contextlib
import gc
import os
import select
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from grader.handles.probes import Probes
from grader.handles.stage import Stage
from grader.handles.submission import Inside, Submission
from grader.kernel import processes
from grader.limits import Limits
from grader.walls import tiers
from grader.walls.sandbox import Sandbox

ROOT = Path(__file__).resolve().parent.parent
TIERS = [tier for tier in tiers.TIERS if tiers.why_not(tier) is None]
NET_S = 60.0  # for what happens at once: whoever waits longer has failed

linux = pytest.mark.skipif(sys.platform != "linux", reason="the facts come from Linux's /proc and pidfds")

Texts = Mapping[str, "str | bytes"]


def written(folder: Path, files: Texts) -> Path:
    """`folder` with the files in it."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return folder


@contextlib.contextmanager
def sandbox_with(tier: str, files: Texts, limits: Limits | None = None) -> Iterator[Sandbox]:
    """A sandbox that has taken the files in."""
    with tempfile.TemporaryDirectory(prefix="submission-") as folder, Sandbox(tier, limits) as sandbox:
        sandbox.take_in(written(Path(folder), files))
        yield sandbox


@dataclass
class Scene:
    """A stage, and what a check has of it."""

    stage: Stage
    submission: Submission
    inside: Inside
    probes: Probes


@contextlib.contextmanager
def scene(sandbox: Sandbox, module: str = "work", start_method: str | None = None) -> Iterator[Scene]:
    """A fresh stage with `module` loaded, as the plugin makes one for a check."""
    with Stage(sandbox, module, start_method) as stage:
        probes = Probes(stage, sandbox.probes)
        submission = Submission(stage)
        submission.load()
        yield Scene(stage, submission, Inside(stage), probes)
        probes.close()


def until(done: Callable[[], object]) -> None:
    """Asks again and again, for what no event tells; fails after NET_S."""
    ends = time.monotonic() + NET_S
    while not done():
        assert time.monotonic() < ends, "it never came"
        os.sched_yield()


class Ends:
    """The ends of processes, as the kernel tells them; of those that have ended by now nothing is left to wait for."""

    def __init__(self, pids: list[int]) -> None:
        self.pidfds: dict[int, int] = {}
        for pid in pids:
            with contextlib.suppress(ProcessLookupError):
                self.pidfds[os.pidfd_open(pid)] = pid

    def await_all(self) -> None:
        """Returns once all have ended; fails after NET_S."""
        left, ends = set(self.pidfds), time.monotonic() + NET_S
        while left:
            left -= set(select.select(left, [], [], max(0.0, ends - time.monotonic()))[0])
            assert time.monotonic() < ends, f"still alive: {[processes.command(self.pidfds[each]) for each in left]}"
        for pidfd in self.pidfds:
            os.close(pidfd)


@contextlib.contextmanager
def nothing_left() -> Iterator[None]:
    """After the block this process has no child, no thread and no descriptor that it did not have before."""
    gc.collect()  # what an earlier test's traceback still holds would close in between
    before = _mine()
    yield
    assert _mine() == before


def _mine() -> tuple[list[int], list[str]]:
    """The children and the open descriptors of this process."""
    listing = os.open("/proc/self/fd", os.O_RDONLY)  # the lowest free number, in both lists
    try:
        return processes.children(os.getpid()), sorted(f"{fd} {_link(fd)}" for fd in os.listdir(listing))
    finally:
        os.close(listing)


def _link(descriptor: str) -> str:
    try:
        return os.readlink(f"/proc/self/fd/{descriptor}")
    except FileNotFoundError:
        return "gone"


@dataclass
class Said:
    """How a command ended."""

    status: int
    out: str
    err: str
