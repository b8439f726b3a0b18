"""A machine that has something else to do: loops that compute, beside what is tried.

Who uses it: verify, to show that no verdict depends on how fast things go. A loop ends with the block, and by itself
where the process that started it has gone.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator

LOOP = "import os\nwhile os.getppid() == {parent}: sum(range(10_000))"


@contextlib.contextmanager
def loops(count: int) -> Iterator[None]:
    """`count` processes that compute; afterwards they have ended."""
    command = [sys.executable, "-I", "-S", "-c", LOOP.format(parent=os.getpid())]
    with contextlib.ExitStack() as all_of_them:
        for _ in range(count):
            process = all_of_them.enter_context(subprocess.Popen(command, stdin=subprocess.DEVNULL))
            all_of_them.callback(process.kill)  # before the Popen's own exit, which waits
        yield
