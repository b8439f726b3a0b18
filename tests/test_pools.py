"""A pool that is terminated while its workers are busy: its thread must not wait for a lock that a dead one holds."""

from __future__ import annotations

import queue
import subprocess
import sys
import threading
import types
from collections.abc import Iterator
from multiprocessing import pool as pools
from typing import Any

import pytest

from grader.harness.pools import end_well


class Results:
    """The queue of the results; to put into it is to wait for ever where a worker was killed while it wrote."""

    def __init__(self) -> None:
        self.told: list[Any] = []

    def put(self, value: Any) -> None:
        """Takes note."""
        self.told.append(value)


@pytest.fixture
def mended() -> Iterator[types.ModuleType]:
    handle_tasks = pools.Pool._handle_tasks  # type: ignore[attr-defined]
    end_well(pools)
    yield pools
    pools.Pool._handle_tasks = staticmethod(handle_tasks)  # type: ignore[attr-defined]


def told_by_the_thread(mended: Any, state: str) -> tuple[list[Any], list[Any]]:
    """What the thread that hands out tasks tells the results and two workers at its end, in a pool of that state."""
    tasks: Any = queue.SimpleQueue()
    results = Results()
    for_workers: list[Any] = []
    thread: Any = threading.Thread(
        target=mended.Pool._handle_tasks, args=(tasks, for_workers.append, results, [1, 2], {})
    )
    thread._state = state
    tasks.put(None)
    thread.start()
    thread.join()
    return results.told, for_workers


def test_it_says_nothing_to_the_results_where_the_pool_is_terminated(mended: types.ModuleType) -> None:
    assert told_by_the_thread(mended, mended.TERMINATE) == ([], [None, None])


def test_it_ends_the_results_where_the_pool_is_closed(mended: types.ModuleType) -> None:
    assert told_by_the_thread(mended, mended.CLOSE) == ([None], [None, None])


def test_a_pool_that_is_closed_is_over(mended: types.ModuleType) -> None:
    with mended.ThreadPool(2) as pool:
        assert pool.map(abs, [-1, 2]) == [1, 2]
        pool.close()
        pool.join()


TERMINATED = """
from multiprocessing import pool as pools
from grader.harness.pools import end_well
end_well(pools)
with pools.Pool(2) as pool:
    print(pool.apply_async(abs, (-1,)).get())
"""


def test_a_pool_that_is_terminated_is_over() -> None:
    done = subprocess.run([sys.executable, "-c", TERMINATED], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout == "1\n"  # in a process of its own: whoever forks beside other threads may wait for ever
