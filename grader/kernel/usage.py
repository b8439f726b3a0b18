"""What the processes inside a sandbox use: CPU and memory, as the kernel counts them.

Who uses it: standstill, which holds them to their limits, and tree, for a check that asks how much memory a copy took.
"""

from __future__ import annotations

import contextlib
import os
from typing import NamedTuple

from grader import systems
from grader.kernel import by_psutil, processes

SHARED_MB = 64  # of all processes, mostly of files: below it is not looked whose it is


class Used(NamedTuple):
    """What everything below a process has used."""

    cpu_s: float  # with what has been reaped there
    programs: frozenset[int] = frozenset()  # those that run a program of their own, and are no copies of their parents


def cpu_s(root: int) -> float:
    """CPU seconds of everything below `root`; of `root` only what it reaped."""
    return used(root, processes.below(root)).cpu_s


def used(root: int, below: list[int]) -> Used:
    """As `cpu_s`, by whoever has just asked what is `below` it; and the programs there."""
    try:
        ticks = processes.stat(root).cpu_of_reaped
    except processes.GONE:
        return Used(0.0)
    programs = set()
    for pid in below:
        try:
            seen = processes.stat(pid)
        except processes.GONE:
            continue
        ticks += seen.cpu + seen.cpu_of_reaped
        if not seen.is_copy:
            programs.add(pid)
    return Used(ticks / processes.HERTZ, frozenset(programs))


def memory_mb(root: int, known: list[int] | None = None) -> float:
    """Resident memory of everything below `root`, in MiB, without the files in it; what processes share counts once.

    Who has just asked what is below it hands that in as `known`.
    """
    pids = processes.below(root) if known is None else known
    if not systems.KERNEL_TELLS:
        return sum(map(_memory_mb, pids))
    own = shared = 0
    for pid in pids:
        try:
            _, resident, with_others, *_ = processes.read(f"/proc/{pid}/statm").split()
        except (*processes.GONE, ValueError):
            continue
        own += int(resident) - int(with_others)
        shared += int(with_others)
    page_mb = os.sysconf("SC_PAGE_SIZE") / (1 << 20)
    return own * page_mb + (_shared_mb(pids) if shared * page_mb > SHARED_MB else 0)


def _shared_mb(pids: list[int]) -> float:
    """The memory that is shared and no file of a disk (mmap(2), MAP_SHARED), in MiB: of what several have, a part each.

    Whoever shares none is not asked more: the parts take time to find out.
    """
    found = 0
    for pid in pids:
        try:
            if whole := int(processes.said(f"/proc/{pid}/status", b"RssShmem:")):
                found += int(processes.said(f"/proc/{pid}/smaps_rollup", b"Pss_Shmem:")) if whole > 1 << 10 else whole
        except PermissionError:
            found += whole
        except (*processes.GONE, ValueError):
            continue
    return found / 1024


def _memory_mb(pid: int) -> float:
    try:
        return by_psutil.memory_mb(pid)
    except ProcessLookupError:
        return 0.0


def peak_mb(pid: int) -> float:
    """The most memory that `pid` ever had resident, in MiB (VmHWM of proc_pid_status(5)); 0 where it has ended."""
    try:
        return int(processes.said(f"/proc/{pid}/status", b"VmHWM:")) / 1024
    except processes.GONE:
        return 0.0


def forget_peak(pid: int) -> None:
    """Sets that peak back to what `pid` has now (proc_pid_clear_refs(5)), where the kernel lets us."""
    with contextlib.suppress(OSError), open(f"/proc/{pid}/clear_refs", "w") as file:
        file.write("5")
