"""A stage: the process in which one check meets the student's module.

The judge calls it over a socket of its own, one request at a time:

    {"n": 1, "do": "load", "folder": ..., "name": "ex02_name_and_pid"}
    {"n": 2, "do": "call", "function": "start_process", "args": [...]}     or "handle" or "given" in place of "function"
    {"n": 2, "do": "call", "given": "queue", "args": [...], "module": name, "code": "e300..."}      for the first of it
    {"n": 3, "do": "get", "handle": 7, "name": "exitcode"}                  without a handle: of the module
    {"n": 4, "do": "set", "name": "number", "value": 5}
    {"n": 5, "do": "drop", "handle": 7}
    {"n": 6, "do": "same" | "loops" | "polls" | "slips" | "compiled", ...}  of the text: source.py, polls.py, slips.py
    {"n": 7, "do": "leave", "how": "returns"}               ends as a main program ends; or "exits", "raises"

and it answers `{"n": 1, "returned": value}` or `{"n": 1, "raised": {...}}`. After "raised" it stays in the `except`
block until the judge has looked round and says `{"n": 1, "do": "seen"}`. Everything runs in the main thread.
"""

from __future__ import annotations

import builtins
import gc
import importlib.util
import os
import sys
import traceback
from collections.abc import Callable
from types import CodeType, ModuleType
from typing import Any, Protocol

from . import polls, sent, slips, source, wire
from .given import GIVEN, Stays
from .probe import Probe

OF_A_FUNCTION = 1  # inspect.CO_OPTIMIZED, without the import


class Left(Exception):
    """The main program ends with an exception that nobody catches, because the check wants it to."""


class Connection(Protocol):
    """What of a socket is used of it."""

    def recv(self, most: int, /) -> bytes:
        """As a socket's."""

    def sendall(self, text: bytes, /) -> None:
        """As a socket's."""


class Stage:
    """Answers requests until the judge hangs up."""

    def __init__(
        self,
        connection: Connection,
        probes: str,
        scratch: str,
        preloaded: dict[str, tuple[ModuleType, CodeType]] | None = None,
    ) -> None:
        self.connection = connection
        self.probes = probes  # the address that a lent probe calls
        self.lent: dict[str, Probe] = {}  # each is the same one every time, as a function is
        self.scratch = scratch
        self.preloaded = preloaded or {}  # exercise files that are compiled already
        self.pid = os.getpid()
        self.lines = wire.Lines()
        self.requests: list[bytes] = []
        self.kept: dict[int, object] = {}
        self.sent: dict[str, Any] = {}  # what a check has asked for, beside what is always there
        self.module: ModuleType | None = None
        self.folder = ""

    def serve(self) -> None:
        """Returns when the judge hangs up or says "leave"; then raises where a main program is to end so."""
        while (request := self._next()) is not None:
            if request["do"] == "leave":
                return _leave(request["how"])
            self._answer(request)

    def _next(self) -> dict[str, Any] | None:
        while not self.requests:
            data = self.connection.recv(1 << 16)
            if not data:
                return None
            self.requests += self.lines.feed(data)
        return wire.parse(self.requests.pop(0))

    def _answer(self, request: dict[str, Any]) -> None:
        try:
            value = getattr(self, "_" + request["do"])(request)
            self._end_copy()
            gc.collect()  # pools and managers that hang in cycles end here, as they would a little later
            self._tell(request, returned=self._say(value))
        except BaseException as error:
            self._end_copy(error)
            gc.collect()
            self._tell(request, raised=self._account(error))
            self._next()

    def _end_copy(self, error: BaseException | None = None) -> None:
        """A raw fork of the student's came back here: it says so, and ends as a program would."""
        if os.getpid() == self.pid:
            return
        if error is not None and not isinstance(error, SystemExit):
            traceback.print_exception(type(error), error, error.__traceback__)
        code = error.code if isinstance(error, SystemExit) else bool(error)
        sys.stdout.flush()
        self._tell({"n": 0}, copy=os.getpid())  # its last word: the check is over then
        os._exit(code if isinstance(code, int) else int(code is not None))

    def _tell(self, request: dict[str, Any], **what: Any) -> None:
        self.connection.sendall(wire.line({"n": request["n"], **what}))

    # --- what can be asked

    def _load(self, request: dict[str, Any]) -> None:
        self.folder = os.path.abspath(request["folder"])  # with the system's own separators, as code has its file
        sys.path.append(self.folder)  # at the end: nothing in it shadows the standard library
        path = os.path.join(self.folder, request["name"] + ".py")
        sys.argv[:] = [path]
        if request["name"] in self.preloaded:
            self.module, code = self.preloaded[request["name"]]
            _execute(self.module, lambda module: exec(code, module.__dict__))
        else:
            spec = importlib.util.spec_from_file_location(request["name"], path)
            assert spec and spec.loader
            self.module = importlib.util.module_from_spec(spec)
            _execute(self.module, spec.loader.exec_module)
        self.module = sys.modules.get(request["name"], self.module)  # a file may put another one in its place
        os.chdir(self.scratch)  # many a file goes to its own folder when it is imported; relative paths are from here

    def _call(self, request: dict[str, Any]) -> object:
        args = [self._hear(arg) for arg in request["args"]]
        return self._callee(request)(*args)

    def _callee(self, request: dict[str, Any]) -> Any:
        if "function" in request:
            return getattr(self.module, request["function"])
        return self._given(request) if "given" in request else self.kept[request["handle"]]

    def _given(self, request: dict[str, Any]) -> Any:
        if "module" in request:
            self.sent.update(sent.take_in(request["module"], bytes.fromhex(request["code"]), self.scratch))
        name = request["given"]
        return GIVEN[name] if name in GIVEN else self.sent[name]

    def _get(self, request: dict[str, Any]) -> object:
        return getattr(self.kept[request["handle"]] if "handle" in request else self.module, request["name"])

    def _set(self, request: dict[str, Any]) -> None:
        setattr(self.module, request["name"], self._hear(request["value"]))

    def _drop(self, request: dict[str, Any]) -> None:
        del self.kept[request["handle"]]

    def _same(self, request: dict[str, Any]) -> bool:
        return source.same(request["path"], request["stub"])

    def _polls(self, request: dict[str, Any]) -> dict[str, list[list[int]]]:
        return polls.polls(request["path"])

    def _slips(self, request: dict[str, Any]) -> dict[str, list[slips.Slip]]:
        return slips.slips(source.read(request["path"]), request["functions"])

    def _compiled(self, request: dict[str, Any]) -> bytes | None:
        return source.compiled(request["name"], request["path"])

    def _loops(self, request: dict[str, Any]) -> dict[str, list[str]]:
        return source.loops(request["path"], request["functions"])

    # --- values, as they cross

    def _say(self, value: object) -> Any:
        try:
            return wire.say(value, self._keep)
        except wire.Unsayable as error:
            return {"unsayable": str(error)}

    def _keep(self, value: object) -> dict[str, Any]:
        if type(value) is Probe:
            return {"probe": value.name}
        handle = len(self.kept) + 1
        self.kept[handle] = value
        name, base = wire.class_names(value)
        return {"handle": handle, "type": name, "base": base}

    def _hear(self, said: Any) -> Any:
        return wire.hear(said, self._stand_in)

    def _stand_in(self, said: dict[str, Any]) -> object:
        if "probe" in said:
            return self.lent.setdefault(said["probe"], Probe(said["probe"], self.probes))
        kept = self.kept[said["handle"]]
        return kept.value if type(kept) is Stays else kept

    def _account(self, error: BaseException) -> dict[str, Any]:
        """What the judge is told of an exception: class, text, and the frames in the student's files."""
        places = [(frame.f_code, line) for frame, line in traceback.walk_tb(error.__traceback__)]
        students = [(code, line) for code, line in places if self._is_students(code.co_filename)]
        return {
            "type": wire.name_of(type(error)),
            "kind": next(base.__name__ for base in type(error).__mro__ if _is_builtin(base)),
            "text": wire.text_of(error),
            "errno": _number(error),
            "frames": [[_path(code.co_filename), line, _sayable(code.co_name[:200])] for code, line in students[-20:]],
            "at": self._place(error),
            "outside": _outside(students),
        }

    def _is_students(self, filename: str) -> bool:
        return bool(self.folder) and filename.startswith(self.folder + os.sep)

    def _place(self, error: BaseException) -> Any:
        if isinstance(error, SyntaxError) and isinstance(error.lineno, int):
            return [_path(str(error.filename)), error.lineno]
        return None


def _execute(module: ModuleType, how: Callable[[ModuleType], None]) -> None:
    """As importlib does it, so that Python says of a circle of imports that it is one."""
    spec: Any = module.__spec__
    sys.modules[spec.name] = module
    spec._initializing = True
    try:
        how(module)
    finally:
        spec._initializing = False


def _outside(places: list[tuple[CodeType, int]]) -> Any:
    """The last line outside of functions that has called one of the student's, and which; None where none has."""
    outside = [index for index, (code, _) in enumerate(places) if code.co_name == "<module>"]
    called = places[outside[-1] + 1][0] if outside and outside[-1] + 1 < len(places) else None
    if called is None or not called.co_flags & OF_A_FUNCTION or not called.co_name.isidentifier():
        return None  # as in the body of a class, or a comprehension
    code, line = places[outside[-1]]
    return [_path(code.co_filename), line, _sayable(called.co_name[:80])]


def _number(error: BaseException) -> int | None:
    """What the system calls an OSError that it has raised; asked of OSError's own slot, whatever a class says."""
    number = vars(OSError)["errno"].__get__(error) if isinstance(error, OSError) else None
    return number if type(number) is int and abs(number) < 1 << 31 else None


def _path(name: str) -> str:
    """A file's name as the judge has it: with slashes on every system."""
    return _sayable(name.replace(os.sep, "/"))


def _sayable(text: str) -> str:
    return text.encode("utf-8", "backslashreplace").decode()


def _is_builtin(kind: type) -> bool:
    return getattr(builtins, kind.__name__, None) is kind


def _leave(how: str) -> None:
    if how == "exits":
        sys.exit()
    if how == "raises":
        sys.tracebacklimit = 0  # our own lines say nothing to a student
        raise Left("the check ends the main program in this way")
