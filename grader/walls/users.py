"""Which other user the processes of a sandbox can be: one that nobody else is, where we are root in our own right.

Who uses it: tiers, for that user; bubblewrap and landlock, for what they do where there is none. Root of a container
need not be able to become another user: capabilities may have been taken from it (capabilities(7)), and its user
namespace may know few users (user_namespaces(7)).
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from grader.kernel import processes

DAC_READ_SEARCH = 2  # linux/capability.h
NEEDED = {  # the last two for what the other user leaves: who may not read its files finds a right copy empty
    "CAP_SETUID": 7,
    "CAP_SETGID": 6,
    "CAP_SETPCAP": 8,
    "CAP_KILL": 5,
    "CAP_CHOWN": 0,
    "CAP_DAC_OVERRIDE": 1,
    "CAP_FOWNER": 3,
}
UNUSED = (range(0x4000_0000, 0x6000_0000), range(10_000, 60_000))  # the second where a namespace knows 2^16 users
SELF = Path("/proc/self")


def is_root() -> bool:
    """Whether we are root, of the system or of a container."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def spare() -> range:
    """The users that a sandbox can have: none where we may not become one."""
    if sys.platform != "linux" or not is_root():
        return range(0)
    if missing():
        return range(0)
    known = [_known(SELF / name) for name in ("uid_map", "gid_map")]
    return next((users for users in UNUSED if all(_is_within(users, ranges) for ranges in known)), range(0))


def missing() -> list[str]:
    """The names of the capabilities that it takes to have another user inside, and that we lack."""
    held = capabilities()
    return [name for name, number in NEEDED.items() if not held >> number & 1]


def capabilities() -> int:
    """The capabilities that are in force, one bit each (proc_pid_status(5))."""
    return int(processes.said(str(SELF / "status"), b"CapEff:"), 16)


def _known(path: Path) -> list[range]:
    """The users or groups that our user namespace knows."""
    rows = [list(map(int, line.split())) for line in path.read_text("ascii").splitlines()]
    return [range(first, first + count) for first, _, count in rows]


def _is_within(users: range, ranges: list[range]) -> bool:
    return any(users[0] in known and users[-1] in known for known in ranges)
