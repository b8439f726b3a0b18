"""System calls, as the kernel shows them of a sleeping thread: which of them wait for good, and when the others end.

Who uses it: settled.py, which looks at every thread, and waits.py, which tells in words what one waits for. What goes
in: a PID, the name of a call and its arguments. Everything is read from /proc (proc_pid_syscall(5) gives the number and
the six arguments; numbers are the kernel's for each machine), never asked of the process.
"""

from __future__ import annotations

import os
import platform
import struct
import time
from collections.abc import Callable

from grader.kernel import processes

Args = tuple[int, ...]

FUTEX_WAITS = {0, 9, 6, 13}  # FUTEX_WAIT, _WAIT_BITSET, _LOCK_PI, _LOCK_PI2 (linux/futex.h)
FUTEX_WAIT, FUTEX_CLOCK_REALTIME = 0, 256
BLOCKING_FILES = ("pipe:", "socket:", "/dev/pts", "anon_inode:[eventfd]")
FCNTL_WAITS = {7, 38}  # F_SETLKW, F_OFD_SETLKW
P_PID = 1  # of waitid(2)


def _below_zero(value: int) -> bool:
    return value & 0x8000_0000 != 0  # as a C int


def _always(args: Args) -> bool:
    return True


ENDLESS: dict[str, Callable[[Args], bool]] = {
    "wait4": _always,
    "waitid": _always,
    "futex": lambda a: a[1] & 0x7F in FUTEX_WAITS and a[3] == 0,
    "futex_waitv": lambda a: a[3] == 0,
    "poll": lambda a: _below_zero(a[2]),
    "ppoll": lambda a: a[2] == 0,
    "select": lambda a: a[4] == 0,
    "pselect6": lambda a: a[4] == 0,
    "epoll_wait": lambda a: _below_zero(a[3]),
    "epoll_pwait": lambda a: _below_zero(a[3]),
    "epoll_pwait2": lambda a: a[3] == 0,
    "accept": _always,
    "accept4": _always,
    "connect": _always,
    "recvfrom": _always,
    "recvmsg": _always,
    "sendto": _always,
    "sendmsg": _always,
    "pause": _always,
    "rt_sigsuspend": _always,
    "rt_sigtimedwait": lambda a: a[2] == 0,
    "flock": _always,
    "fcntl": lambda a: a[1] in FCNTL_WAITS,
}
FILE_CALLS = {"read", "readv", "write", "writev"}  # endless where the descriptor is a pipe or the like
OPENINGS = {"open", "openat", "openat2"}
LEASED = "open of what is leased"  # no name of the kernel's: a check holds up whoever opens the file
OPENS_FOR_GOOD = {"wait_for_partner": "openat", "__break_lease": LEASED}  # in the kernel: a FIFO's other end, a lease
SLEEPS = {"clock_nanosleep", "nanosleep", "restart_syscall"}
NUMBERS = {
    "x86_64": {
        "read": 0, "write": 1, "open": 2, "poll": 7, "readv": 19, "writev": 20, "select": 23, "pause": 34,
        "nanosleep": 35, "connect": 42, "accept": 43, "sendto": 44, "recvfrom": 45, "sendmsg": 46, "recvmsg": 47,
        "wait4": 61, "fcntl": 72, "flock": 73, "rt_sigtimedwait": 128, "rt_sigsuspend": 130, "futex": 202,
        "restart_syscall": 219, "clock_nanosleep": 230, "epoll_wait": 232, "waitid": 247, "openat": 257,
        "pselect6": 270, "ppoll": 271, "epoll_pwait": 281, "accept4": 288, "openat2": 437, "epoll_pwait2": 441,
        "futex_waitv": 449,
    },
    "aarch64": {
        "epoll_pwait": 22, "fcntl": 25, "flock": 32, "openat": 56, "read": 63, "write": 64, "readv": 65, "writev": 66,
        "pselect6": 72, "ppoll": 73, "waitid": 95, "futex": 98, "nanosleep": 101, "clock_nanosleep": 115,
        "restart_syscall": 128, "rt_sigsuspend": 133, "rt_sigtimedwait": 137, "accept": 202, "connect": 203,
        "sendto": 206, "recvfrom": 207, "sendmsg": 211, "recvmsg": 212, "accept4": 242, "wait4": 260,
        "openat2": 437, "epoll_pwait2": 441, "futex_waitv": 449,
    },
}  # fmt: skip
NAMES = {number: name for name, number in NUMBERS.get(platform.machine(), {}).items()}
POLLS = {"poll": 2, "epoll_wait": 3, "epoll_pwait": 3}  # where the milliseconds stand
SPANS = {"ppoll": 2, "pselect6": 4, "epoll_pwait2": 3, "rt_sigtimedwait": 2, "nanosleep": 0}  # a timespec, relative
TIMED = {"futex", "clock_nanosleep", "restart_syscall", "select", *POLLS, *SPANS}


def is_endless(pid: int, name: str, args: Args) -> bool:
    """Whether the call can only end by what somebody else does."""
    if name in FILE_CALLS:
        return descriptor(pid, args[0]).startswith(BLOCKING_FILES)
    return name in ENDLESS and ENDLESS[name](args)


def is_sleep(name: str, args: Args) -> bool:
    """Whether the call waits for nothing but its time: so does one that has no descriptor to look at."""
    return name in SLEEPS or (name in ("select", "pselect6") and args[0] == 0) or (name == "poll" and args[1] == 0)


def opening(pid: int, task: int) -> str | None:
    """What an opening that does not come to its end is called here; None for one that is only under way."""
    return OPENS_FOR_GOOD.get(processes.sleeps_in(pid, task))


def descriptor(pid: int, number: int) -> str:
    """What the descriptor is: "pipe:[4711]", "socket:[4712]", a path; "" where that cannot be read."""
    try:
        return os.readlink(f"/proc/{pid}/fd/{number}")
    except OSError:
        return ""


def is_for_child(name: str, args: Args, inner: int) -> bool:
    """Whether a wait4 or waitid would end by the end of the child whose PID inside is `inner`."""
    if name == "wait4":
        wanted = args[0] & 0xFFFF_FFFF
        return wanted == inner or _below_zero(wanted) or wanted == 0
    return name == "waitid" and (args[0] != P_PID or args[1] & 0xFFFF_FFFF == inner)


def span_s(pid: int, name: str, args: Args) -> float | None:
    """The time limit that a call asked for, in seconds, where it is a relative one and can be read."""
    if name in POLLS:
        return (args[POLLS[name]] & 0xFFFF_FFFF) / 1000
    if name == "select":
        return _pair_s(pid, args[4], 1e6)
    if name == "futex" and args[1] & 0x7F == FUTEX_WAIT:
        return _timespec(pid, args[3])
    if name == "clock_nanosleep" and not args[1] & 1:
        return _timespec(pid, args[2])
    return _timespec(pid, args[SPANS[name]]) if name in SPANS else None


def left_s(pid: int, name: str, args: Args) -> float | None:
    """The seconds until a call ends that waits until a moment (futex(2), clock_nanosleep(2)), where it can be read."""
    if name == "clock_nanosleep" and args[1] & 1:
        clock, pointer = args[0] & 0xFFFF_FFFF, args[2]  # a C int, whatever stands in the rest of the register
    elif name == "futex" and args[1] & 0x7F in FUTEX_WAITS - {FUTEX_WAIT} and args[3]:
        clock = time.CLOCK_REALTIME if args[1] & FUTEX_CLOCK_REALTIME else time.CLOCK_MONOTONIC
        pointer = args[3]
    else:
        return None
    moment = _timespec(pid, pointer)
    try:
        return None if moment is None else moment - time.clock_gettime(clock)
    except (OSError, OverflowError, TypeError):  # no clock
        return None


def _timespec(pid: int, pointer: int) -> float | None:
    return _pair_s(pid, pointer, 1e9)


def _pair_s(pid: int, pointer: int, parts: float) -> float | None:
    """The seconds that two numbers in the process's memory say, whole ones and `parts` of one."""
    try:
        with open(f"/proc/{pid}/mem", "rb", 0) as memory:
            memory.seek(pointer)
            seconds, rest = struct.unpack("qq", memory.read(16))
        return float(seconds + rest / parts)
    except (OSError, struct.error, OverflowError, ValueError):
        return None
