"""The tree of processes inside, for a check: which the student's code has started, and which are left.

Who uses it: the checks, through the fixture `processes`, and the explanation of a hang. multiprocessing's own helpers
(resource tracker, fork server) and what was there before the call do not count. A zombie counts, unless its parent
is one of ours or a helper, who reap in their own time.
"""

from __future__ import annotations

import contextlib

from grader import systems
from grader.finding import NotHere
from grader.handles.stage import Stage
from grader.kernel import helpers, processes, usage


class Peak:
    """The memory of the process that runs the student's functions, from the moment that this was made."""

    def __init__(self, stage: Stage) -> None:
        """Raises NotHere where the kernel does not tell of it."""
        if not systems.KERNEL_TELLS:
            raise NotHere
        self._pid = stage.outer_pid
        usage.forget_peak(self._pid)
        self._before_mb = usage.peak_mb(self._pid)

    @property
    def grown_mb(self) -> int:
        """By how many MiB it has had more than at first, at most, as the kernel says."""
        return round(usage.peak_mb(self._pid) - self._before_mb)


class Tree:
    """The fixture `processes`; `loaded()` is told when the student's file has been loaded."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._before: set[tuple[int, int]] = set()
        self._begun_at_import: list[str] = []

    def loaded(self) -> None:
        """Takes note of what loading the file has started."""
        inside = processes.below(self._stage.zygote.pid)
        left = self._students(inside)
        if any(map(helpers.is_being_born, left)):  # a helper, perhaps; or what only looks so, as a parent in vfork(2)
            self._stage.settle(lambda: not any(map(helpers.is_being_born, left)))
        left = {pid: seen for pid, seen in left.items() if not self._helper(pid)}
        self._before = {(pid, seen.born) for pid, seen in left.items()}
        self._stage.watch.bystanders = set(left)
        if systems.KERNEL_TELLS:
            with contextlib.suppress(*processes.GONE):  # who has ended since is told by the first call
                self._stage.watch.beside_main = set(processes.tasks(self._stage.outer_pid)) - {self._stage.outer_pid}
        self._begun_at_import = [self._describe(pid, seen) for pid, seen in left.items()]
        if not left and (self._has_reaped() or self._has_fork_server(inside)):
            self._begun_at_import = ["a process that has ended"]

    def begun_at_import(self) -> list[str]:
        """The processes that loading the file has started; empty where it started none."""
        return self._begun_at_import

    def left(self) -> list[str]:
        """The student's processes that are alive or zombies now and were not there before, each described.

        What is about to end, as the workers of a pool that nobody holds any more, is given its end.
        """
        self._stage.settle()
        return [self._describe(pid, seen) for pid, seen in self.left_now().items()]

    def pids(self) -> list[int]:
        """The PIDs of the same, as they are inside."""
        found = []
        for pid in self.left_now():
            with contextlib.suppress(*processes.GONE):
                found.append(processes.inside_pid(pid))
        return found

    def left_now(self) -> dict[int, processes.Stat]:
        """The same by outer PID."""
        now = self._students(processes.below(self._stage.zygote.pid))
        return {pid: seen for pid, seen in now.items() if (pid, seen.born) not in self._before}

    def workers(self) -> int:
        """How many of the student's processes could be workers: those with one thread, for a manager has many."""
        if not systems.IS_POSIX:  # every process has several there
            raise NotHere
        return sum(seen.state not in "ZX" and seen.threads == 1 for seen in self.left_now().values())

    def peak(self) -> Peak:
        """The memory of the process that runs the student's functions, from now on."""
        return Peak(self._stage)

    def has_started_any(self) -> bool:
        """Whether the stage has any child, or has had one and waited for it, itself or by a fork server."""
        return (
            bool(self.left_now())
            or self._has_reaped()
            or self._has_fork_server(processes.below(self._stage.zygote.pid))
        )

    def _has_reaped(self) -> bool:
        try:
            return processes.stat(self._stage.outer_pid).faults_of_reaped > 0
        except processes.GONE:
            return False

    def _helper(self, pid: int) -> str | None:
        return helpers.helper(pid, self._stage.nursery)

    def _has_fork_server(self, inside: list[int]) -> bool:
        return any(self._helper(pid) == "fork server" for pid in inside if pid != self._stage.outer_pid)

    def _students(self, inside: list[int]) -> dict[int, processes.Stat]:
        """Those of the processes `inside` that the student's code has started."""
        found = {}
        zygote = self._stage.zygote.pid
        for pid in inside:
            try:
                seen = processes.stat(pid)
                ours = pid == self._stage.outer_pid or self._helper(pid)
                reaped_by_us = seen.state in "ZX" and (seen.parent == zygote or self._helper(seen.parent))
            except processes.GONE:
                continue
            if not ours and not reaped_by_us:
                found[pid] = seen
        return found

    def _describe(self, pid: int, seen: processes.Stat) -> str:
        try:
            inner = processes.inside_pid(pid)
        except processes.GONE:
            inner = pid
        return f"process {inner} ({'ended, not waited for' if seen.state in 'ZX' else 'alive'})"
