"""Grades one submission: a folder of exercise files goes in, a Result comes out.

Who uses it: cli, and later batch and ci. The checks run in a process of their own, the judge (pytest with our plugin),
which sends an event for every check; after each of them the result so far is handed on, and written, so that a killed
grader loses one check at most. Where the judge itself fails, what it did not get to is `broken`: our fault.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timezone
from pathlib import Path
from typing import IO, Any, Protocol

import msgspec

from grader import __version__, jobs, places, portability
from grader.course import Course
from grader.limits import Limits
from grader.misuse import Misuse
from grader.result import CheckResult, ExerciseResult, Result, State, Verdict, to_json, write_atomically
from grader.tiers import choose

LEFT_OUT = (  # of pytest's own plugins: what no check uses takes time in each of them all the same
    *("cacheprovider", "debugging", "doctest", "faulthandler", "junitxml", "logging", "monkeypatch", "pastebin"),
    *("recwarn", "setuponly", "setupplan", "skipping", "stepwise", "subtests", "threadexception", "tmpdir"),
    *("unittest", "unraisableexception", "warnings"),
)
CHECK_NET_S = 300  # pytest-timeout's: a net below the judge's own patience, never a measure
EVENT = msgspec.json.Decoder(dict[str, Any])  # made once: looking into a type again and again can swallow a Ctrl-C
OnStep = Callable[[Result, ExerciseResult], None]


class Stopped(Exception):
    """An order was called off; the judge that was at it is as good as before."""


class NoSubmission(Misuse):
    """There is nothing to grade at the path that was given: the user's failure."""


class Process(Protocol):
    """A judge: what of a subprocess.Popen is used of it. It has a folder of its own, and complains to a file."""

    home: Path
    errors: IO[bytes]

    @property
    def pid(self) -> int:
        """Its PID, outside."""

    @property
    def stdin(self) -> IO[bytes] | None:
        """Where jobs go in."""

    @property
    def stdout(self) -> IO[bytes] | None:
        """Where events come out."""

    @property
    def returncode(self) -> int | Any:
        """Its exit status, once it has ended."""

    def poll(self) -> int | None:
        """None while it lives."""

    def wait(self, timeout: float | None = None) -> int:
        """Returns once it has ended; raises TimeoutExpired."""

    def kill(self) -> None:
        """Ends it at once."""


class Judge(subprocess.Popen[bytes]):
    """A judge in a process that we started."""

    home: Path
    errors: IO[bytes]


class Stop:
    """Calls an order off, from any thread and at any time: what has begun is interrupted, and clears up."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._pid: int | None = None  # of who is at it
        self.is_asked = False

    def ask(self) -> None:
        """Calls it off."""
        with self._lock:
            if not self.is_asked and self._pid is not None:
                self._interrupt(self._pid)
            self.is_asked = True

    def begun(self, pid: int) -> None:
        """`pid` is at it from now on."""
        with self._lock:
            self._pid = pid
            if self.is_asked:
                self._interrupt(pid)

    def over(self) -> None:
        """Nobody is at it any more; raises Stopped where it was called off."""
        with self._lock:
            self._pid = None
            if self.is_asked:
                raise Stopped

    def _interrupt(self, pid: int) -> None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(pid, signal.SIGINT)


@dataclass
class Order:
    """What is to be graded, and how."""

    folder: Path
    exercises: list[str]
    home: places.Home = places.KIT
    tier: str = "auto"
    start_method: str | None = None
    everywhere: bool = False  # whether it is tried under every other start method, too
    limits: Limits = field(default_factory=Limits)
    name: str = ""
    json: Path | None = None  # where the result is written after each check
    submitted_at: str | None = None
    key: str | None = None  # see Result
    stop: Stop = field(default_factory=Stop)


def grade(order: Order, course: Course, on_step: OnStep | None = None, by: Process | None = None) -> Result:
    """Grades `order.folder`; `on_step` is told of the result so far after every check; `by` is a judge that waits
    (its tier is chosen already).

    Raises NoWall where the sandbox cannot be had, OSError where the result cannot be written, and Stopped.
    """
    with contextlib.nullcontext(by) if by else judge_for(order) as process:
        result = _ask(process, order, course, on_step)
        if order.everywhere and result.complete:
            portability.put_down(result, _elsewhere(process, order, course, result.start_method), order.folder)
    result.graded_at = datetime.now(timezone.utc).isoformat(timespec="seconds")
    if order.json:
        write_atomically(order.json, to_json(result), durable=True)
    return result


@contextlib.contextmanager
def judge_for(order: Order) -> Iterator[Process]:
    """A judge to grade `order` by, which starts while other things are done; the order's tier is chosen then.

    Raises NoWall.
    """
    order.tier = choose(order.tier)
    with judge(order.home, only=order.exercises) as process:
        yield process


def _ask(process: Process, order: Order, course: Course, on_step: OnStep | None = None) -> Result:
    """What `process` finds of the order, under its one start method."""
    result = blank(order, course)
    begun = time.monotonic()
    with contextlib.ExitStack() as afterwards:
        for event in _events(process, order):
            if "begun" in event:  # a judge that was killed leaves it behind
                afterwards.callback(shutil.rmtree, event["begun"]["home"], ignore_errors=True)
                order.stop.begun(event["begun"]["pid"])
            if order.stop.is_asked:  # what is told on the way out is of a check that was interrupted
                continue
            exercise = _take(event, result)
            result.duration_s = round(time.monotonic() - begun, 3)
            if exercise is not None:
                _withhold(exercise, course)
                _hand_on(result, order, exercise, on_step)
        order.stop.over()
        failure = "" if result.complete else _last_words(process)
    _fill_up(result, order, course, failure)
    result.add_up()
    return result


def _elsewhere(process: Process, order: Order, course: Course, known: str) -> dict[str, Result]:
    """The same under each start method but the one that is `known`, by its name."""
    others = (name for name in multiprocessing.get_all_start_methods() if name != known)
    return {name: _ask(process, replace(order, start_method=name, json=None), course) for name in others}


def find_folder(path: Path, course: Course) -> Path:
    """The folder with the exercise files: `path` itself or `exercises` below it; raises NoSubmission.

    A link below `path` is somebody's who hands in, and could lead to the solutions.
    """
    if not path.exists():
        raise NoSubmission("use_not_there", path=path)
    if not path.is_dir():
        raise NoSubmission("use_file", path=path)
    for folder in (path, *(below for below in [path / "exercises"] if not below.is_symlink())):
        if any((folder / f"{exercise}.py").exists() for exercise in course.exercises):
            return folder
    raise NoSubmission("use_no_exercises", path=path, wanted=next(iter(course.exercises)))


# --- the judge


@contextlib.contextmanager
def judge(
    home: places.Home = places.KIT, *, only: Sequence[str] | None = None, apart: bool = False
) -> Iterator[Process]:
    """pytest with our plugin and the checks of the course at `home`, waiting for jobs; afterwards it has ended.

    With `only`, it knows the checks of these exercises alone, and is there sooner. One that is `apart` hears of no key
    that is pressed, and not of the terminal's end: it ends with the block alone.
    """
    with tempfile.TemporaryFile() as errors, tempfile.TemporaryDirectory(prefix=jobs.FOLDER) as folder:
        os.chmod(folder, 0o711)  # the sandboxes are in it, whose user need not be ours
        process = Judge(
            [sys.executable, "-I", "-m", "pytest", *_pytest_arguments(home, only)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            cwd=folder,
            env=_environment(folder),
            start_new_session=apart,
        )
        process.errors, process.home = errors, Path(folder)
        try:
            yield process
        finally:
            end(process)


def _pytest_arguments(home: places.Home, only: Sequence[str] | None = None) -> list[str]:
    files = [home.checks / f"{exercise}.py" for exercise in only or ()]
    checks = files if files and all(map(Path.is_file, files)) else [home.checks]
    plugins = ("grader.pytest_plugin", "pytest_metadata.plugin", "pytest_jsonreport.plugin", "pytest_timeout")
    loaded = [part for name in plugins for part in ("-p", name)]
    left_out = [part for name in LEFT_OUT for part in ("-p", f"no:{name}")]
    return [
        *loaded,
        *left_out,
        *("-c", str(home.pytest_ini), "--rootdir", str(home.checks), "--noconftest"),
        *("--course", str(home.course)),
        *("-qq", "--no-header", "--no-summary", "--capture=no", "--tb=native", f"--timeout={CHECK_NET_S}"),
        *("--json-report", "--json-report-file="),
        *("--json-report-omit", "collectors", "log", "traceback", "streams", "warnings", "keywords", "--"),
        *map(str, checks),
    ]


def _environment(folder: str) -> dict[str, str]:
    """Ours, without what changes pytest or Python; whatever a judge makes for a while is in `folder`."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "PYTHON", "COV_"))}
    return {**kept, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "TMPDIR": folder}


def end(process: Process) -> None:
    """Ends a judge, whatever it is at; it clears up."""
    assert process.stdin and process.stdout
    with contextlib.suppress(BrokenPipeError):
        process.stdin.close()  # whatever it is at, it interrupts and clears up
    process.stdout.close()
    try:
        process.wait(30)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _events(process: Process, order: Order) -> Iterator[dict[str, Any]]:
    """The events of one job, until it is done or the judge has ended."""
    assert process.stdin and process.stdout
    job = {
        "type": "job",
        "folder": os.fsencode(order.folder.resolve()),
        "tier": order.tier,
        "exercises": order.exercises,
        "stubs": str(order.home.exercises),
        "report": str(process.home / "report.json"),
        "start_method": order.start_method,
        "limits": order.limits,
    }
    with contextlib.suppress(BrokenPipeError):
        process.stdin.write(msgspec.json.encode(job) + b"\n")
        process.stdin.flush()
    for line in process.stdout:
        event = EVENT.decode(line)
        if "over" in event:
            return
        yield event


def _last_words(process: Process) -> str:
    assert process.stdin
    with contextlib.suppress(BrokenPipeError):
        process.stdin.close()  # what it never took of its job is still to be written
    process.wait()
    errors = process.errors.fileno()
    os.lseek(errors, max(0, os.fstat(errors).st_size - 2000), os.SEEK_SET)
    said = os.read(errors, 2000).decode("utf-8", "replace").strip()
    return f"the judge ended with {process.returncode}: {said}"


# --- the result


def blank(order: Order, course: Course) -> Result:
    """The result before anything is graded."""
    return Result(
        course=course.id,
        kit=__version__,
        python="",
        start_method=order.start_method or "",
        submission=order.name or places.as_text(order.folder.resolve().name),
        sandbox=order.tier,
        submitted_at=order.submitted_at,
        key=order.key,
    )


def _take(event: dict[str, Any], result: Result) -> ExerciseResult | None:
    """Puts one event into the result; the exercise that it concerns."""
    if "begun" in event:
        result.python, result.start_method = event["begun"]["python"], event["begun"]["start_method"]
    elif "check" in event:
        check = msgspec.convert(event["check"], CheckResult)
        exercise = next(found for found in result.exercises if found.id == event["exercise"])
        exercise.checks.append(check)
        return exercise
    elif "exercise" in event:
        result.exercises.append(msgspec.convert(event["exercise"], ExerciseResult))
    elif "done" in event:
        result.complete = True
    return None


def _withhold(exercise: ExerciseResult, course: Course) -> None:
    """Once all checks are there: what passed because nothing happened at all earns nothing."""
    checks = course.exercises[exercise.id].checks
    if len(exercise.checks) < len(checks):
        return
    passed = [check for check in exercise.checks if check.verdict is Verdict.PASSED]
    shown = {check.function for check in passed if not checks[check.id].absence}
    for check in passed:
        beside = shown if check.function == "import" else shown & {check.function}
        if checks[check.id].absence and not beside:
            check.verdict, check.points, check.cause = Verdict.SKIPPED, 0, "nothing_else_passed"


def _hand_on(
    result: Result,
    order: Order,
    exercise: ExerciseResult,
    on_step: OnStep | None,
) -> None:
    result.add_up()
    if order.json:
        write_atomically(order.json, msgspec.json.encode(result))  # indented at the end, once
    if on_step:
        on_step(result, exercise)


def _fill_up(result: Result, order: Order, course: Course, failure: str) -> None:
    """What the judge did not get to is broken."""
    for name in order.exercises:
        found = next((exercise for exercise in result.exercises if exercise.id == name), None)
        if found is None:
            found = ExerciseResult(id=name, state=State.GRADED)
            result.exercises.append(found)
        graded = {check.id for check in found.checks}
        for key, check in course.exercises[name].checks.items():
            if key not in graded:
                found.checks.append(
                    CheckResult(
                        id=key,
                        function=check.function,
                        section=check.section,
                        verdict=Verdict.BROKEN,
                        max_points=course.points(check),
                        stretch=check.stretch,
                        facts={"error": failure or "the judge did not come to it"},
                    )
                )
