"""A sandbox without fork, /proc and Unix sockets (macOS, Windows): each stage is a fresh interpreter; tier `none`.

Who uses it: the pytest plugin, by `made`, where the kernel tells no more (systems.py). There is no zygote: the judge
itself is the stages' parent. A stage is told on its standard input where to call (harness/fresh.py) and with which key;
its probes have another. What it prints goes to a file. After a check everything below the stage is ended, and whatever
bears its mark in the environment; a process that has neither parent nor mark any more is not found.
"""

from __future__ import annotations

import contextlib
import os
import platform
import secrets
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from grader import systems
from grader.finding import Broken
from grader.harness import wire
from grader.kernel import by_psutil, helpers, peers, processes
from grader.limits import Limits
from grader.walls import bubblewrap
from grader.walls.sandbox import NETS_S, Sandbox, remove
from grader.walls.starting import OPTIONS, environment
from grader.walls.zygote import Line, Zygote

MARK = "GRADE_STAGE"
BEGIN = "import sys; sys.path.insert(0, {kit!r}); from grade_harness.fresh import main; main()"
KEY_NET_S = 20.0  # for a stranger who has connected in a stage's place and says nothing
TRACKER_NET_S = 3.0  # for multiprocessing's resource tracker to clear up


def made(tier: str, limits: Limits | None = None) -> Sandbox:
    """The sandbox of that tier, as this system has it."""
    return Sandbox(tier, limits) if systems.KERNEL_TELLS else Interpreters(tier, limits)


class Printed:
    """What a stage and its children print: a file, which the judge reads on from where it was."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = open(path, "rb", 0)  # noqa: SIM115 - closed by close()
        self._left: int | None = None

    def read(self) -> bytes:
        """What has come; b"" where nothing has."""
        data = self._file.read(1 << 16 if self._left is None else min(self._left, 1 << 16)) or b""
        if self._left is not None:
            self._left -= len(data)
        return data

    def rest(self) -> Any:
        """What is there still."""
        return iter(self.read, b"")

    def end_here(self) -> None:
        """What comes from now on is none of the student's."""
        self._left = max(0, self._path.stat().st_size - self._file.tell())

    def close(self) -> None:
        """Lets go of it."""
        self._file.close()


class Interpreters(Sandbox):
    """As Sandbox is used, with stages that are started afresh."""

    def _listen(self) -> None:
        self.number = 0
        self.probes = _listener()
        self.probes.setblocking(False)
        self._born_s = time.time()
        self._stage: subprocess.Popen[bytes] | None = None
        self._mark = self._key = ""
        self._line: Line | None = None

    @property
    def address(self) -> str:
        """Where a probe of the stage checks in, and with which key."""
        return f"tcp:{self.probes.getsockname()[1]}:{self._key}"

    def _start(self) -> None:
        """Nothing starts before a stage does: in the zygote's place stands the judge."""
        self.starts += 1
        ours, self._nobody = socket.socketpair()
        self.zygote = Zygote(os.getpid(), ours, None, None)  # type: ignore[arg-type]
        self.zygote.version = platform.python_version()
        self.zygote.walls = ["limits"] if _has_limits() else []
        self._open_scratch()
        self.is_up = True

    def _open_scratch(self) -> None:
        assert self.zygote
        if hasattr(os, "O_DIRECTORY"):
            self.zygote.scratch = os.open(self.scratch, os.O_RDONLY | os.O_DIRECTORY)

    def ready(self) -> Zygote:
        """What stands in the place of a zygote."""
        assert self.zygote
        return self.zygote

    def stop(self) -> None:
        """Ends everything inside, and waits until it has ended."""
        if self.zygote is None:
            return
        self._end_all()
        zygote, self.zygote = self.zygote, None
        zygote.control.close()
        self._nobody.close()
        if zygote.scratch is not None:
            os.close(zygote.scratch)

    def preload(self, exercise: str, code: bytes) -> None:
        """Does nothing: a stage that is started afresh inherits nothing."""

    # --- stages

    def open(self, start_method: str | None) -> Line:
        """A fresh stage, and how to speak with it; raises Broken where there is none to be had."""
        self._mark, self._key, key = (secrets.token_hex(16) for _ in range(3))
        path = self.home / f"printed-{self._mark}"
        with _listener() as listener:
            with open(path, "ab") as output:
                self._stage = self._begun(output)
            port = listener.getsockname()[1]
            told = {
                "port": port,
                "key": key,
                "probes": self.address,
                "start_method": start_method,
                "plan": self._plan(),
            }
            self._tell_stage(wire.line(told))
            call = self._call(listener, key)
        self._line = Line(call, Printed(path), self._stage.pid)
        return self._line

    def _plan(self) -> dict[str, Any]:
        plan = super()._plan()
        return plan if _has_limits() else {**plan, "limits": None}

    def _begun(self, output: Any) -> subprocess.Popen[bytes]:
        kit = str(self.home / "kit")
        return subprocess.Popen(
            [_python(), *OPTIONS, BEGIN.format(kit=kit)],
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=self.scratch,
            env={**environment(self.scratch), MARK: self._mark},
            start_new_session=True,
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),  # Ctrl-C is for the judge
        )

    def _tell_stage(self, plan: bytes) -> None:
        assert self._stage and self._stage.stdin
        with contextlib.suppress(OSError):  # it has ended: whoever awaits its call is told so
            self._stage.stdin.write(plan)
            self._stage.stdin.flush()

    def _call(self, listener: socket.socket, key: str) -> socket.socket:
        """The connection of who says the key."""
        ends = time.monotonic() + NETS_S["ready"]
        while time.monotonic() < ends and self._stage and self._stage.poll() is None:
            with contextlib.suppress(TimeoutError):
                connection, _ = listener.accept()
                if _says(connection, key):
                    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                    return connection
                connection.close()
        self._end_all()
        raise Broken("no stage has called")

    def take_note(self) -> None:
        """Of the stage's end."""
        if self._stage is not None and self._stage.poll() is not None:
            self.ends[self._stage.pid] = status_of(self._stage.returncode)

    def caller(self, connection: socket.socket) -> peers.TcpCaller:
        """Who has connected to the probes' port."""
        return peers.TcpCaller(connection, self._key)

    def is_inside(self, pid: int) -> bool:
        """Whether the process is below the stage, or bears its mark."""
        root = self._stage.pid if self._stage else 0
        return pid == root or processes.descends(pid, root) or by_psutil.is_marked(pid, MARK, self._mark)

    def clear(self) -> None:
        """Ends whatever a check has left, and empties the scratch folder."""
        self._end_all()
        assert self.zygote
        if self.zygote.scratch is not None:
            os.close(self.zygote.scratch)
        remove(self.home / "scratch")
        (self.home / "scratch").mkdir(exist_ok=True)
        self._open_scratch()

    def _end_all(self) -> None:
        if self._stage is None:
            return
        trackers = [pid for pid in self._inside() if helpers.helper(pid) == "resource tracker"]
        for pid in trackers:
            by_psutil.suspend(pid)
        by_psutil.end_all(lambda: [pid for pid in self._inside() if pid not in trackers])
        if self._line is not None:
            self._line.printed.end_here()  # what a tracker says of what it clears up is not the student's
        for pid in trackers:
            by_psutil.resume(pid)
        by_psutil.await_all(trackers, TRACKER_NET_S)
        by_psutil.end_all(self._inside)
        self._stage.wait()
        if self._stage.stdin:
            with contextlib.suppress(OSError):
                self._stage.stdin.close()
        self._stage = self._line = None

    def _inside(self) -> list[int]:
        """Everything alive of the stage: what is below it, what bears its mark, and itself."""
        assert self._stage
        root = self._stage.pid
        found = {root, *processes.below(root), *by_psutil.marked(MARK, self._mark, self._born_s)}
        return sorted(filter(processes.is_alive, found))


def status_of(code: int) -> int:
    """The wait status of an exit code as subprocess has it: below 0 for a signal."""
    return -code if code < 0 else code << 8


def _listener() -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):  # on Windows another could listen at the same port
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
    listener.bind(("127.0.0.1", 0))
    listener.listen(512)
    listener.settimeout(0.1)
    return listener


def _says(connection: socket.socket, key: str) -> bool:
    """Whether the first line that comes is the key."""
    connection.settimeout(KEY_NET_S)
    text, wanted = b"", key.encode("ascii") + b"\n"
    try:
        while len(text) < len(wanted) and (data := connection.recv(len(wanted) - len(text))):
            text += data
    except OSError:
        return False
    return secrets.compare_digest(text, wanted)


def _python() -> str:
    """The interpreter itself: on Windows a virtual environment's would start it as a child."""
    base = getattr(sys, "_base_executable", None)
    return str(base) if base and not systems.IS_POSIX else bubblewrap.python()


def _has_limits() -> bool:
    try:
        import resource  # noqa: F401
    except ImportError:
        return False
    return True
