"""The Python stacks of processes inside, read from outside: py-spy looks into their memory and does not stop them.

Who uses it: housekeeping.py, to tell what a thread that wakes up in vain is, and scene.py, to tell the line at which a
process waits. What goes in: the threads of processes, as a look saw them (settled.Wait). What comes out: a Stack for
each thread that runs Python. Where py-spy is missing or may not look, nothing comes out, and nothing fails.
"""

from __future__ import annotations

import functools
import importlib.metadata
import json
import os
import selectors
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from grader.kernel.settled import Wait

LIBRARY = f"python{sys.version_info.major}.{sys.version_info.minor}"  # the folder's name: inside runs the same Python
AT_ONCE = 4
NET_S = 4.0  # for all together; a dump takes some 15 ms
MOST_BYTES = 4 << 20
FORKED = (  # from one of these on, outwards, a child's stack is a copy of its parent's
    ("multiprocessing/process.py", "_bootstrap"),
    ("multiprocessing/popen_fork.py", "_launch"),
    ("multiprocessing/forkserver.py", "main"),
)
WORKERS = (("multiprocessing/pool.py", "worker"), ("concurrent/futures/process.py", "_process_worker"))  # of a pool


@dataclass(frozen=True)
class Frame:
    """One function under way: its bare name, the file as Python names it, the line, and what its variables hold.

    A value is what py-spy makes of it: a number, a text in quotes, "<Queue at 0x7f82195a7f70>".
    """

    function: str
    file: str
    line: int
    values: Mapping[str, str] = field(default_factory=dict, compare=False)

    def is_in(self, file: str, *functions: str) -> bool:
        """Whether it is one of the `functions` of the standard library's `file`, such as "multiprocessing/pool.py"."""
        return self.function in functions and self.file.endswith(f"/{LIBRARY}/{file}")


@dataclass(frozen=True)
class Stack:
    """The frames of one thread, the innermost first; `parents` are those that were there when the process began."""

    thread: str
    frames: tuple[Frame, ...]
    parents: tuple[Frame, ...] = ()


Stacks = dict[tuple[int, int], Stack]  # by (pid, task)


def stacks(waits: Iterable[Wait], *, values: bool = False) -> Stacks:
    """The stacks of all threads of the processes in `waits`, which holds every thread of each."""
    by_pid: dict[int, list[Wait]] = {}
    for wait in waits:
        by_pid.setdefault(wait.pid, []).append(wait)
    found: Stacks = {}
    for pid, threads in _dumps(list(by_pid), values).items():
        for task, thread in _matched(by_pid[pid], threads).items():
            found[pid, task] = _stack(thread)
    return found


def _matched(waits: list[Wait], threads: list[dict[str, Any]]) -> dict[int, dict[str, Any]]:
    """Which Python thread is which task.

    The kernel tells a task's stack pointer, py-spy where the thread's control block lies, which is at the upper end of
    its stack; the main thread's lies elsewhere. (Before 3.11 Python does not keep the kernel's number of a thread.)
    """
    if len(waits) == 1 and len(threads) == 1:
        return {waits[0].task: threads[0]}
    left = {int(thread["thread_id"]): thread for thread in threads}
    matched = {}
    for wait in sorted(waits, key=lambda wait: wait.task == wait.pid):
        above = [block for block in left if 0 <= block - wait.stack < 256 << 20]
        if wait.stack and above:
            matched[wait.task] = left.pop(min(above))
        elif wait.task == wait.pid and (main := [b for b in left if len(left) == 1 or _is_main(left[b])]):
            matched[wait.task] = left.pop(main[0])
    return matched


def _is_main(thread: dict[str, Any]) -> bool:
    return bool(thread["thread_name"] == "MainThread")


def _stack(thread: dict[str, Any]) -> Stack:
    frames = tuple(
        Frame(str(each["name"]).rpartition(".")[2], str(each["filename"]), int(each["line"]), _values(each["locals"]))
        for each in thread["frames"]
    )
    cut = next((at for at, frame in enumerate(frames) if any(frame.is_in(*each) for each in FORKED)), len(frames))
    return Stack(str(thread["thread_name"] or ""), frames[:cut], frames[cut:])


def _values(told: list[dict[str, Any]] | None) -> dict[str, str]:
    return {str(each["name"]): str(each["repr"]) for each in told or ()}


# --- py-spy


def _dumps(pids: list[int], values: bool) -> Mapping[int, list[dict[str, Any]]]:
    """What py-spy tells of the threads of each process that it can look into."""
    spy = executable()
    found: dict[int, list[dict[str, Any]]] = {}
    ends = time.monotonic() + NET_S
    command = [str(spy), "dump", "--nonblocking", "--json", *(["--locals"] if values else []), "--pid"]
    for start in range(0, len(pids) if spy else 0, AT_ONCE):
        batch = {pid: _started([*command, str(pid)]) for pid in pids[start : start + AT_ONCE]}
        for pid, process in batch.items():
            if process is not None and (threads := _said(process, ends)):
                found[pid] = threads
    return found


def _started(command: list[str]) -> subprocess.Popen[bytes] | None:
    nothing = subprocess.DEVNULL
    try:
        return subprocess.Popen(command, stdin=nothing, stdout=subprocess.PIPE, stderr=nothing, env={"LANG": "C.UTF-8"})
    except OSError:
        return None


def _said(process: subprocess.Popen[bytes], ends: float) -> list[dict[str, Any]]:
    """The threads that it tells of; none where it fails, says too much or takes too long."""
    text = b""
    with process, selectors.DefaultSelector() as selector:
        assert process.stdout
        selector.register(process.stdout, selectors.EVENT_READ)
        while selector.select(max(0.0, ends - time.monotonic())):
            block = os.read(process.stdout.fileno(), 1 << 16)
            text += block
            if not block or len(text) > MOST_BYTES:
                break
        process.kill()
    try:
        return [thread for thread in json.loads(text) if thread["frames"] is not None and thread["thread_id"]]
    except (ValueError, TypeError, KeyError, RecursionError):
        return []


@functools.cache
def executable() -> str | None:
    """Where py-spy is: beside this Python, on the PATH, or where its package was installed."""
    beside = os.path.join(os.path.dirname(sys.executable), "py-spy")
    if os.access(beside, os.X_OK):
        return beside
    return shutil.which("py-spy") or _installed()


def _installed() -> str | None:
    try:
        files = importlib.metadata.files("py-spy") or []
    except importlib.metadata.PackageNotFoundError:
        return None
    return next((str(file.locate()) for file in files if file.name == "py-spy" and "bin" in file.parts), None)
