"""What the kernel has put down of a process, in /proc: nobody behind the walls takes it back, and all else goes on."""

from __future__ import annotations

import errno
from collections.abc import Iterator

import pytest
from world import TIERS, linux, sandbox_with, scene

from grader.walls.sandbox import Sandbox

WALLS = [tier for tier in TIERS if tier != "none"]
pytestmark = [linux, pytest.mark.skipif(not WALLS, reason="no wall is to be had here")]

WORK = """
import multiprocessing, os

def written(names):
    found = {}
    for name in names:
        try:
            os.close(os.open(f"/proc/self/{name}", os.O_WRONLY))
            found[name] = 0
        except OSError as error:
            found[name] = error.errno
    return found

def run(target):
    process = multiprocessing.Process(target=target)
    process.start()
    process.join()
    return process.exitcode

def pool(workers):
    with multiprocessing.Pool(workers) as made:
        return made.map(abs, [-1, -2, -3])

def managed(value):
    with multiprocessing.Manager() as manager:
        return manager.list([value])[0]
"""


@pytest.fixture(scope="module", params=WALLS)
def sandbox(request: pytest.FixtureRequest) -> Iterator[Sandbox]:
    with sandbox_with(request.param, {"work.py": WORK}) as made:
        yield made


def test_nobody_takes_back_what_the_kernel_has_put_down(sandbox: Sandbox) -> None:
    with scene(sandbox) as at:
        said = at.submission.written(["clear_refs", "oom_score_adj", "comm"])
        assert all(value in (errno.EROFS, errno.EACCES) for value in said.value.values())


@pytest.mark.parametrize("method", ["fork", "forkserver", "spawn"])
def test_multiprocessing_needs_no_more_of_it(sandbox: Sandbox, method: str) -> None:
    with scene(sandbox, start_method=method) as at:
        call = at.submission.begin.run(at.probes.hold)
        at.probes.next().goes_on()
        assert call.result() == 0
        assert at.submission.pool(2) == [1, 2, 3]
        assert at.submission.managed(5) == 5
