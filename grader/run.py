"""Grades one submission: a folder of exercise files goes in, a Result comes out.

Who uses it: cli, and later batch and ci. The checks run in a process of their own, the judge (pytest with our plugin),
which sends an event for every check; after each of them the result so far is handed on, and written, so that a killed
grader loses one check at most. Where the judge itself fails, what it did not get to is `broken`: our fault.
"""

from __future__ import annotations

import concurrent.futures
import contextlib
import multiprocessing
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path
from typing import IO, Any, Protocol

import msgspec

from grader import jobs, places, portability
from grader.course import Course
from grader.gathering import Gathering, OnStep
from grader.misuse import Misuse
from grader.orders import Order, Stopped
from grader.result import Result, to_json, write_atomically
from grader.tiers import choose

LEFT_OUT = (  # of pytest's own plugins: what no check uses takes time in each of them all the same
    *("cacheprovider", "debugging", "doctest", "faulthandler", "junitxml", "logging", "monkeypatch", "pastebin"),
    *("recwarn", "setuponly", "setupplan", "skipping", "stepwise", "subtests", "threadexception", "tmpdir"),
    *("unittest", "unraisableexception", "warnings"),
)
CHECK_NET_S = 300  # pytest-timeout's: a net below the judge's own patience, never a measure
EVENT = msgspec.json.Decoder(dict[str, Any])  # made once: looking into a type again and again can swallow a Ctrl-C


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


def grade(
    order: Order,
    course: Course,
    on_step: OnStep | None = None,
    by: Process | None = None,
    beside: Sequence[Process] = (),
) -> Result:
    """Grades `order.folder`; `on_step` is told of the result so far after every check; `by` is a judge that waits
    (its tier is chosen already), and those `beside` it share the exercises with it.

    Raises NoWall where the sandbox cannot be had, OSError where the result cannot be written, and Stopped.
    """
    with contextlib.nullcontext(by) if by else judge_for(order) as process:
        judges = [process, *beside]
        result = _ask(judges, order, course, on_step)
        if order.everywhere and result.complete:
            portability.put_down(result, _elsewhere(judges, order, course, result.start_method), order.folder)
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


def _ask(judges: Sequence[Process], order: Order, course: Course, on_step: OnStep | None = None) -> Result:
    """What the judges find of the order, under its one start method."""
    parts = [replace(order, exercises=part) for part in shares(order.exercises, course, len(judges))]
    gathering = Gathering(order, course, on_step, len(parts))
    if len(parts) == 1:
        _follow(judges[0], parts[0], gathering)
    else:
        _side_by_side(judges, parts, gathering)
    if order.stop.is_asked:
        raise Stopped
    return gathering.fill_up("" if gathering.result.complete else _last_words(judges))


def _side_by_side(judges: Sequence[Process], parts: list[Order], gathering: Gathering) -> None:
    """Each judge has its part; where one fails, or we are interrupted, all have to stop."""
    with concurrent.futures.ThreadPoolExecutor(len(parts)) as threads:
        under_way = [
            threads.submit(_follow, judge, part, gathering) for judge, part in zip(judges, parts, strict=False)
        ]
        try:
            for done in concurrent.futures.as_completed(under_way):
                done.result()
        except BaseException:
            for judge in judges:
                _hang_up(judge)
            raise


def _follow(judge: Process, order: Order, gathering: Gathering) -> None:
    """Takes in what `judge` tells of the order, until that is over."""
    with contextlib.ExitStack() as afterwards:
        for event in _events(judge, order):
            if "begun" in event:  # a judge that was killed leaves it behind
                afterwards.callback(shutil.rmtree, event["begun"]["home"], ignore_errors=True)
                afterwards.callback(order.stop.over, event["begun"]["pid"])
                order.stop.begun(event["begun"]["pid"])
            if not order.stop.is_asked:  # what is told on the way out is of a check that was interrupted
                gathering.take(event)


def shares(exercises: Sequence[str], course: Course, count: int) -> list[list[str]]:
    """The exercises in at most `count` parts with about as many checks each, every part in the course's order.

    An exercise is never divided: what its first checks find says what the others may take.
    """
    parts: list[list[str]] = [[] for _ in range(max(1, min(count, len(exercises))))]
    sizes = {name: len(course.exercises[name].checks) for name in exercises}
    for name in sorted(exercises, key=lambda name: -sizes[name]):
        min(parts, key=lambda part: sum(sizes[each] for each in part)).append(name)
    return [sorted(part, key=exercises.index) for part in parts]


def _elsewhere(judges: Sequence[Process], order: Order, course: Course, known: str) -> dict[str, Result]:
    """The same under each start method but the one that is `known`, by its name."""
    others = (name for name in multiprocessing.get_all_start_methods() if name != known)
    return {name: _ask(judges, replace(order, start_method=name, json=None), course) for name in others}


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
    assert process.stdout
    _hang_up(process)
    process.stdout.close()
    try:
        process.wait(30)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _hang_up(process: Process) -> None:
    """Whatever the judge is at, it interrupts and clears up."""
    assert process.stdin
    with contextlib.suppress(BrokenPipeError):  # what it never took of its job is still to be written
        process.stdin.close()


def _events(process: Process, order: Order) -> Iterator[dict[str, Any]]:
    """The events of one job, until it is done or the judge has ended."""
    assert process.stdin and process.stdout
    job = {
        "type": "job",
        "folder": os.fsencode(order.folder.resolve()),
        "tier": order.tier,
        "exercises": order.exercises,
        "stubs": str(order.home.exercises),
        "report": str(process.home / f"report-{process.pid}.json"),
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


def _last_words(judges: Sequence[Process]) -> str:
    """Why a result is not whole: what the judges said when they ended, each of them after its twins."""
    for judge in reversed(judges):
        _hang_up(judge)
        judge.wait()
    errors = judges[0].errors.fileno()
    os.lseek(errors, max(0, os.fstat(errors).st_size - 2000), os.SEEK_SET)
    said = os.read(errors, 2000).decode("utf-8", "replace").strip()
    return f"the judge ended with {judges[0].returncode}: {said}"
