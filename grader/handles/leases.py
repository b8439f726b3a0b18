"""Files that nobody can open for now, and who waits for them: 'who opens what' as a fact from the kernel.

Who uses it: files.py, for a check. The judge takes a write lease on a file (fcntl(2), F_SETLEASE): whoever opens that
file sleeps in open(2) until the judge lets it go, and the kernel lists the sleeper below the lease in /proc/locks
(proc_locks(5)). So a check sees which process copies which file, and how many do so at the same time, and decides
which of them goes on. The kernel breaks a lease by itself after 45 s (/proc/sys/fs/lease-break-time): before that every
wait ends, by the name that it has after any longer one. A check that came so far all the same is broken, never failed.
"""

from __future__ import annotations

import contextlib
import math
import os
import signal
import time
from dataclasses import dataclass
from typing import NoReturn

from grader import systems
from grader.finding import Broken, Finding, NotHere
from grader.handles.stage import Settled, Stage
from grader.kernel import processes

BREAK_TIME = "/proc/sys/fs/lease-break-time"  # in seconds; 0: the kernel breaks none
BREAK_S = 45  # what that is, where nobody has changed it
PART = 0.9  # of it: what a check with files that are held may take


@dataclass(frozen=True)
class Opener:
    """A process that waits to open a file which is held."""

    pid: int
    in_main_process: bool
    file_name: str


class Hold:
    """Holds files, by descriptors of theirs; `let_go` (or the end of the judge) lets all of them go."""

    def __init__(self, stage: Stage, files: dict[str, int]) -> None:
        """Raises NotHere where the kernel gives no leases; only where it raises nothing are the descriptors its own."""
        if not systems.KERNEL_TELLS:
            raise NotHere
        self._stage = stage
        self._files = files
        self._names = {os.fstat(number).st_ino: name for name, number in files.items()}
        self._ends = time.monotonic() + _most_s(stage.limits.patience_s)
        for number in files.values():
            _lease(number)
        stage.watch.ends.add(self._ends)
        stage.holds.append(self)

    def next(self) -> Opener:
        """Somebody who waits to open a file."""
        return self.take(1)[0]

    def take(self, count: int) -> list[Opener]:
        """Waits until `count` processes wait at the same time, each of them to open a file."""
        try:
            self._stage.until(lambda: len(self._by_process()) >= count or self._is_main_there(), eager=True)
        except Settled as settled:
            self._too_few(count, settled)
        if self._is_main_there():
            raise Finding(cause="opened_here", expected="another process opens it", seen="your own process does")
        return self._by_process()[:count]

    def workers(self) -> int:
        """How many processes wait to open a file, once all inside is settled."""
        self._stage.settle()
        return len(self._by_process())

    def opened_by_main(self) -> bool:
        """Whether the process that runs the student's function waits to open one, once all inside is settled."""
        self._stage.settle(self._is_main_there)
        return self._is_main_there()

    def let_go(self, *names: str) -> None:
        """Whoever waits for these files goes on; without names, for any."""
        for name in names or tuple(self._files):
            os.close(self._files.pop(name))  # and with it the lease
        if self.is_closed:
            self._stage.watch.ends.discard(self._ends)

    def let_go_all_but(self, name: str) -> None:
        """Whoever waits for any other file goes on."""
        self.let_go(*(other for other in self._files if other != name))

    @property
    def is_closed(self) -> bool:
        """Whether nothing is held any more."""
        return not self._files

    def _is_main_there(self) -> bool:
        return any(opener.in_main_process for opener in self._now())

    def _by_process(self) -> list[Opener]:
        return list({opener.pid: opener for opener in self._now()}.values())

    def _now(self) -> list[Opener]:
        leases = waiting()
        found = []
        for inode, name in self._names.items():
            if name in self._files and inode not in leases:
                raise Broken("the kernel has broken a lease: the check took too long")
            for pid in leases.get(inode, []) if name in self._files else []:
                with contextlib.suppress(*processes.GONE):
                    found.append(Opener(processes.inside_pid(pid), pid == self._stage.outer_pid, name))
        return found

    def _too_few(self, count: int, settled: Settled) -> NoReturn:
        """The Finding that says why no more processes open a file."""
        if now := self._by_process():
            facts = {"wanted": str(count), "got": str(len(now))}
            raise Finding(cause="too_few_workers", expected=f"{count} processes", seen=f"{len(now)}", facts=facts)
        self._stage.overdue()
        if self._stage.call is not None and self._stage.call.has_returned:
            seen = "the function has returned without that"
            raise Finding(cause="nothing_opened", expected="a file is opened to copy it", seen=seen)
        raise self._stage.explain(settled.halt) from None


def _most_s(patience_s: float) -> float:
    """How long files may be held; where the kernel has less patience than the check, that is nobody's fault inside."""
    try:
        break_s = int(processes.read(BREAK_TIME)) or math.inf
    except (OSError, ValueError):
        break_s = BREAK_S
    return max(patience_s, PART * break_s)


def _lease(number: int) -> None:
    import fcntl

    try:
        os.fchown(number, os.geteuid(), -1)  # a lease is for the owner; a container's root is not above that
        # Whoever waits is told to the holder by a signal: one that does nothing, as the others would end the judge.
        fcntl.fcntl(number, fcntl.F_SETSIG, signal.SIGURG)
        fcntl.fcntl(number, fcntl.F_SETLEASE, fcntl.F_WRLCK)
    except BlockingIOError:
        raise  # somebody inside has it open
    except OSError as error:  # a regular file of ours, as files.py has seen
        raise Broken(f"the scratch folder's file system gives no lease: {error}") from error
    # Where only readers wait for a lease, they look at it anew with every tick of the kernel's clock. Beside a writer,
    # even one that does not stay, they sleep, so that it can be seen that they sleep for good.
    with contextlib.suppress(BlockingIOError):
        os.close(os.open(f"/proc/self/fd/{number}", os.O_WRONLY | os.O_NONBLOCK))


def waiting() -> dict[int, list[int]]:
    """The inodes that we have leases of, each with the outer PIDs of everyone who waits for it."""
    found: dict[int, list[int]] = {}
    sleepers: list[int] = []
    for line in processes.read("/proc/locks").decode("ascii", "replace").splitlines():
        _, *words = line.split()
        if words[0] == "->":
            sleepers.append(int(words[4]))
        else:
            sleepers = []
            if words[0] == "LEASE" and words[3] == str(os.getpid()):
                found[int(words[4].split(":")[2])] = sleepers
    return found
