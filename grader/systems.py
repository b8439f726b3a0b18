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
from collections.abc import Iterator

HAS_FORK = hasattr(os, "fork")
KERNEL_TELLS = sys.platform == "linux" and all(
    (HAS_FORK, hasattr(os, "pidfd_open"), hasattr(socket, "AF_UNIX"), hasattr(socket, "SO_PEERCRED"))
)
IS_POSIX = os.name == "posix"


def most_files() -> int | None:
    """How many files this process may have open at one time; None where there is no such limit."""
    soft, _ = _limits("NOFILE")
    return None if soft == math.inf else int(soft)


def ceiling(name: str) -> float:
    """The most that a limit of getrlimit(2) can be raised to: without an end, where there is none."""
    return _limits(name)[1]


def allow(name: str, enough: float) -> None:
    """Raises that limit to `enough`, as far as the system lets us."""
    if _limits(name)[0] < enough:
        _set(name, min(enough, ceiling(name)))


@contextlib.contextmanager
def stacks_of(mb: int) -> Iterator[None]:
    """Each thread of what is started in the block has a stack of `mb` MiB, as far as the system lets us."""
    before = _limits("STACK")[0]
    _set("STACK", min(mb << 20, ceiling("STACK")))
    try:
        yield
    finally:
        _set("STACK", before)


def _limits(name: str) -> tuple[float, float]:
    """What is in force, and the most that it can be raised to."""
    try:
        import resource
    except ModuleNotFoundError:  # Windows
        return math.inf, math.inf
    limits = resource.getrlimit(getattr(resource, f"RLIMIT_{name}"))
    soft, hard = (math.inf if limit == resource.RLIM_INFINITY else limit for limit in limits)
    return soft, hard


def _set(name: str, soft: float) -> None:
    with contextlib.suppress(ModuleNotFoundError, ValueError, OSError):
        import resource

        kind = getattr(resource, f"RLIMIT_{name}")
        _, hard = resource.getrlimit(kind)
        resource.setrlimit(kind, (resource.RLIM_INFINITY if soft == math.inf else int(soft), hard))
