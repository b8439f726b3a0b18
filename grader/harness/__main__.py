"""The zygote: the first process in a sandbox, from which each check gets a fresh stage.

The sandbox starts it as `python -I -B -c "...; main(FD)"` and speaks to it over the socket FD, one message at a time:

    <- {"plan": {...}, "probes": address, "whole": true}
    -> {"ready": ["limits", "uid", ...], "version": "3.12.1"}     with one descriptor: the scratch folder
    <- {"do": "stage", "start_method": "fork" | null}  with two descriptors: the call socket and the output pipe
    -> {"stage": pid}
    <- {"do": "preload", "name": "ex02_name_and_pid", "path": ..., "code": "e300..."}     for the stages to come
    <- {"do": "clear"}
    -> {"cleared": true}       everything but the zygote has ended; false: something is left in the scratch folder
    -> {"ended": pid, "status": wait status}            at any time, for each process that it has reaped

It never runs a line of the student's. It has multiprocessing imported, so that a stage has it for nothing. As process
1 of a PID namespace it adopts every orphan and cannot be killed from inside; without a namespace it is a subreaper.

What a check costs here is above all the pages that are copied because zygote or stage touch them after the fork: hence
what is needed in between is made before the first fork, and said with few objects.
"""

from __future__ import annotations

import functools
import gc
import importlib.util
import marshal
import os
import select
import signal
import socket
import sys
from io import FileIO, TextIOWrapper
from os import read, write  # as they are before any code of the student's runs
from types import CodeType, ModuleType
from typing import Any

from . import clearing, walls, wire
from .stage import Stage

PR_SET_CHILD_SUBREAPER = 36  # prctl(2)
SET_SIGNAL: Any = getattr(signal.signal, "__wrapped__", signal.signal)  # without its enums, which take long to tell
USUAL = functools.lru_cache(8)(wire.parse)  # nearly all requests are one of two
SHORT = 80  # bytes


def main(descriptor: int) -> None:
    """Serves the judge at socket `descriptor` until it hangs up; in a stage, until the check is over."""
    control = socket.socket(fileno=descriptor)
    zygote = Zygote(control)
    zygote.begin()
    if not zygote.serve():
        zygote.end_all()


class Zygote:
    """Forks stages, reaps whatever ends, and clears up after a check."""

    def __init__(self, control: socket.socket) -> None:
        self.control = control
        self.lines = wire.Lines()
        self.requests: list[dict[str, Any]] = []
        self.passed: list[int] = []  # descriptors that came with them: two for each stage
        self.room = socket.CMSG_SPACE(8 * 4)
        self.probes = ""
        self.preloaded: dict[str, tuple[ModuleType, CodeType]] = {}  # exercise files, about to be run
        self.usual = ""  # start method
        self.whole = False  # whether all processes that we may signal are the submission's
        self.scratch = ""
        self.semaphores = ""  # how their files begin, where others' lie beside them
        self.folders: dict[str, int] = {}  # those that a check could leave something written on, with their modes

    def begin(self) -> None:
        """Walls first, then what a stage needs."""
        self._read()
        request = self.requests.pop(0)
        self.probes, self.whole, self.scratch = request["probes"], request["whole"], request["scratch"]
        _become_subreaper()
        hear_all_signals()
        import_what_a_stage_needs()
        if not self.whole:
            self.semaphores = clearing.name_semaphores(self.scratch)
        self.usual = usual_start_method()
        os.dup2(2, 1)  # a pipe, as it will be in a stage
        self.printers = printer(1), printer(2)
        in_force = walls.put_up(request["plan"])
        self.folders = clearing.of_ours(self.scratch, "/dev/shm")
        walls.hide(True)  # or a stage, the same user's, could write into its memory
        gc.collect()
        gc.freeze()  # what a stage inherits is not looked at, and so not copied, when the stage collects
        gc.enable()  # off until now: of what is imported, nothing is garbage
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # as process 1, what has no handler cannot be sent from inside
        self._listen_for_ends()
        self._be_ready(in_force)

    def _be_ready(self, in_force: list[str]) -> None:
        """Hands out the scratch folder: from outside there may be no other way to it."""
        folder = os.open(self.scratch, os.O_RDONLY | os.O_DIRECTORY)
        text = wire.line({"ready": in_force, "version": sys.version.split()[0]})
        socket.send_fds(self.control, [text], [folder])
        os.close(folder)

    def serve(self) -> bool:
        """Carries out what the judge asks until it hangs up; true in a stage, once that is over."""
        while self._wait():
            self._reap()
            while self.requests:
                request = self.requests.pop(0)
                if request["do"] == "clear":
                    self._clear()
                elif request["do"] == "preload":
                    self._preload(**request)
                elif self._stage(request, self.passed.pop(0), self.passed.pop(0)):
                    return True
        return False

    # --- a stage

    def _stage(self, request: dict[str, Any], call: int, output: int) -> bool:
        """Forks a stage; true in the stage, once it is over."""
        beside: socket.socket | None = None
        try:
            if (request["start_method"] or self.usual) != "fork" and sys.platform == "linux":
                beside = self._nursery(call, output)
            pid = os.fork()
        except OSError as error:
            self._tell(wire.line({"failed": str(error)}))
            return False
        if pid == 0:
            self._become_stage(request, call, output, beside)
            return True
        if beside is not None:
            beside.close()
        os.close(call)
        os.close(output)
        self._tell(b'{"stage":%d}\n' % pid)
        return False

    def _nursery(self, call: int, output: int) -> socket.socket:
        """Forks one; out comes the end that is for the stage."""
        from . import nursery

        for name in ("popen_forkserver", "popen_spawn_posix"):  # now, for all stages to come
            importlib.import_module(f"multiprocessing.{name}")
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            if os.fork() == 0:
                ours.close()
                os.close(call)
                nursery.serve(theirs, lambda: self._be_a_program(output))
        return ours

    def _become_stage(self, request: dict[str, Any], call: int, output: int, beside: socket.socket | None) -> None:
        self._be_a_program(output)
        use(request["start_method"])
        if beside is not None:
            from . import nursery

            nursery.use(beside)
        Stage(Descriptor(call), self.probes, self.scratch, self.preloaded).serve()

    def _be_a_program(self, output: int) -> None:
        """What a fork of the zygote does to look like a program that was just started."""
        signal.set_wakeup_fd(-1)
        SET_SIGNAL(signal.SIGCHLD, signal.SIG_DFL)
        SET_SIGNAL(signal.SIGINT, signal.default_int_handler)
        for end in (self.control, *self.wakeup):
            os.close(end.detach())
        walls.hide(False)  # py-spy looks into a stage
        os.setsid()  # a kill of its process group reaches no one else
        os.dup2(output, 1)
        os.dup2(output, 2)
        os.close(output)
        sys.stdout = sys.__stdout__ = self.printers[0]  # type: ignore[misc]
        sys.stderr = sys.__stderr__ = self.printers[1]  # type: ignore[misc]
        os.chdir(self.scratch)

    def _preload(self, do: str, name: str, path: str, code: str) -> None:
        """Takes in what the file at `path` was compiled to, by a stage that had run nothing of it."""
        spec = importlib.util.spec_from_file_location(name, path)
        assert spec
        self.preloaded[name] = importlib.util.module_from_spec(spec), marshal.loads(bytes.fromhex(code))

    # --- ends

    def _listen_for_ends(self) -> None:
        self.wakeup = socket.socketpair()
        for end in self.wakeup:
            end.setblocking(False)
        signal.signal(signal.SIGCHLD, lambda number, frame: None)
        signal.set_wakeup_fd(self.wakeup[1].fileno(), warn_on_full_buffer=False)
        self.poll = select.poll()
        for end in (self.control, self.wakeup[0]):
            self.poll.register(end, select.POLLIN)

    def _reap(self, *, until_none: bool = False, until_one: bool = False) -> None:
        while True:
            try:
                pid, status = os.waitpid(-1, 0 if until_none or until_one else os.WNOHANG)
            except ChildProcessError:
                return
            if not pid:
                return
            until_one = False
            self._tell(b'{"ended":%d,"status":%d}\n' % (pid, status))

    def _clear(self) -> None:
        self.end_all()
        for folder, mode in self.folders.items():
            clearing.as_at_first(folder, mode)
        if self.semaphores:
            clearing.remove_semaphores(self.semaphores)
        is_clear = clearing.sweep(self.scratch) and (not self.whole or clearing.sweep("/dev/shm", os.getuid()))
        self._tell(b'{"cleared":true}\n' if is_clear else b'{"cleared":false}\n')

    def end_all(self) -> None:
        """Ends all that is left of a check. Nothing can be forked once the kill has reached everyone."""
        if self.whole:
            clearing.kill([-1])
            self._reap(until_none=True)
        else:
            while below := clearing.descendants(os.getpid()):
                clearing.kill(below)
                self._reap(until_one=True)  # not all: what was forked meanwhile has to be found and killed first

    # --- the control socket

    def _wait(self) -> bool:
        ready = [descriptor for descriptor, _ in self.poll.poll()]
        if self.wakeup[0].fileno() in ready:
            self.wakeup[0].recv(4096)
        return self._read() if self.control.fileno() in ready else True

    def _read(self) -> bool:
        try:
            data, passed, _, _ = self.control.recvmsg(1 << 16, self.room)
        except ConnectionResetError:
            return False  # the judge has gone without reading all that we said
        if passed:
            self.passed += memoryview(passed[0][2]).cast("i")
        for text in self.lines.feed(data):
            self.requests.append(USUAL(text) if len(text) < SHORT else wire.parse(text))
        return bool(data)

    def _tell(self, line: bytes) -> None:
        try:
            self.control.sendall(line)
        except BrokenPipeError:
            pass  # the judge has gone; the next read says so


class Descriptor:
    """What a stage does with its socket, without the socket object: each stage would touch all that makes one."""

    def __init__(self, number: int) -> None:
        self.number = number

    def recv(self, most: int) -> bytes:
        """What has come, once something has; nothing where the judge has hung up."""
        return read(self.number, most)

    def sendall(self, text: bytes) -> None:
        """Returns when all of it is sent."""
        while text:
            text = text[write(self.number, text) :]


def _become_subreaper() -> None:
    import ctypes

    if os.getpid() != 1 and sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def hear_all_signals() -> None:
    """Also what those who started us ignore or block, which goes on here (signal(7)): under nohup, SIGHUP ends nobody.

    Python itself ignores two; every program of the student's does.
    """
    if sys.platform == "win32":
        return
    for number in set(range(1, signal.NSIG)) - {signal.SIGPIPE, signal.SIGXFSZ}:
        if signal.getsignal(number) is signal.SIG_IGN:
            SET_SIGNAL(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_SETMASK, [])


def import_what_a_stage_needs() -> None:
    import multiprocessing.managers
    import multiprocessing.pool
    import multiprocessing.popen_fork
    import multiprocessing.queues
    import multiprocessing.shared_memory
    import multiprocessing.synchronize
    import time  # noqa: F401

    from . import cores, named, pools, quiet

    quiet.down(multiprocessing.managers)
    pools.end_well(multiprocessing.pool)
    named.leave(multiprocessing.popen_fork.Popen)
    cores.alike()


def printer(descriptor: int) -> TextIOWrapper:
    """Line by line, so that what was printed before a kill is seen.

    There is no buffer below it, which has a lock: where a thread prints at the moment of a fork, the child would have
    it locked for good.
    """
    raw = FileIO(descriptor, "w", closefd=False)
    return TextIOWrapper(raw, encoding="utf-8", errors="backslashreplace", line_buffering=True)


def usual_start_method() -> str:
    """The one that Python has by itself."""
    import multiprocessing

    return multiprocessing.get_all_start_methods()[0]


def use(start_method: str | None) -> None:
    """Makes `start_method` the default, so that the student's file may still set one of its own."""
    import multiprocessing.context

    if start_method is not None:
        context: Any = multiprocessing.context._default_context
        context._default_context = multiprocessing.get_context(start_method)
