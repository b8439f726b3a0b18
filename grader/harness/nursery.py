"""A nursery: it starts multiprocessing's own helpers, the fork server and the resource tracker, as forks of itself.

Under forkserver and spawn a program's first process is preceded by these two, each in a new interpreter as
`python -c "from multiprocessing... import main; ..."`. For a check that takes longer than all else in it. Here the
zygote forks a nursery beside each such stage: as clean of the student's code as a new interpreter, and nobody's child
that the code could wait for. The stage sends it the command, and the descriptors to have:

    -> one message: the program's text and arguments, NUL between them, each descriptor's number there in front
    <- the PID, through the pipe whose end came as the first descriptor

From outside helpers are known by their command line, so a fork bears that of a new interpreter (and the nursery one of
its own). Where that cannot be had, or there is no nursery any more, new interpreters are started as ever. Linux only.
"""

from __future__ import annotations

import os
import signal
import socket
import struct
import sys
import traceback
from collections.abc import Callable, Iterable, Sequence
from typing import Any

HELPERS = ("from multiprocessing.resource_tracker import main", "from multiprocessing.forkserver import main")
SELF = "from grade_harness.nursery import serve"  # its own command line, as that of a helper
MOST_BYTES, MOST_DESCRIPTORS = 1 << 16, 16
NUMBER = struct.Struct("i")


def serve(stage: socket.socket, be_a_program: Callable[[], object]) -> None:
    """The nursery: forks for each command that the stage sends, until that has gone. It never returns.

    `be_a_program` makes a fork of the zygote look like a program of its own.
    """
    try:
        be_a_program()
        signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for its children
        is_known = _bear([SELF])
        while is_known and (order := _received(stage)):
            text, descriptors = order
            if os.fork() == 0:
                stage.close()
                _become(text, descriptors)
            for descriptor in descriptors:
                os.close(descriptor)
    finally:
        os._exit(0)


def _received(stage: socket.socket) -> tuple[list[str], list[int]] | None:
    text, descriptors, _, _ = socket.recv_fds(stage, MOST_BYTES, MOST_DESCRIPTORS)
    return (text.decode("utf-8", "surrogateescape").split("\0"), descriptors) if text else None


def _become(order: list[str], descriptors: list[int]) -> None:
    """A fork of the nursery: the helper, until it has ended."""
    status = 1
    try:
        numbers, command, *arguments = order
        answer, *theirs = descriptors
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        _bear([command, *arguments])
        os.write(answer, NUMBER.pack(os.getpid()))
        os.close(answer)
        _put(theirs, [int(number) for number in numbers.split()])
        sys.argv[:] = ["-c", *arguments]
        exec(command, {"__name__": "__main__"})
        status = 0
    except SystemExit as error:
        status = error.code if isinstance(error.code, int) else int(error.code is not None)
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(status)


def _put(descriptors: list[int], numbers: list[int]) -> None:
    """Gives each of the `descriptors` its number; what is in the way there are only others of them."""
    import fcntl

    above = max([2, *numbers, *descriptors]) + 1
    moved = [fcntl.fcntl(descriptor, fcntl.F_DUPFD_CLOEXEC, above) for descriptor in descriptors]
    for descriptor in descriptors:
        os.close(descriptor)
    for descriptor, number in zip(moved, numbers, strict=True):
        os.dup2(descriptor, number)
        os.close(descriptor)


def _bear(command: Sequence[str]) -> bool:
    """Gives this process the command line of a Python that runs `command` (proc_pid_stat(5): arg_start, arg_end)."""
    import ctypes

    with open("/proc/self/stat", "rb") as file:
        fields = file.read().rpartition(b")")[2].split()
    start, end = int(fields[45]), int(fields[46])
    line = b"\0".join(part.encode("utf-8", "surrogateescape") for part in ("python", "-c", *command))
    if not 0 < start < end - len("python -c ") - len(SELF):
        return False
    ctypes.memmove(start, line[: end - start - 1].ljust(end - start, b"\0"), end - start)
    with open("/proc/self/cmdline", "rb") as file:
        return file.read().startswith(b"python\0-c\0")


# --- in the stage


def use(nursery: socket.socket) -> None:
    """Has multiprocessing start its helpers there."""
    import multiprocessing.forkserver
    import multiprocessing.resource_tracker
    import multiprocessing.util

    modules: Any = multiprocessing
    started: set[int] = set()
    afresh = modules.util.spawnv_passfds

    def spawnv_passfds(path: Any, args: Sequence[Any], passfds: Iterable[int]) -> int:
        command = _command(args)
        pid = _asked(nursery, command, list(passfds)) if command else None
        if pid is None:
            return int(afresh(path, args, passfds))
        started.add(pid)
        return pid

    modules.util.spawnv_passfds = spawnv_passfds
    modules.forkserver.os = modules.resource_tracker.os = _Os(started)


def _command(args: Sequence[Any]) -> list[str] | None:
    """What of the arguments of a new interpreter comes after `-c`, where that is one of the helpers."""
    texts = [os.fsdecode(arg) for arg in args]
    rest = texts[texts.index("-c") + 1 :] if "-c" in texts else []
    is_helper = bool(rest) and rest[0].removeprefix("import sys; ").startswith(HELPERS)
    return rest if is_helper and not any("\0" in text for text in rest) else None


def _asked(nursery: socket.socket, command: list[str], descriptors: list[int]) -> int | None:
    """The PID of a helper that the nursery has started; None where it could not."""
    numbers = " ".join(map(str, descriptors))
    text = "\0".join([numbers, *command]).encode("utf-8", "surrogateescape")
    if len(text) > MOST_BYTES or len(descriptors) >= MOST_DESCRIPTORS:
        return None
    answer, theirs = os.pipe()
    try:
        socket.send_fds(nursery, [text], [theirs, *descriptors])
        os.close(theirs)
        theirs = -1
        said = os.read(answer, NUMBER.size)
    except OSError:
        return None
    finally:
        os.close(answer)
        if theirs >= 0:
            os.close(theirs)
    return int(NUMBER.unpack(said)[0]) if len(said) == NUMBER.size else None


class _Os:
    """`os` for who waits for helpers that are no children: the two modules that start them."""

    def __init__(self, started: set[int]) -> None:
        self._started = started

    def __getattr__(self, name: str) -> Any:
        return getattr(os, name)

    def waitpid(self, pid: int, options: int) -> tuple[int, int]:
        """As os.waitpid; of a helper, 0 is all that is known of how it ended."""
        if pid not in self._started:
            return os.waitpid(pid, options)
        import select

        try:
            ended = os.pidfd_open(pid)
        except ProcessLookupError:
            return pid, 0
        try:
            has_ended = select.select([ended], [], [], 0 if options & os.WNOHANG else None)[0]
        finally:
            os.close(ended)
        return (pid, 0) if has_ended else (0, 0)
