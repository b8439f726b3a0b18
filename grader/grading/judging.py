"""The judge as a process of its own: pytest with our plugin, which waits for jobs.

Who uses it: run and whoever has one or many submissions graded. It is started as soon as it is sure to be needed, and
imports what it needs meanwhile; `begin` tells it which checks to collect, as a line of JSON: pytest's arguments. From
then on it takes jobs (jobs.py). Its working folder is its own, and goes with it.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, Any, Protocol

from grader import places
from grader.judge import jobs

LEFT_OUT = (  # of pytest's own plugins: what no check uses takes time in each of them all the same
    *("cacheprovider", "debugging", "doctest", "faulthandler", "junitxml", "logging", "monkeypatch", "pastebin"),
    *("recwarn", "setuponly", "setupplan", "skipping", "stepwise", "subtests", "threadexception", "tmpdir"),
    *("unittest", "unraisableexception", "warnings"),
)
CHECK_NET_S = 300  # pytest-timeout's: a net below the judge's own patience, never a measure
WAIT = """
import json, sys
import pytest, pytest_jsonreport.plugin, pytest_metadata.plugin, pytest_timeout
import grader.course, grader.judge.pytest_plugin
grader.course.kit()
plugins = [grader.judge.pytest_plugin, pytest_metadata.plugin, pytest_jsonreport.plugin, pytest_timeout]
if arguments := sys.stdin.buffer.readline():
    sys.exit(pytest.main(json.loads(arguments), plugins))
"""


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
    has_begun = False


@contextlib.contextmanager
def judge(
    home: places.Home = places.KIT, *, only: Sequence[str] | None = None, apart: bool = False
) -> Iterator[Process]:
    """A judge that collects the checks of the course at `home`, and takes jobs; afterwards it has ended.

    With `only`, it knows the checks of these exercises alone, and is there sooner. One that is `apart` hears of no key
    that is pressed, and not of the terminal's end: it ends with the block alone.
    """
    with started(apart=apart) as process:
        begin(process, home, only)
        yield process


@contextlib.contextmanager
def started(*, apart: bool = False) -> Iterator[Judge]:
    """A judge that is still to be told what to collect; see `judge`."""
    with tempfile.TemporaryFile() as errors, tempfile.TemporaryDirectory(prefix=jobs.FOLDER) as folder:
        os.chmod(folder, 0o711)  # the sandboxes are in it, whose user need not be ours
        process = Judge(
            [sys.executable, "-I", "-c", WAIT],
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
            if not process.has_begun:
                process.kill()
            end(process)


def begin(process: Judge, home: places.Home, only: Sequence[str] | None = None) -> None:
    """Has a judge that was started collect the checks of the course at `home`: all, or of these exercises `only`."""
    assert process.stdin
    process.has_begun = True
    with contextlib.suppress(BrokenPipeError):  # it has died: whoever asks it for something is told so
        process.stdin.write(json.dumps(_pytest_arguments(home, only)).encode() + b"\n")
        process.stdin.flush()


def _pytest_arguments(home: places.Home, only: Sequence[str] | None = None) -> list[str]:
    files = [home.checks / f"{exercise}.py" for exercise in only or ()]
    checks = files if files and all(map(Path.is_file, files)) else [home.checks]
    left_out = [part for name in LEFT_OUT for part in ("-p", f"no:{name}")]
    return [
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
    hang_up(process)
    process.stdout.close()
    try:
        process.wait(30)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def hang_up(process: Process) -> None:
    """Whatever the judge is at, it interrupts and clears up."""
    assert process.stdin
    with contextlib.suppress(BrokenPipeError):  # what it never took of its job is still to be written
        process.stdin.close()
