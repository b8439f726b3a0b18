"""The judge as a process of its own, from its start to its end; it imports what it needs while its starter does, too.

Who uses it: judging, which has it collect its checks; and start.py, which has looked at nothing but the words of the
command line by then: hence little is imported here. The judge's working folder is its own, and goes with it.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, Protocol

from grader import judge

WAIT = """
import gc, json, sys
gc.disable()
import pytest, pytest_jsonreport.plugin, pytest_metadata.plugin, pytest_timeout
import grader.judge.pytest_plugin
plugins = [grader.judge.pytest_plugin, pytest_metadata.plugin, pytest_jsonreport.plugin, pytest_timeout]
if arguments := sys.stdin.buffer.raw.readline():  # no further: see jobs.py
    sys.exit(pytest.main(json.loads(arguments), plugins))
grader.judge.remove_folder()  # whoever started it has ended before it said anything
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
def started(*, apart: bool = False) -> Iterator[Judge]:
    """A judge that is still to be told what to collect (judging.begin); afterwards it has ended.

    One that is `apart` hears of no key that is pressed, and not of the terminal's end: it ends with the block alone.
    """
    with tempfile.TemporaryFile() as errors, tempfile.TemporaryDirectory(prefix=judge.FOLDER) as folder:
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
