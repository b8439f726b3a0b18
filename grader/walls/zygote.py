"""The first process inside a sandbox, and the lines over which we speak with it and its stages, as they are out here.

Who uses it: the sandbox, which starts it, gives it orders and ends it.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import socket
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from grader.kernel import processes

FIRST_TO_GO = "500"  # of 1000: counts as if it held half of all memory more
PATIENCE_S = 5.0  # a net, for what has hung up already


@dataclass
class Zygote:
    """The first process inside, from here: its PID and the socket that we speak over."""

    pid: int
    control: socket.socket
    starter: subprocess.Popen[bytes]
    pidfd: int | None
    walls: list[str] = field(default_factory=list)
    version: str = ""
    scratch: int | None = None  # a descriptor of the scratch folder, opened inside

    def goes_first(self) -> None:
        """Where memory runs out, the kernel ends what is inside before it ends us (proc_pid_oom_score_adj(5))."""
        with contextlib.suppress(OSError):
            Path(f"/proc/{self.pid}/oom_score_adj").write_text(FIRST_TO_GO)

    def wake(self) -> None:
        """Has it go on, where something inside has stopped it."""
        with contextlib.suppress(ProcessLookupError, PermissionError, AttributeError):
            os.kill(self.pid, signal.SIGCONT)

    def leaves_by_itself(self) -> bool:
        """Whether it ends, now that nobody speaks with it any more."""
        try:
            self.starter.wait(PATIENCE_S)
        except subprocess.TimeoutExpired:
            return False
        return True

    def kill(self) -> None:
        """By the pidfd: killing the outer process alone can leave the inner one alive in its first milliseconds."""
        with contextlib.suppress(ProcessLookupError):
            if self.pidfd is not None:
                signal.pidfd_send_signal(self.pidfd, signal.SIGKILL)
            else:
                os.kill(self.pid, signal.SIGKILL)
        self.starter.kill()

    @contextlib.contextmanager
    def outlived_by_none(self) -> Iterator[None]:
        """After the block, whatever is below it now is killed: by pidfds, as a PID may be somebody else's by then."""
        with contextlib.ExitStack() as kept:
            for pid in processes.below(self.pid):
                if (pidfd := pidfd_of(pid)) is not None:
                    kept.callback(os.close, pidfd)
                    kept.callback(_kill, pidfd)
            yield

    def let_go(self) -> None:
        """Waits until it has ended, and closes what was kept of it."""
        self.starter.wait()
        if self.pidfd is not None:
            select.select([self.pidfd], [], [])
            os.close(self.pidfd)
        if self.scratch is not None:
            os.close(self.scratch)
        if self.starter.stderr:
            self.starter.stderr.close()


class Pipe:
    """What a stage and its children print, as it comes."""

    def __init__(self, descriptor: int) -> None:
        os.set_blocking(descriptor, False)
        self._descriptor = descriptor

    def fileno(self) -> int:
        """The descriptor, for a loop to wait for."""
        return self._descriptor

    def read(self) -> bytes:
        """What has come; b"" at the end. Raises BlockingIOError where nothing is there.

        It may have been, a moment ago: whoever inside is the user that we are can open the pipe, and read it empty.
        """
        return os.read(self._descriptor, 1 << 16)

    def rest(self) -> Iterator[bytes]:
        """What is there still; somebody who has not ended may hold the other end, and is not waited for."""
        with contextlib.suppress(BlockingIOError):
            while data := self.read():
                yield data

    def close(self) -> None:
        """Lets go of it."""
        os.close(self._descriptor)


@dataclass
class Line:
    """How the judge speaks with one stage."""

    call: socket.socket
    printed: Any  # a Pipe, or what stands for one (interpreters.py)
    pid: int  # inside


def last_words(starter: subprocess.Popen[bytes]) -> str:
    """What a harness that has ended, or ends, said at last."""
    with contextlib.suppress(OSError, ValueError, subprocess.TimeoutExpired):
        starter.wait(PATIENCE_S)
        if starter.stderr:
            return starter.stderr.read(4000).decode("utf-8", "replace").strip()
    return "it said nothing"


def _kill(pidfd: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        signal.pidfd_send_signal(pidfd, signal.SIGKILL)


def pidfd_of(pid: int) -> int | None:
    """A descriptor that tells when it ends; None where there is none to be had."""
    try:
        return os.pidfd_open(pid)
    except (AttributeError, OSError):
        return None
