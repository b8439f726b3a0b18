"""The allocator of a long run: all threads share one arena, as the C library's own account of them (malloc_info(3))
says."""

from __future__ import annotations

import platform
import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="about the allocator of glibc")

PROGRAM = """
import ctypes, threading
from grader.classes import allocator

def work():
    bytearray(64 * 1024)
    are_there.wait()
    over.wait()

allocator.give_back() if {asked} else None
over, are_there = threading.Event(), threading.Barrier(5)
for _ in range(4):
    threading.Thread(target=work).start()
are_there.wait()
library = ctypes.CDLL(None)
library.malloc_info(0, ctypes.c_void_p.in_dll(library, "stdout"))
library.fflush(None)
over.set()
"""


def arenas(asked: bool) -> int:
    command = [sys.executable, "-c", PROGRAM.format(asked=asked)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.count("<heap nr=")


def test_threads_share_one_arena() -> None:
    assert arenas(asked=True) == 1
    assert arenas(asked=False) > 1
