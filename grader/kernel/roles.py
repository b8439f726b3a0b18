"""Who each process and thread inside is: main, 'writer', pool worker 2, the manager; for an explanation of a hang.

Who uses it: scene.py. What goes in: a look and the stacks. What comes out: a Cast. A name is the one that the student
gave to the process or thread, or else the function that it runs; where two have the same, a number follows. Where
there are no stacks, a process is called by its PID inside.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from grader.kernel import helpers, processes
from grader.kernel.frames import WORKERS, Stack, Stacks
from grader.kernel.settled import Look

CALLBACKS = (("multiprocessing/pool.py", "_handle_results"), ("concurrent/futures/process.py", "run"))
SERVER = ("multiprocessing/managers.py", "serve_forever", "_run_server")
DEFAULT_PROCESS = re.compile(r"\w*(?:Process|Worker)-[\d:]+$")
POOL_WORKER = re.compile(r"\w*PoolWorker-(?:\d+:)*(\d+)$")  # as a pool names them, also before they have begun
DEFAULT_THREAD = re.compile(r"Thread-\d+(?: \((.+)\))?$")
EXECUTOR_THREAD = re.compile(r"ThreadPoolExecutor-\d+_\d+$")
PREPARED = re.compile(r'"name": "((?:[^"\\]|\\.)*)"')
OURS = ("/lib/python", "/grade_harness/")  # a function there is none that a student knows

TargetOf = Callable[[Stack], "str | None"]


@dataclass
class Cast:
    """Who is who, by PID, and for threads that are not a process's first by (PID, task)."""

    processes: dict[int, str] = field(default_factory=dict)
    threads: dict[tuple[int, int], str] = field(default_factory=dict)
    inner: dict[int, int] = field(default_factory=dict)  # the PID inside
    workers: set[int] = field(default_factory=set)
    helpers: set[int] = field(default_factory=set)  # the resource tracker and the fork server: nobody's concern

    def who(self, pid: int, task: int) -> str:
        """What the thread is called; a process's first bears the name of the process."""
        return self.processes.get(pid, "") if task == pid else self.threads.get((pid, task), "")


def cast(stage: int, nursery: int, look: Look, stacks: Stacks, target_of: TargetOf) -> Cast:
    """Names everybody in `look`; `stage` is the PID of the process that runs the student's functions, and `nursery`
    that of what starts multiprocessing's helpers for it, or 0.

    `target_of` gives the name of the function that a process was started to run, where its stack has none any more.
    """
    found = Cast()
    taken: dict[str, int] = {}
    for pid in sorted({wait.pid for wait in look.waits}, key=lambda pid: (pid != stage, _born(pid))):
        try:
            found.inner[pid] = processes.inside_pid(pid)
        except processes.GONE:
            continue
        if helpers.helper(pid, nursery):
            found.helpers.add(pid)
            continue
        if pid != stage and _is_worker(stacks.get((pid, pid))):
            found.workers.add(pid)
        name = "main" if pid == stage else _process(pid, found, stacks.get((pid, pid)), target_of)
        found.processes[pid] = name if name in ("main", "manager") and name not in taken else _unique(name, taken)
        taken.setdefault(name, 1)
        for wait in look.waits:
            if wait.pid == pid != wait.task and (stack := stacks.get((pid, wait.task))):
                found.threads[pid, wait.task] = _unique(f"thread {_thread(stack)}", taken)
    return found


def _unique(name: str, taken: dict[str, int]) -> str:
    taken[name] = taken.get(name, 0) + 1
    return name if taken[name] == 1 and not name.startswith("pool worker") else f"{name} {taken[name]}"


def _process(pid: int, found: Cast, stack: Stack | None, target_of: TargetOf) -> str:
    if stack is None:
        return f"process {_program(pid) or found.inner[pid]}"
    if pid in found.workers:
        return "pool worker"
    if any(frame.is_in(*SERVER) for frame in stack.frames):
        return "manager"
    given = given_name(stack)
    if given and POOL_WORKER.match(given):
        return "pool worker"
    if given and not DEFAULT_PROCESS.match(given):
        return f"process {given}"
    ran = _target(stack) or (target_of(stack) if stack.parents else None)  # a raw fork was started to run nothing
    return f"process {ran or given or found.inner[pid]}"


def given_name(stack: Stack) -> str | None:
    """The name of the process: from the harness's variable under fork, from multiprocessing's own otherwise."""
    for frame in stack.parents:
        if frame.function == "launch_named" and (name := frame.values.get("process_name")):
            return name.strip("\"'")
        if frame.is_in("multiprocessing/spawn.py", "_main"):
            found = PREPARED.search(frame.values.get("preparation_data", ""))
            return found.group(1) if found else None
    return None


def _target(stack: Stack) -> str | None:
    """The function that a process was started to run."""
    within = [frame for frame in stack.frames if not frame.is_in("multiprocessing/process.py", "run")]
    if not within or not stack.parents or within[-1].function == "run" or any(at in within[-1].file for at in OURS):
        return None
    return within[-1].function


def runs_callbacks(stack: Stack | None) -> bool:
    """Whether the thread is a pool's own that takes in the results, and calls back."""
    return stack is not None and any(frame.is_in(*each) for frame in stack.frames for each in CALLBACKS)


def _thread(stack: Stack) -> str:
    if runs_callbacks(stack):
        return "callbacks"
    if default := DEFAULT_THREAD.match(stack.thread):
        return default.group(1) or stack.thread
    return "worker" if EXECUTOR_THREAD.match(stack.thread) else stack.thread or "thread"


def _is_worker(stack: Stack | None) -> bool:
    return stack is not None and any(frame.is_in(*each) for frame in stack.frames for each in WORKERS)


def _program(pid: int) -> str | None:
    """The program that runs in it, where that is no Python."""
    try:
        name = processes.stat(pid).name
    except processes.GONE:
        return None
    return None if name.startswith("python") else name


def _born(pid: int) -> int:
    try:
        return processes.stat(pid).born
    except processes.GONE:
        return 0
