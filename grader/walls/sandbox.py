"""A sandbox: a with-block that starts the harness behind walls, gives a fresh stage per check, and leaves nothing.

Who uses it: the pytest plugin, once for a submission. What goes in: a folder of exercise files and the limits. What
comes out: stages (stage.py). Its folder, and all of the submission that runs, end with the block; the harness hangs up
by itself where the judge dies, and with a PID namespace its end is the end of everything inside.

A submission may break its own zygote (take its last process away, say). Then the sandbox is started anew; it costs the
check that did it, and no other.
"""

from __future__ import annotations

import contextlib
import functools
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from grader import systems
from grader.finding import Broken
from grader.harness import wire
from grader.kernel import interrupts, orphans, peers, processes, timers
from grader.limits import Limits
from grader.walls import staging, starting, tiers
from grader.walls.zygote import Line, Pipe, Zygote, last_words, pidfd_of

NETS_S = {"ready": 60.0, "stage": 20.0, "cleared": 20.0}  # nets, never measures: what is not there by then never comes
WAKE_S = 0.2  # where a submission can stop the zygote, it is woken so often


class Sandbox:
    """`with Sandbox(folder, tier) as sandbox:` - see the module."""

    def __init__(self, tier: str, limits: Limits | None = None) -> None:
        self.tier = tier
        self.limits = limits or Limits()
        self.zygote: Zygote | None = None
        self.ends: dict[int, int] = {}  # wait statuses of what the zygote has reaped, by inner PID
        self.starts = 0
        self.may_ring = False  # whether the submission names a timer that the kernel does not show
        self.preloaded: dict[str, dict[str, str]] = {}  # what each zygote is told to preload, by exercise

    def __enter__(self) -> Sandbox:
        with contextlib.ExitStack() as undo:  # what is begun is ended, also where not all of it can be
            with interrupts.held_back():
                self.home = Path(tempfile.mkdtemp(prefix="grade-", dir=_short_folder()))
                undo.callback(remove, self.home)
                self._furnish()
                self._listen()
                undo.callback(self.probes.close)
                if self.tier == "landlock" and self.uid is None:
                    undo.enter_context(orphans.coming_to_us())
                undo.callback(self.stop)
                self._start()
            self._end = undo.pop_all()
        return self

    def __exit__(self, *exc: object) -> None:
        self._end.close()

    def _furnish(self) -> None:
        self.home.chmod(0o711)
        for name in ("submission", "run", "scratch", "kit"):
            (self.home / name).mkdir()
            (self.home / name).chmod(0o1777 if name == "scratch" else 0o755)  # whatever our umask
        if self.tier != "bubblewrap":
            shutil.copytree(starting.HARNESS, self.home / "kit" / "grade_harness")

    def take_in(self, source: Path) -> int:
        """Copies the submission in; see staging.take_in."""
        count = staging.take_in(source, self.home / "submission")
        self.may_ring = timers.are_named_in(self.home / "submission")
        return count

    # --- names of things, as they are inside

    @property
    def submission(self) -> str:
        """The folder of the submission, as it is called inside."""
        return "/submission" if self.tier == "bubblewrap" else (self.home / "submission").as_posix()

    @property
    def scratch(self) -> str:
        """The folder that the submission may write in, as it is called inside."""
        return "/tmp" if self.tier == "bubblewrap" else (self.home / "scratch").as_posix()

    @property
    def uid(self) -> int | None:
        """The user that everything inside runs as, where that is not ours; no other sandbox of ours has the same."""
        return tiers.throwaway_uid(self.number) if self.tier != "none" else None

    @property
    def address(self) -> str:
        """Where a probe checks in."""
        return "unix:" + ("/run/grade" if self.tier == "bubblewrap" else str(self.home / "run")) + "/probes"

    # --- start and end

    def _listen(self) -> None:
        self.probes = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.number = self.probes.fileno()  # no other sandbox of this process has it
        self.probes.bind(str(self.home / "run" / "probes"))
        if self.uid is None:
            os.chmod(self.home / "run" / "probes", 0o666)
        else:  # no other sandbox's, either
            os.chown(self.home / "run" / "probes", self.uid, self.uid)
            os.chmod(self.home / "run" / "probes", 0o600)
        self.probes.listen(512)
        self.probes.setblocking(False)

    def _start(self) -> None:
        """Starts the harness; its answer is awaited when it is first needed."""
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        theirs.set_inheritable(True)
        with theirs, contextlib.ExitStack() as undo:
            undo.enter_context(ours)
            pid, starter = starting.behind_walls(self.tier, self.home, self.limits, theirs.fileno())
            undo.pop_all()
        self.starts += 1
        self.lines = wire.Lines()
        self.news: list[dict[str, Any]] = []
        self.zygote = Zygote(pid, ours, starter, pidfd_of(pid))
        self.is_up, self._is_ready = True, False
        self.zygote.goes_first()
        self._tell({"plan": self._plan(), "probes": self.address, "whole": self._is_whole, "scratch": self.scratch})
        for preloaded in self.preloaded.values():
            self._tell({"do": "preload", **preloaded})

    @property
    def _is_whole(self) -> bool:
        """Whether every process that the zygote may signal is the submission's."""
        return self.tier == "bubblewrap" or (self.tier == "landlock" and tiers.throwaway_uid() is not None)

    def _plan(self) -> dict[str, Any]:
        return starting.plan(self.tier, self.home, self.limits, self.uid, self._is_whole)

    @property
    def _zygote(self) -> Zygote:
        """The zygote; raises Broken where the last one has been ended and none has come in its place."""
        if self.zygote is None:
            raise Broken("the sandbox could not be started anew")
        return self.zygote

    def ready(self) -> Zygote:
        """The zygote, once it is up; raises Broken where it does not come up."""
        zygote = self._zygote
        if not self._is_ready:
            message = self._await("ready")
            zygote.walls, zygote.version = message["ready"], message["version"]
            self._is_ready = True
        return zygote

    def stop(self) -> None:
        """Ends everything inside, and waits until it has ended."""
        if self.zygote is None:
            return
        zygote, self.zygote = self.zygote, None
        with zygote.outlived_by_none() if self.tier != "bubblewrap" else contextlib.nullcontext():
            zygote.control.close()  # its cue to clear up and leave
            if self.tier == "bubblewrap" or not zygote.leaves_by_itself():
                zygote.kill()
            zygote.let_go()
        if self.tier == "landlock":
            self._end_what_it_left(zygote.starter.returncode != 0)

    def _end_what_it_left(self, was_killed: bool) -> None:
        """Where its zygote was killed from inside, it could clear up nothing; and there may be more than it can."""
        if self.uid is not None:
            if was_killed:
                _end_all_of(self.uid)
            _remove_all_of(self.uid, Path("/dev/shm"))
        elif was_killed:
            orphans.end_all()

    def restart(self) -> None:
        """A new zygote in place of one that is of no more use."""
        self.stop()
        remove(self.home / "scratch")  # what could not be removed from inside
        (self.home / "scratch").mkdir(exist_ok=True)
        (self.home / "scratch").chmod(0o1777)
        with interrupts.held_back():
            self._start()

    # --- stages

    def open(self, start_method: str | None) -> Line:
        """A fresh stage, and how to speak with it; raises Broken where there is none to be had."""
        call, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        peers.attest(call)
        output, writer = os.pipe()
        with theirs:
            try:
                return Line(call, Pipe(output), self.stage(start_method, theirs, writer))
            except BaseException:
                call.close()
                os.close(output)
                raise
            finally:
                os.close(writer)

    def take_note(self) -> None:
        """Of what no event tells: nothing, where the kernel tells."""

    def caller(self, connection: socket.socket) -> peers.Caller | peers.TcpCaller:
        """Who has connected to the probes' socket; raises OSError where that is nobody inside."""
        return peers.Caller(connection, self.is_inside)

    def is_inside(self, pid: int) -> bool:
        """Whether the process is one of those inside."""
        return processes.descends(pid, self._zygote.pid)

    # --- messages to and from the zygote

    def stage(self, start_method: str | None, call: socket.socket, output: int) -> int:
        """Forks a stage that serves `call` and prints to `output`; its inner PID."""
        for trial in (1, 2):
            try:
                zygote = self.ready()
                text, passed = wire.line({"do": "stage", "start_method": start_method}), [call.fileno(), output]
                self._patiently("stage", functools.partial(socket.send_fds, zygote.control, [text], passed))
                return int(self._await("stage")["stage"])
            except (Broken, OSError, KeyError, wire.BadMessage) as error:
                if trial == 2:
                    raise Broken(f"the sandbox gives no stage: {error}") from error
                self.restart()
        raise AssertionError

    def preload(self, exercise: str, code: bytes) -> None:
        """Has every stage from now on run `code` for the file of `exercise`: what it is compiled to, by marshal."""
        path = f"{self.submission}/{exercise}.py"
        self.preloaded[exercise] = {"name": exercise, "path": path, "code": code.hex()}
        try:
            self._tell({"do": "preload", **self.preloaded[exercise]})
        except Broken:
            self.restart()  # half a line may be on its way; the next zygote is told at its start

    def clear(self) -> None:
        """Ends whatever a check has left; starts the sandbox anew where that cannot be done from inside."""
        try:
            self._tell({"do": "clear"})
            if self._await("cleared")["cleared"] is True:
                return
        except (Broken, OSError, KeyError, wire.BadMessage):
            pass
        self.restart()

    def hear(self) -> None:
        """Takes in what the zygote has said; raises Broken where it has gone."""
        zygote = self._zygote
        try:
            data, passed, _, _ = socket.recv_fds(zygote.control, 1 << 16, 1)
        except ConnectionResetError:
            data, passed = b"", []
        if passed:
            zygote.scratch = passed[0]
        if not data:
            raise Broken("the sandbox has ended: " + last_words(zygote.starter))
        for text in self.lines.feed(data):
            message = wire.parse(text)
            if "ended" in message:
                self.ends[int(message["ended"])] = int(message["status"])
            else:
                self.news.append(message)

    def _tell(self, message: dict[str, Any]) -> None:
        """Raises Broken where the zygote does not take it in, or not all of it."""
        zygote, left = self._zygote, memoryview(wire.line(message))

        def send() -> None:
            nonlocal left
            while left:
                left = left[zygote.control.send(left) :]

        with contextlib.suppress(BrokenPipeError):  # it has ended: whoever awaits its answer is told so
            self._patiently("stage" if self._is_ready else "ready", send)

    def _await(self, key: str) -> dict[str, Any]:
        def hear() -> None:
            while not self.news:
                self.hear()

        self._patiently(key, hear)
        message = self.news.pop(0)
        if key not in message:
            raise Broken(f"the sandbox says {message}")
        return message

    def _patiently(self, key: str, do: Callable[[], object]) -> None:
        """Has `do` speak with the zygote, on and on where something has stopped that; raises Broken after a net."""
        zygote, until = self._zygote, time.monotonic() + NETS_S[key]
        while True:
            zygote.control.settimeout(WAKE_S if self.tier != "bubblewrap" else NETS_S[key])
            try:
                do()
                return
            except TimeoutError:
                if time.monotonic() > until:
                    raise Broken("the sandbox does not answer") from None
                zygote.wake()


def _short_folder() -> str | None:
    """The usual one for temporary files, or /tmp where the name of a socket in it would be too long (unix(7))."""
    return "/tmp" if len(os.fsencode(tempfile.gettempdir())) > 45 and os.path.isdir("/tmp") else None


def remove(folder: Path) -> None:
    with contextlib.suppress(RecursionError):
        shutil.rmtree(folder, ignore_errors=True)
    if folder.exists() and systems.IS_POSIX:  # a chain of folders too deep for Python, or ones that nobody may enter
        for command in (["chmod", "-R", "u+rwx"], ["rm", "-rf"]):
            subprocess.run([*command, str(folder)], check=False, capture_output=True)


def _end_all_of(uid: int) -> None:
    """Ends every process of `uid`, which is the submission's alone; what is forked meanwhile, too (kill(2): -1)."""
    subprocess.run(["/bin/sh", "-c", "kill -9 -1"], user=uid, group=uid, extra_groups=[], check=False)


def _remove_all_of(uid: int, folder: Path) -> None:
    """Removes whatever in `folder`, which others use, too, belongs to `uid`."""
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            with contextlib.suppress(OSError):
                if entry.stat(follow_symlinks=False).st_uid == uid:
                    remove(Path(entry)) if entry.is_dir(follow_symlinks=False) else os.unlink(entry)
