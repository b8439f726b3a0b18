"""What the system that we run on lets the judge see and do: the one place where that is asked.

On Linux the kernel is the witness: /proc, pidfds, the credentials of Unix sockets; and a zygote forks. Where that is
not to be had (macOS, Windows) stages are fresh interpreters (interpreters.py) that speak over authenticated TCP, what
is known of processes comes through psutil (by_psutil.py), and patience decides what a look would.
"""

from __future__ import annotations

import contextlib
import math
import os
import socket
import sys

HAS_FORK = hasattr(os, "fork")
KERNEL_TELLS = sys.platform == "linux" and all(
    (HAS_FORK, hasattr(os, "pidfd_open"), hasattr(socket, "AF_UNIX"), hasattr(socket, "SO_PEERCRED"))
)
IS_POSIX = os.name == "posix"


def most_files() -> int | None:
    """How many files this process may have open at one time (getrlimit(2)); None where there is no such limit."""
    soft, _ = _file_limits()
    return None if soft == math.inf else int(soft)


def files_to_be_had() -> float:
    """How many files a process may be allowed to have open at one time: without an end, where there is no limit."""
    return _file_limits()[1]


def allow_files(enough: int) -> None:
    """Raises that limit to `enough`, as far as the system lets us."""
    if (most := most_files()) is None or most >= enough:
        return
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (int(min(enough, files_to_be_had())), hard))


def _file_limits() -> tuple[float, float]:
    """What is in force, and the most that it can be raised to."""
    try:
        import resource
    except ModuleNotFoundError:  # Windows
        return math.inf, math.inf
    soft, hard = (
        math.inf if limit == resource.RLIM_INFINITY else limit for limit in resource.getrlimit(resource.RLIMIT_NOFILE)
    )
    return soft, hard
