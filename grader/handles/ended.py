"""How a process has ended, as a fact: "0" or "3", its exit code, or the name of the signal that has ended it.

Who uses it: the timeline, for its events, and the stage, for what it says of one that died. In goes a wait status
(wait(2)), or a pidfd where somebody else has waited for the process.
"""

from __future__ import annotations

import signal
import struct

EXIT_INFO = struct.Struct("QQ11Ii")  # struct pidfd_info: mask, cgroup, eleven numbers, exit code
ASK_EXIT, PIDFD_INFO_EXIT = 0xC000_FF0B | EXIT_INFO.size << 16, 1 << 3  # PIDFD_GET_INFO of linux/pidfd.h


def how(status: int) -> str:
    """What a wait status says: "0", "3" (exit codes), "SIGKILL"."""
    if number := status & 0x7F:
        return signal.Signals(number).name if number in set(signal.Signals) else f"signal {number}"
    return str(status >> 8)


def in_words(status: int) -> str:
    """The same in words: "exit code 0", "SIGKILL"."""
    fact = how(status)
    return f"exit code {fact}" if fact.isdigit() else fact


def status_of(pidfd: int) -> int | None:
    """The wait status of a process that was waited for, where the kernel tells (ioctl_pidfd(2), from Linux 6.15 on)."""
    if pidfd < 0:
        return None
    import fcntl

    asked = bytearray(EXIT_INFO.pack(PIDFD_INFO_EXIT, *[0] * 13))
    try:
        fcntl.ioctl(pidfd, ASK_EXIT, asked)
    except OSError:
        return None
    mask, *_, status = EXIT_INFO.unpack(asked)
    return int(status) if mask & PIDFD_INFO_EXIT else None
