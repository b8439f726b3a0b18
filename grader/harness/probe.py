"""A probe inside: the callable that a check lends to the student's function as `target`, `report` or `action`.

Whoever calls it, in whatever process or thread, checks in at the judge's socket and then does as it is ordered:

    <- {"welcome": true}         from now on the kernel attests the writer of each message
    -> {"probe": "hold", "pid": 7, "thread": 7, "args": ..., "kwargs": ..., "name": ..., "daemon": ..., "caller": 5}
    <- {"order": "goes_on"} | "returns" value | "raises" type text | "exits" code | "ends_by" signal
    <- {"order": "ignores", "signal": 15} | "blocks" signal | "catches" signal | "lingers" address
    <- {"order": "calls", ...} module function | "reads" module name
    -> {"gave": value} | {"raised": type, "text": text}       and waits for the next order
    -> {"caught": 15}            when a signal has come that it catches, one or more of it

A process that lingers checks in once more, as "end", when it has come to its end in good order, and is held there: so
who returns without waiting for it is seen to do so. (A signal ends it all the same.)

What it says of itself is a claim; the judge asks the kernel who it is. It is pickled by reference to this module with
its name and the socket's address, so it crosses into children under every start method.
"""

from __future__ import annotations

import builtins
import importlib
import multiprocessing
import multiprocessing.util
import os
import select
import signal
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from . import wire


class Probe:
    """Calls the judge. `name` is "hold", "note" or "end"; `address` is "unix:PATH" or "tcp:PORT:KEY"."""

    def __init__(self, name: str, address: str) -> None:
        self.name = name
        self.address = address
        self.__name__ = self.__qualname__ = name

    def __reduce__(self) -> tuple[type[Probe], tuple[str, str]]:
        return Probe, (self.name, self.address)

    def __call__(self, *args: object, **kwargs: object) -> object:
        """Checks in, then carries out orders until one of them ends the call."""
        with _line_to_judge(self.address) as line:
            line.hear()
            line.tell(self._check_in(args, kwargs))
            while True:
                order = line.hear()
                if order["order"] in _ENDINGS:
                    break
                line.tell(line.catches(order) if order["order"] == "catches" else _STAYING[order["order"]](order))
        return _ENDINGS[order["order"]](order)

    def _check_in(self, args: tuple[object, ...], kwargs: dict[str, object]) -> dict[str, Any]:
        process = multiprocessing.current_process()
        caller = multiprocessing.parent_process()
        return {
            "probe": self.name,
            "pid": os.getpid(),
            "thread": _thread(self.address),
            "args": _say(args),
            "kwargs": _say(kwargs),
            "name": _say(process.name),
            "daemon": _say(process.daemon),
            "caller": caller.pid if caller else None,
        }


class _Line:
    def __init__(self, connection: socket.socket) -> None:
        self.connection = connection
        self.lines = wire.Lines()
        self.heard: list[bytes] = []
        self.bell: socket.socket | None = None  # a byte comes there with each signal that it catches

    def tell(self, message: dict[str, Any]) -> None:
        self.connection.sendall(wire.line(message))

    def hear(self) -> dict[str, Any]:
        while not self.heard:
            self._wait()
            data = self.connection.recv(1 << 16)
            if not data:
                _wait_for_the_end()
            self.heard += self.lines.feed(data)
        return wire.parse(self.heard.pop(0))

    def _wait(self) -> None:
        """Until the judge says something. A signal that comes just before a call would not end it: the bell does."""
        ready: list[socket.socket] = []
        while self.bell and self.connection not in ready:
            ready = select.select([self.connection, self.bell], [], [])[0]
            self._tell_what_was_caught(self.bell)

    def _tell_what_was_caught(self, bell: socket.socket) -> None:
        try:
            numbers = set(bell.recv(1 << 10))
        except BlockingIOError:
            return
        for number in numbers:
            self.tell({"caught": number})

    def catches(self, order: dict[str, Any]) -> dict[str, Any]:
        """Has a signal told to the judge when it comes, in place of what it would do; for a process's main thread.

        Its handler does nothing: who is sent one signal after the other would call it from within itself.
        """
        self.bell, self.rope = socket.socketpair()
        self.bell.setblocking(False)
        self.rope.setblocking(False)
        signal.set_wakeup_fd(self.rope.fileno(), warn_on_full_buffer=False)
        signal.signal(order["signal"], lambda number, frame: None)
        return {"gave": None}


@contextmanager
def _line_to_judge(address: str) -> Iterator[_Line]:
    kind, _, rest = address.partition(":")
    if kind == "unix":
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        target: Any = rest
    else:
        port, _, key = rest.partition(":")
        connection = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        target = ("127.0.0.1", int(port))
    with connection:
        connection.connect(target)
        if kind == "tcp":
            connection.sendall(key.encode("ascii") + b"\n")
        yield _Line(connection)


def _thread(address: str) -> int:
    """The system's number of this thread; over TCP, where no kernel says more, a main thread bears the PID."""
    if address.startswith("tcp:") and threading.current_thread() is threading.main_thread():
        return os.getpid()
    return threading.get_native_id()


def _wait_for_the_end() -> None:
    """The check is over, and so is this process in a moment."""
    if sys.platform == "win32":
        os._exit(1)  # nobody may be left to end it
    select.select([], [], [])


def _say(value: object) -> Any:
    try:
        return wire.say(value, _stays)
    except wire.Unsayable as error:
        return {"unsayable": str(error)}


def _stays(value: object) -> dict[str, Any]:
    if type(value) is Probe:
        return {"probe": value.name}
    name, base = wire.class_names(value)
    return {"object": name, "base": base}


def _module(order: dict[str, Any]) -> Any:
    return importlib.import_module(order["module"])


def _calls(order: dict[str, Any]) -> dict[str, Any]:
    try:
        return {"gave": _say(getattr(_module(order), order["function"])(*wire.hear(order["args"], _refuse)))}
    except Exception as error:
        return {"raised": wire.name_of(type(error)), "text": wire.text_of(error)}


def _reads(order: dict[str, Any]) -> dict[str, Any]:
    try:
        return {"gave": _say(getattr(_module(order), order["name"]))}
    except Exception as error:
        return {"raised": wire.name_of(type(error)), "text": wire.text_of(error)}


def _ignores(order: dict[str, Any]) -> dict[str, Any]:
    signal.signal(order["signal"], signal.SIG_IGN)
    return {"gave": None}


def _blocks(order: dict[str, Any]) -> dict[str, Any]:
    signal.pthread_sigmask(signal.SIG_BLOCK, [order["signal"]])
    return {"gave": None}


def _lingers(order: dict[str, Any]) -> dict[str, Any]:
    linger(order["address"])
    return {"gave": None}


def linger(address: str) -> None:
    """Has this process held at its end, when whatever was begun in it is done."""
    multiprocessing.util.Finalize(None, Probe("end", address), exitpriority=1000)


def _raises(order: dict[str, Any]) -> object:
    raise getattr(builtins, order["type"])(order["text"])


def _ends_by(order: dict[str, Any]) -> object:
    if sys.platform == "win32":
        _is_terminated()
    signal.signal(order["signal"], signal.SIG_DFL) if order["signal"] != signal.SIGKILL else None
    os.kill(os.getpid(), order["signal"])
    while True:
        signal.pause()


def _is_terminated() -> None:
    """As Process.terminate() ends a process there: multiprocessing takes that exit code for SIGTERM."""
    from multiprocessing import popen_spawn_win32 as popen

    windows: Any = importlib.import_module("_winapi")
    windows.TerminateProcess(windows.GetCurrentProcess(), getattr(popen, "TERMINATE", 0x10000))


_STAYING = {"calls": _calls, "reads": _reads, "ignores": _ignores, "blocks": _blocks, "lingers": _lingers}
_ENDINGS = {
    "goes_on": lambda order: None,
    "returns": lambda order: wire.hear(order["value"], _refuse),
    "raises": _raises,
    "exits": lambda order: sys.exit(order["code"]),
    "ends_by": _ends_by,
}


def _refuse(said: dict[str, Any]) -> object:
    raise wire.BadMessage("a probe returns plain data only")
