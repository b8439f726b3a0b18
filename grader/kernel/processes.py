"""What the kernel says of the processes inside a sandbox: the tree, and facts of each process.

Who uses it: sandbox, probes and the judge of standstill (settled.py), all outside. Everything is read from /proc
(proc(5)), or asked of psutil where there is none (by_psutil.py); nothing that a process says of itself counts. A
process outside is named by its PID here ("outer"); inside, the same one has another PID, which is what the student's
code sees and what a check compares.
"""

from __future__ import annotations

import contextlib
import os
import signal
import time
from typing import NamedTuple

from grader import systems
from grader.kernel import by_psutil

HERTZ = os.sysconf("SC_CLK_TCK") if systems.KERNEL_TELLS else by_psutil.HERTZ
PASSES, PASS_S = 40, 0.005  # so often is looked where one look may miss something
GONE = (FileNotFoundError, ProcessLookupError)
PF_FORKNOEXEC = 0x40  # of the flags in /proc/PID/stat (linux/sched.h)
COMMAND_BYTES = 1 << 14  # of a command line; they may be of any length, and those of helpers are short
VFORKS = ("kernel_clone", "wait_for_vfork_done", "_do_fork")  # in the kernel


def read(path: str, most: int | None = None) -> bytes:
    """The whole of a /proc file, or what it begins with, where there is more than `most`.

    Raises FileNotFoundError or ProcessLookupError where its process has gone.
    """
    if not systems.KERNEL_TELLS:
        raise FileNotFoundError(path)
    descriptor = os.open(path, os.O_RDONLY)  # a file object would ask three things more of the kernel
    try:
        text = os.read(descriptor, 1 << 14)
        while (most is None or len(text) < most) and (more := os.read(descriptor, 1 << 14)):
            text += more
        return text
    finally:
        os.close(descriptor)


class Stat(NamedTuple):
    """/proc/PID/stat, as far as it is of use; times in clock ticks (proc_pid_stat(5))."""

    name: str
    state: str
    parent: int
    cpu: int  # user and system
    cpu_of_reaped: int
    born: int  # ticks since the machine started: with the PID it names a process for good
    threads: int
    faults_of_reaped: int  # page faults of the children that it has waited for: above 0 where there were any
    is_copy: bool = False  # it was forked, and runs the program that its parent ran


def stat(pid: int, task: int | None = None) -> Stat:
    """What /proc says of the process `pid`, or of its thread `task`."""
    if not systems.KERNEL_TELLS:
        return Stat(**by_psutil.stat(pid))
    text = read(f"/proc/{pid}/stat" if task is None else f"/proc/{pid}/task/{task}/stat")
    start, end = text.index(b"("), text.rindex(b")")
    rest = text[end + 2 :].split()
    goes_on = task is None and rest[0] == b"Z" and int(rest[17]) > 1  # its first thread has ended, and others have not
    return Stat(
        name=text[start + 1 : end].decode("utf-8", "replace"),
        state="S" if goes_on else rest[0].decode("ascii"),
        parent=int(rest[1]),
        cpu=int(rest[11]) + int(rest[12]),
        cpu_of_reaped=int(rest[13]) + int(rest[14]),
        threads=int(rest[17]),
        born=int(rest[19]),
        faults_of_reaped=int(rest[8]),
        is_copy=bool(int(rest[6]) & PF_FORKNOEXEC),
    )


def now_ticks() -> float:
    """The moment now, as `born` counts."""
    return time.clock_gettime(time.CLOCK_BOOTTIME) * HERTZ if systems.KERNEL_TELLS else by_psutil.now_ticks()


def inside_pid(pid: int, task: int | None = None) -> int:
    """The PID that `pid` (or its thread `task`) has in the innermost namespace it is in."""
    if not systems.KERNEL_TELLS:
        return _without_namespace(task or pid)
    text = read(f"/proc/{pid}/status" if task is None else f"/proc/{pid}/task/{task}/status")
    at = text.find(b"\nNSpid:")
    return int(text[at + 7 : text.index(b"\n", at + 1)].split()[-1]) if at >= 0 else (task or pid)


def _without_namespace(pid: int) -> int:
    if not by_psutil.exists(pid):
        raise ProcessLookupError(pid)
    return pid


def tasks(pid: int) -> list[int]:
    """The threads of `pid`, or some of them: the kernel's list ends early where one of them ends just then."""
    return sorted(int(task) for task in os.listdir(f"/proc/{pid}/task"))


def threads(pid: int) -> set[int]:
    """The threads of `pid`, or some of them, by the PIDs that they have inside."""
    if not systems.KERNEL_TELLS:
        return by_psutil.threads(pid)
    found = set()
    for task in tasks(pid):
        with contextlib.suppress(*GONE):
            found.add(inside_pid(pid, task))
    return found


def has_thread(pid: int, inner: int) -> bool:
    """Whether `pid` has a thread that bears the PID `inner` inside.

    That is denied once two looks have seen the same threads, and as many as there are; or after many looks.
    """
    before: set[int] = set()
    for _ in range(PASSES):
        if inner in (now := threads(pid)):
            return True
        if now == before and len(now) >= stat(pid).threads:
            return False
        before = now
    return False


def children(pid: int) -> list[int]:
    """The children of `pid`, zombies too; none where it has gone."""
    if not systems.KERNEL_TELLS:
        return by_psutil.below(pid, whole=False)
    found: list[int] = []
    try:
        for task in os.listdir(f"/proc/{pid}/task"):
            found += map(int, read(f"/proc/{pid}/task/{task}/children").split())
    except GONE:
        pass
    return found


def below(root: int) -> list[int]:
    """All descendants of `root`, parents before their children."""
    if not systems.KERNEL_TELLS:
        return by_psutil.below(root)
    found: list[int] = []
    todo = children(root)
    while todo:
        pid = todo.pop(0)
        if pid not in found:
            found.append(pid)
            todo += children(pid)
    return found


def is_alive(pid: int) -> bool:
    """Whether `pid` runs or waits; a zombie has ended."""
    try:
        return stat(pid).state not in "ZX"
    except GONE:
        return False


def pending(pid: int, born: int) -> set[int]:
    """The signals sent to the process and not taken by it, also by a zombie: ShdPnd of proc_pid_status(5).

    None where it has been waited for, and where no kernel tells.
    """
    try:
        if stat(pid).born != born:
            return set()
        bits = int(said(f"/proc/{pid}/status", b"ShdPnd:"), 16)
        return {int(number) for number in signal.valid_signals() if bits >> (number - 1) & 1}
    except GONE:
        return set()


def descends(pid: int, root: int) -> bool:
    """Whether `pid` is a descendant of `root`, also where one of those between ends just now."""
    for _ in range(PASSES):
        try:
            return _descends(pid, root)
        except GONE:
            if not is_alive(pid):
                break
    return False


def _descends(pid: int, root: int) -> bool:
    while pid > 1:
        pid = stat(pid).parent
        if pid == root:
            return True
    return False


def freeze(root: int) -> None:
    """Stops everything below `root`, also what is born meanwhile, so that it can be looked at and leaves us room.

    What is stopped so is never let go again: it is for what has had its verdict.
    """
    told: set[int] = set()
    for _ in range(PASSES):
        left = {pid for pid in below(root) if _runs(pid)}
        for pid in left:
            _stop(pid)
        if not left:
            return
        if left <= told:
            time.sleep(PASS_S)  # a thread stops only when it gets its turn, which nothing tells us of
        told |= left


def _stop(pid: int) -> None:
    if not systems.KERNEL_TELLS:
        return by_psutil.suspend(pid)
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.kill(pid, signal.SIGSTOP)


def _runs(pid: int) -> bool:
    try:
        threads = tasks(pid) if systems.KERNEL_TELLS else [None]
        return any(stat(pid, task).state not in "TZX" for task in threads)
    except GONE:
        return False


def said(path: str, key: bytes) -> bytes:
    """The first word after `key`, which begins a line of the /proc file; b"0" where there is none. Raises as `read`."""
    _, _, rest = read(path).partition(b"\n" + key)
    return rest.split(maxsplit=1)[0] if rest else b"0"


def command(pid: int) -> list[str]:
    """The arguments that `pid` was started with, or the first of very many; none where it has gone or is a zombie."""
    if not systems.KERNEL_TELLS:
        return by_psutil.command(pid)
    try:
        text = read(f"/proc/{pid}/cmdline", COMMAND_BYTES)
    except (*GONE, PermissionError):
        return []
    return [part.decode("utf-8", "replace") for part in text.removesuffix(b"\0").split(b"\0")] if text else []


def sleeps_in(pid: int, task: int) -> str:
    """The kernel's function in which the thread sleeps (proc_pid_wchan(5)); "" or "0" where it does not say."""
    try:
        return read(f"/proc/{pid}/task/{task}/wchan").decode("ascii", "replace").partition(".")[0]
    except OSError:
        return ""


def is_in_vfork(pid: int, task: int | None = None) -> bool:
    """Whether it waits until its child has become another program, or ended (vfork(2)): for as long as that likes."""
    return sleeps_in(pid, task or pid) in VFORKS
