"""What the system that we run on lets the judge see and do: the one place where that is asked.

On Linux the kernel is the witness: /proc, pidfds, the credentials of Unix sockets; and a zygote forks. Where that is
not to be had (macOS, Windows) stages are fresh interpreters (interpreters.py) that speak over authenticated TCP, what
is known of processes comes through psutil (by_psutil.py), and patience decides what a look would.
"""

from __future__ import annotations

import os
import socket
import sys

HAS_FORK = hasattr(os, "fork")
KERNEL_TELLS = sys.platform == "linux" and all(
    (HAS_FORK, hasattr(os, "pidfd_open"), hasattr(socket, "AF_UNIX"), hasattr(socket, "SO_PEERCRED"))
)
IS_POSIX = os.name == "posix"
