"""A stage without a zygote: where there is no fork, each check gets an interpreter of its own.

The sandbox starts it as `python -I -B -c "...; main()"`. What it needs comes as a line of JSON on its standard input,
so that no key of it stands on a command line or in an environment that children inherit:

    {"port": 40001, "key": "...", "probes": "tcp:40002:...", "start_method": "spawn" | null, "plan": {...}}

It connects to that port of this machine, says the key, and serves the judge there, as stage.py has it. The pipe of its
standard input stays open as long as the judge lives: at its end the stage ends, and all that it has started.
"""

from __future__ import annotations

import _thread
import json
import os
import signal
import socket
import subprocess
import sys
from typing import Any


def main() -> None:
    """Serves the judge until the check is over."""
    from . import __main__ as zygote
    from .stage import Stage

    plan = _plan()
    if plan["plan"]["limits"] is not None:
        from . import walls

        walls.put_up(plan["plan"])
    zygote.hear_all_signals()
    zygote.import_what_a_stage_needs()
    for number, name in ((1, "stdout"), (2, "stderr")):
        setattr(sys, name, zygote.printer(number))
        setattr(sys, f"__{name}__", getattr(sys, name))
    zygote.use(plan["start_method"])
    Stage(_connected(plan["port"], plan["key"]), plan["probes"], os.getcwd()).serve()


def _plan() -> dict[str, Any]:
    """The plan; from now on standard input is empty, and somebody waits for the end of the judge."""
    pipe = os.dup(0)
    empty = os.open(os.devnull, os.O_RDONLY)
    os.dup2(empty, 0)
    os.close(empty)
    text = b""
    while not text.endswith(b"\n"):
        text += os.read(pipe, 1 << 16) or sys.exit("the judge has gone")
    _thread.start_new_thread(_end_with_the_judge, (pipe,))  # one that `threading` does not count
    plan: dict[str, Any] = json.loads(text)
    return plan


def _end_with_the_judge(pipe: int) -> None:
    try:
        while os.read(pipe, 1):
            pass
    except OSError:
        return  # closed by the student's code: then it ends only with the check
    if hasattr(os, "killpg"):
        os.killpg(os.getpid(), signal.SIGKILL)  # whoever it has started is of its group, by default
    taskkill = os.path.join(os.environ.get("SYSTEMROOT", "C:\\Windows"), "System32", "taskkill.exe")
    subprocess.run([taskkill, "/F", "/T", "/PID", str(os.getpid())], check=False)
    os._exit(1)


def _connected(port: int, key: str) -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", port))
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    connection.sendall(key.encode("ascii") + b"\n")
    return connection
