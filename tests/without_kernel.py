"""Python as it is where there is no Linux to ask, for tests: started in place of an interpreter, it hides
what is not there.

    python -I without_kernel.py SELF [-I ...] (-c CODE | -m MODULE) [ARGUMENT]...

SELF is the program that starts this, and becomes sys.executable: so what the judge, a stage or multiprocessing starts
in turn is deprived as well. The standard library is imported first and goes on as it was: only asking is in vain.
"""

from __future__ import annotations

import contextlib
import functools
import importlib
import os
import runpy
import select
import signal
import socket
import sys
from types import ModuleType

MODULES = ["fcntl", "resource", "pwd", "grp", "termios", "tty", "pty"]
OS = ["fork", "forkpty", "register_at_fork", "pidfd_open", "sched_getaffinity", "getloadavg", "eventfd", "memfd_create"]
SOCKET = ["AF_UNIX", "SO_PEERCRED", "SO_PASSCRED", "send_fds", "recv_fds", "SCM_RIGHTS", "SCM_CREDENTIALS"]


def hide() -> None:
    """Takes away what Linux alone has, and what only POSIX has, as far as multiprocessing can do without here."""

    with contextlib.suppress(ImportError):  # inside, nothing is installed
        importlib.import_module("psutil")
    socket.socketpair = functools.partial(socket.socketpair, socket.AF_UNIX)  # elsewhere it makes do with TCP
    for name in MODULES:
        sys.modules[name] = None
    for module, names in ((os, OS), (socket, SOCKET), (signal, ["pidfd_send_signal"]), (select, ["poll", "epoll"])):
        for name in names:
            if hasattr(module, name):
                delattr(module, name)


def main(executable: str, *arguments: str) -> None:
    """Runs what the interpreter was asked to run."""
    sys.executable = executable
    hide()
    left = list(arguments)
    while left[0] not in ("-c", "-m"):
        if left.pop(0) == "-X":
            left.pop(0)
    how, what, *rest = left
    sys.argv[:] = [how, *rest]
    if how == "-m":
        runpy.run_module(what, run_name="__main__", alter_sys=True)
    else:
        module = ModuleType("__main__")  # with no file: multiprocessing's children would run it again
        sys.modules["__main__"] = module
        exec(compile(what, "<string>", "exec"), vars(module))


if __name__ == "__main__":
    main(*sys.argv[1:])
