"""What a command costs: wall time, CPU of all its processes, and the highest sum of their memory.

Who uses it: the bench. CPU comes from the kernel's account of children that were waited for (getrusage(2)); the bench
adopts and waits for whatever loses its parent (a sandbox whose starter was killed first), so that the account is whole.
Memory is sampled, so a short peak may be missed.
"""

from __future__ import annotations

import ctypes
import os
import resource
import subprocess
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import psutil

from grader import course as courses
from grader import places
from grader.grading.judging import judge
from grader.grading.orders import Order
from grader.grading.run import grade

SAMPLE_S = 0.02
PR_SET_CHILD_SUBREAPER = 36  # prctl(2)


@dataclass
class Cost:
    """One measurement; `memory_mb` is 0 where it was not taken."""

    wall_s: float
    cpu_s: float
    count: int
    memory_mb: float = 0.0


def measured(command: list[str], count: int, environment: dict[str, str]) -> Cost:
    """Runs `command`, which must end with exit status 0, and counts it as `count` checks."""
    adopt()
    before, begun = children_cpu_s(), time.monotonic()
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(command, stdout=said, env={**os.environ, **environment})
        with Sampled(process.pid) as memory:
            status = process.wait()
        wall_s = time.monotonic() - begun
        said.seek(0)
        assert status == 0, (command, said.read().decode()[-4000:])
    return Cost(wall_s, children_cpu_s() - before, count, memory.highest_mb)


def warm_cost(exercises: list[str]) -> Cost:
    """One more submission in a judge that has graded one already."""
    adopt()
    course = courses.load()
    order = Order(folder=Path(places.SOLUTIONS), exercises=exercises)
    with judge() as process:
        grade(order, course, by=process)
        before, begun = children_cpu_s() + tree_cpu_s(process.pid), time.monotonic()
        result = grade(order, course, by=process)
        wall_s = time.monotonic() - begun
        cpu_s = children_cpu_s() + tree_cpu_s(process.pid) - before
        with Sampled(process.pid) as memory:  # in a run of its own, for looking costs
            grade(order, course, by=process)
    return Cost(wall_s, cpu_s, len(result.verdicts()), memory.highest_mb)


def adopt() -> None:
    """From now on whatever loses its parent below is ours, and counts."""
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def children_cpu_s() -> float:
    """CPU of all children that have ended, and of theirs; those that were adopted are waited for here."""
    while _has_an_ended_child():
        os.waitpid(-1, os.WNOHANG)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _has_an_ended_child() -> bool:
    try:
        return os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None
    except ChildProcessError:
        return False


def tree_cpu_s(pid: int) -> float:
    """CPU of `pid`, and of all its children that have been waited for."""
    times = psutil.Process(pid).cpu_times()
    return float(times.user + times.system + times.children_user + times.children_system)


class Sampled:
    """`with Sampled(pid) as memory:` - the highest sum of PSS of `pid` and all below it, in MiB."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.highest_mb = 0.0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._sample)

    def __enter__(self) -> Sampled:
        self._thread.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self._over.set()
        self._thread.join()

    def _sample(self) -> None:
        while not self._over.wait(SAMPLE_S):
            self.highest_mb = max(self.highest_mb, sum(map(_pss_mb, _below(self.pid))))


def _below(pid: int) -> list[int]:
    try:
        return [pid, *(child.pid for child in psutil.Process(pid).children(recursive=True))]
    except psutil.NoSuchProcess:
        return []


def _pss_mb(pid: int) -> float:
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    except OSError:
        pass
    return 0.0
