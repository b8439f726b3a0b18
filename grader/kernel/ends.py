"""Who holds the other end of what somebody waits for: of a pipe, of a socket, of a semaphore between processes.

Who uses it: whom.py. Everything is read from /proc: descriptors and what they are open for (proc_pid_fdinfo(5)), which
memory processes share (proc_pid_maps(5)), and, for a lock of multiprocessing, its count in the memory of each process
that has acquired it. What cannot be read is left out.
"""

from __future__ import annotations

import contextlib
import os
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from grader.kernel import calls, processes
from grader.kernel.settled import Wait

READS, WRITES = {os.O_RDONLY, os.O_RDWR}, {os.O_WRONLY, os.O_RDWR}
NEXT, NEAR = 1, 4  # how far from each other the numbers of a pair may be
MOST_FILES = 256  # that somebody polls at the same time
MOST_MEMORY = 96 << 20  # that is searched of one process
SEMAPHORE = struct.Struct("QQiii")  # handle, last_tid, count, maxvalue, kind: struct SemLockObject (semaphore.c)
MOST_FOUND = 1000  # places that look like a lock: there is one for a semaphore
SEMAPHORES_MOST = 0x7FFF_FFFF


@dataclass
class Ends:
    """The descriptors of some processes, as they are when it is made."""

    pids: list[int]
    by_pid: dict[int, dict[str, set[int]]] = field(default_factory=dict)  # "pipe:[4711]" -> how it is open

    def __post_init__(self) -> None:
        for pid in self.pids:
            self.by_pid[pid] = {}
            for number, what in _descriptors(pid):
                if what.startswith(("pipe:", "socket:", "/")):
                    self.by_pid[pid].setdefault(what, set()).add(_mode(pid, number))

    def others(self, wait: Wait) -> list[int]:
        """The processes that hold the other end of what `wait` reads, writes or polls."""
        return next(filter(None, (self._others(wait, reach) for reach in (NEXT, NEAR))), [])

    def _others(self, wait: Wait, reach: int) -> list[int]:
        wanted = READS if wait.call in ("write", "writev") else WRITES
        waited_for = what_is_waited_for(wait)
        return [
            pid
            for pid, held in self.by_pid.items()
            if pid != wait.pid and any(self._has_far_end(held, what, wanted, reach) for what in waited_for)
        ]

    def _has_far_end(self, held: dict[str, set[int]], what: str, wanted: set[int], reach: int) -> bool:
        """Whether the other end of `what` is among the descriptors `held`.

        The two sockets of a pair are made one after the other, and the kernel numbers them so, unless a socket of
        somebody else comes in between: where the next one is nobody's, it may be the one after that.
        """
        if not what.startswith("socket:["):
            return bool(held.get(what, set()) & wanted)
        if reach > NEXT and any(_near(what, NEXT) & other.keys() for other in self.by_pid.values()):
            return False
        return bool(_near(what, reach) & held.keys())


def _near(socket: str, reach: int) -> set[str]:
    """The sockets that were made `reach` numbers before or after it, or fewer."""
    number = int(socket[8:-1])
    return {f"socket:[{number + step}]" for step in range(-reach, reach + 1) if step}


def what_is_waited_for(wait: Wait) -> set[str]:
    """The pipes and sockets that `wait` reads, writes or polls."""
    return {calls.descriptor(wait.pid, number) for number in _waited_for(wait)}


def _waited_for(wait: Wait) -> Iterable[int]:
    if wait.call in ("poll", "ppoll"):
        return _polled(wait.pid, wait.args[0], min(wait.args[1], MOST_FILES))
    if wait.call in calls.FILE_CALLS or wait.call in ("recvfrom", "recvmsg", "sendto", "sendmsg"):
        return [wait.args[0]]
    return []


def _polled(pid: int, pointer: int, count: int) -> list[int]:
    """The descriptors of the array that poll(2) was given."""
    with contextlib.suppress(OSError, struct.error, OverflowError), open(f"/proc/{pid}/mem", "rb", 0) as memory:
        memory.seek(pointer)
        return [number for number, _, _ in struct.iter_unpack("ihh", memory.read(8 * count))]
    return []


def _descriptors(pid: int) -> Iterator[tuple[str, str]]:
    with contextlib.suppress(OSError):
        for name in os.listdir(f"/proc/{pid}/fd"):
            with contextlib.suppress(OSError):
                yield name, os.readlink(f"/proc/{pid}/fd/{name}")


def _mode(pid: int, number: str) -> int:
    with contextlib.suppress(OSError, ValueError, IndexError):
        return int(processes.read(f"/proc/{pid}/fdinfo/{number}").split(b"flags:")[1].split()[0], 8) & os.O_ACCMODE
    return -1


# --- semaphores

Shared = tuple[str, int]  # the file's device and inode, and an offset in it


def semaphore(wait: Wait) -> Shared | None:
    """Which semaphore between processes a futex call waits for; None where it is none."""
    if wait.call != "futex":
        return None
    for start, end, offset, file in _shared_maps(wait.pid):
        if start <= wait.args[0] < end:
            return file, offset + wait.args[0] - start
    return None


def holder(shared: Shared, pids: Iterable[int]) -> int | None:
    """The process that has acquired the lock `shared` and not released it, as its own copy of the lock says.

    A process has it in one place: sem_open(3) gives the same one each time.
    """
    holding = [pid for pid in pids for address in _addresses(pid, shared)[:1] if _holds(pid, address)]
    return holding[0] if len(holding) == 1 else None


def _addresses(pid: int, shared: Shared) -> list[int]:
    return [
        start + shared[1] - offset
        for start, end, offset, file in _shared_maps(pid)
        if file == shared[0] and 0 <= shared[1] - offset < end - start
    ]


def _shared_maps(pid: int) -> list[tuple[int, int, int, str]]:
    found = []
    for span, rights, offset, file in _maps(pid):
        if "s" in rights:
            found.append((*span, offset, file))
    return found


def _maps(pid: int) -> Iterator[tuple[tuple[int, int], str, int, str]]:
    with contextlib.suppress(OSError):
        for line in processes.read(f"/proc/{pid}/maps").decode("utf-8", "replace").splitlines():
            span, rights, offset, device, inode, *_ = line.split(maxsplit=5)
            start, end = (int(part, 16) for part in span.split("-"))
            yield (start, end), rights, int(offset, 16), "" if inode == "0" else f"{device}:{inode}"


def _holds(pid: int, address: int) -> bool:
    """Whether the memory of `pid` has a SemLock for the semaphore at `address` that it has acquired."""
    wanted, room = address.to_bytes(8, "little"), MOST_MEMORY
    for (start, end), rights, _, file in _maps(pid):
        if rights.startswith("rw") and not file and end - start <= room:
            room -= end - start
            if _is_held(_memory(pid, start, end), wanted):
                return True
    return False


def _memory(pid: int, start: int, end: int) -> bytes:
    with contextlib.suppress(OSError, OverflowError), open(f"/proc/{pid}/mem", "rb", 0) as memory:
        memory.seek(start)
        return memory.read(end - start)
    return b""


def _is_held(block: bytes, wanted: bytes) -> bool:
    at = block.find(wanted)
    for _ in range(MOST_FOUND):
        if at < 0:
            break
        if at % 8 == 0 and at + SEMAPHORE.size <= len(block):
            _, _, count, most, kind = SEMAPHORE.unpack_from(block, at)
            if 0 < count <= SEMAPHORES_MOST and kind in (0, 1) and most == 1:
                return True
        at = block.find(wanted, at + 8)
    return False
