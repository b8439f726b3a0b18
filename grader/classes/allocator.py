"""Keeps the memory of a long run small.

Who uses it: the command batch, before its threads begin. The C library's allocator gives each thread an arena of its
own and keeps what was freed in it, so each thread would hold the most that any of its submissions ever took.
"""

from __future__ import annotations

import ctypes
import os

M_TRIM_THRESHOLD, M_MMAP_THRESHOLD, M_ARENA_MAX = -1, -3, -8  # mallopt(3)
GIVEN_BACK_FROM = 128 * 1024  # bytes; said aloud, as else it grows with what was freed


def give_back() -> None:
    """Has all threads share one arena, and what is freed go back to the kernel; nothing where there is no mallopt(3).

    One arena is no slower here, for one thread of Python runs at a time.
    """
    if os.name != "posix" or not hasattr(library := ctypes.CDLL(None), "mallopt"):
        return
    library.mallopt(M_ARENA_MAX, 1)
    library.mallopt(M_TRIM_THRESHOLD, GIVEN_BACK_FROM)
    library.mallopt(M_MMAP_THRESHOLD, GIVEN_BACK_FROM)
