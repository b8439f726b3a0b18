"""Has everything inside come to a standstill for good?  A proof from two looks, not a guess from silence.

Who uses it: the stage's loop, outside, when nothing has come from inside for a while. What goes in: the PID of the
zygote. What comes out: a Look, with one Wait for every thread.

A look is quiet where every thread of every process below the zygote sleeps in a system call that has no time limit.
Two quiet looks with the same threads in the same calls and the same context-switch counters prove that no thread ran
in between; then all of them were blocked at one moment, and nothing inside can wake anything. That does not depend on
how busy the machine is. (The judge must have read everything and have nothing to send: the loop sees to that.)

Which calls: proc_pid_syscall(5) gives the number and the six arguments; numbers are the kernel's for each machine.
"""

from __future__ import annotations

import os
import platform
import struct
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass

from grader import processes

FUTEX_WAITS = {0, 9, 6, 13}  # FUTEX_WAIT, _WAIT_BITSET, _LOCK_PI, _LOCK_PI2 (linux/futex.h)
FUTEX_BITSET, FUTEX_CLOCK_REALTIME = 9, 256
BLOCKING_FILES = ("pipe:", "socket:", "/dev/pts", "anon_inode:[eventfd]")
ANY_CHILD = 0
FCNTL_WAITS = {7, 38}  # F_SETLKW, F_OFD_SETLKW

Args = tuple[int, ...]


def _below_zero(value: int) -> bool:
    return value & 0x8000_0000 != 0  # as a C int


ENDLESS: dict[str, Callable[[Args], bool]] = {
    "wait4": lambda a: True,
    "waitid": lambda a: True,
    "futex": lambda a: a[1] & 0x7F in FUTEX_WAITS and a[3] == 0,
    "futex_waitv": lambda a: a[3] == 0,
    "poll": lambda a: _below_zero(a[2]),
    "ppoll": lambda a: a[2] == 0,
    "select": lambda a: a[4] == 0,
    "pselect6": lambda a: a[4] == 0,
    "epoll_wait": lambda a: _below_zero(a[3]),
    "epoll_pwait": lambda a: _below_zero(a[3]),
    "epoll_pwait2": lambda a: a[3] == 0,
    "accept": lambda a: True,
    "accept4": lambda a: True,
    "connect": lambda a: True,
    "recvfrom": lambda a: True,
    "recvmsg": lambda a: True,
    "sendto": lambda a: True,
    "sendmsg": lambda a: True,
    "pause": lambda a: True,
    "rt_sigsuspend": lambda a: True,
    "rt_sigtimedwait": lambda a: a[2] == 0,
    "flock": lambda a: True,
    "fcntl": lambda a: a[1] in FCNTL_WAITS,
}
FILE_CALLS = {"read", "readv", "write", "writev"}  # endless where the descriptor is a pipe or the like
NUMBERS = {
    "x86_64": {
        "read": 0, "write": 1, "poll": 7, "readv": 19, "writev": 20, "select": 23, "pause": 34, "nanosleep": 35,
        "connect": 42, "accept": 43, "sendto": 44, "recvfrom": 45, "sendmsg": 46, "recvmsg": 47, "wait4": 61,
        "fcntl": 72, "flock": 73, "rt_sigtimedwait": 128, "rt_sigsuspend": 130, "futex": 202, "restart_syscall": 219,
        "clock_nanosleep": 230, "epoll_wait": 232, "waitid": 247, "pselect6": 270, "ppoll": 271, "epoll_pwait": 281,
        "accept4": 288, "epoll_pwait2": 441, "futex_waitv": 449,
    },
    "aarch64": {
        "epoll_pwait": 22, "fcntl": 25, "flock": 32, "read": 63, "write": 64, "readv": 65, "writev": 66,
        "pselect6": 72, "ppoll": 73, "waitid": 95, "futex": 98, "nanosleep": 101, "clock_nanosleep": 115,
        "restart_syscall": 128, "rt_sigsuspend": 133, "rt_sigtimedwait": 137, "accept": 202, "connect": 203,
        "sendto": 206, "recvfrom": 207, "sendmsg": 211, "recvmsg": 212, "accept4": 242, "wait4": 260,
        "epoll_pwait2": 441, "futex_waitv": 449,
    },
}  # fmt: skip
NAMES = {number: name for name, number in NUMBERS.get(platform.machine(), {}).items()}


@dataclass(frozen=True)
class Wait:
    """What one thread does: `call` is the system call that it sleeps in, or "running"."""

    pid: int
    task: int
    call: str
    args: Args = ()
    endless: bool = False
    until_s: float | None = None  # seconds until a timed wait ends, where the kernel lets us read it
    switches: bytes = b""  # the context-switch counters: they change whenever it has run

    def key(self) -> tuple[object, ...]:
        """What is equal in two looks only if the thread did not run in between."""
        return self.pid, self.task, self.call, self.args, self.switches


@dataclass(frozen=True)
class Look:
    """All threads below the zygote at about one moment."""

    waits: tuple[Wait, ...]
    zombies: tuple[tuple[int, int, int], ...] = ()  # (pid, parent, its PID inside)
    zygote: int = 0
    readable: bool = True  # whether the kernel let us see the system calls

    def key(self) -> tuple[object, ...]:
        """Equal in two looks only if nothing ran, came or went in between."""
        return tuple(wait.key() for wait in self.waits), self.zombies

    def restless(self) -> list[Wait]:
        """The threads that are not blocked for good."""
        return [wait for wait in self.waits if not wait.endless]

    def is_quiet(self) -> bool:
        """Whether every thread is blocked for good, and no zombie is about to wake its parent."""
        return self.readable and not self.restless() and not any(map(self._wakes_its_parent, self.zombies))

    def _wakes_its_parent(self, zombie: tuple[int, int, int]) -> bool:
        _, parent, inside = zombie
        awaited = {_awaited(wait) for wait in self.waits if wait.pid == parent}
        return parent == self.zygote or bool(awaited & {ANY_CHILD, inside})


def _awaited(wait: Wait) -> int | None:
    """The child whose end a thread waits for, by its PID inside; ANY_CHILD, or None where it waits for none."""
    if wait.call == "wait4" and wait.args:
        return ANY_CHILD if wait.args[0] == 0 or _below_zero(wait.args[0]) else wait.args[0]
    if wait.call == "waitid" and wait.args:
        return wait.args[1] if wait.args[0] == os.P_PID else ANY_CHILD
    return None


def look(zygote: int, housekeeping: Collection[tuple[int, int]] = ()) -> Look | None:
    """A look at everything below `zygote`; None where something came or went while we looked.

    `housekeeping` are threads, as (pid, task), of multiprocessing's own that wake up in vain: they count as endless.
    """
    waits: list[Wait] = []
    zombies: list[tuple[int, int, int]] = []
    readable = True
    try:
        for pid in processes.below(zygote):
            for task in processes.tasks(pid):
                seen = processes.stat(pid, task)
                if seen.state in "ZX":
                    zombies.append((pid, seen.parent, processes.inside_pid(pid)))
                elif (pid, task) in housekeeping:
                    waits.append(Wait(pid, task, "housekeeping", endless=True))
                else:
                    waits.append(_wait(pid, task, seen.state))
    except processes.GONE:
        return None
    except PermissionError:
        readable = False
    return Look(tuple(waits), tuple(zombies), zygote, readable)


def _wait(pid: int, task: int, state: str) -> Wait:
    switches = _switches(pid, task)
    if state not in "ST":
        return Wait(pid, task, "running", switches=switches)
    if state == "T":
        return Wait(pid, task, "stopped", endless=True, switches=switches)
    number, *rest = processes.read(f"/proc/{pid}/task/{task}/syscall").split()
    if not number.isdigit():  # "running", or -1 outside any call
        return Wait(pid, task, "running", switches=switches)
    name = NAMES.get(int(number), f"syscall {int(number)}")
    args = tuple(int(text, 16) for text in rest[:6])
    return Wait(pid, task, name, args, _is_endless(pid, name, args), _until_s(pid, name, args), switches)


def _switches(pid: int, task: int) -> bytes:
    text = processes.read(f"/proc/{pid}/task/{task}/status")
    return text[text.index(b"\nvoluntary_ctxt_switches") :]


def _is_endless(pid: int, name: str, args: Args) -> bool:
    if name in FILE_CALLS:
        try:
            return os.readlink(f"/proc/{pid}/fd/{args[0]}").startswith(BLOCKING_FILES)
        except OSError:
            return False
    return name in ENDLESS and ENDLESS[name](args)


def _until_s(pid: int, name: str, args: Args) -> float | None:
    """When a sleep or a timed lock ends, read from the timespec in the process's memory (clock_nanosleep(2))."""
    if name == "clock_nanosleep":
        clock, absolute, pointer = args[0], bool(args[1] & 1), args[2]
    elif name == "futex" and args[1] & 0x7F == FUTEX_BITSET and args[3]:
        clock = time.CLOCK_REALTIME if args[1] & FUTEX_CLOCK_REALTIME else time.CLOCK_MONOTONIC
        absolute, pointer = True, args[3]
    else:
        return None
    try:
        with open(f"/proc/{pid}/mem", "rb", 0) as memory:
            memory.seek(pointer)
            seconds, nanoseconds = struct.unpack("qq", memory.read(16))
        return float(seconds + nanoseconds / 1e9 - (time.clock_gettime(clock) if absolute else 0))
    except (OSError, struct.error, OverflowError, ValueError):
        return None
