"""The list of system calls that student code may not make, ready for the kernel.

The sandbox asks `program()` outside and hands the bytes to the process inside, which installs them (seccomp(2)) before
any student code runs; `bwrap --seccomp FD` takes the same bytes. One file per architecture is checked in, so nothing
beyond the standard library is needed at run time. `make.py` holds the list with its reasons, and writes the files.
"""

from __future__ import annotations

import functools
import platform
import sys
from importlib import resources


def program() -> bytes | None:
    """Returns the BPF program for the architecture that this Python runs on, None where there is none.

    A 32-bit Python on a 64-bit kernel makes other system calls than the files know of, hence the word size. The bytes
    are an array of `struct sock_filter` (linux/filter.h).
    """
    if not sys.platform.startswith("linux") or sys.maxsize < 2**32:
        return None
    return _read(f"{platform.machine()}.bpf")


@functools.cache
def _read(name: str) -> bytes | None:
    blob = resources.files(__package__) / name
    return blob.read_bytes() if blob.is_file() else None
