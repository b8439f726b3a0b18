"""Runs a small module whose function `go` hangs, or waits in an odd way, and gives what the judge makes of it.

Who uses it: test_hanging.py, test_odd_waits.py and the bench. A module says in its own text what is expected: in its
head `# hang:`, `# cause:` and, where it is bound to one, `# method:`, and at each line where somebody waits

    process.join()  # waits: main join -> process writer

with who waits, for what (a key of [waits]), how many seconds where that is known, and for whom. In the head stands who
waits at no line.
"""

from __future__ import annotations

import re
import shutil
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from grader.finding import Finding
from grader.handles.stage import Stage
from grader.handles.submission import Submission
from grader.hangs import hang
from grader.judge.examine import asking_loops
from grader.limits import Limits
from grader.result import Waiting
from grader.walls.sandbox import Sandbox

Expected = tuple[str, int | None, str, float | None, str | None]
WAIT = re.compile(r"(.+?) (\w+)(?: (\d+))?(?: -> (.+))?$")


@dataclass
class Seen:
    """What came of a run: a finding, or what was returned; and how long it took, in seconds."""

    finding: Finding | None
    value: object
    took_s: float
    output: str

    def waiting(self) -> set[Expected]:
        """Who waits where for what, as far as a module says what is expected."""
        return {_plain(each) for each in self.finding.waiting} if self.finding else set()


def run(path: Path, method: str | None = None, tier: str = "bubblewrap", limits: Limits | None = None) -> Seen:
    """Calls `go` of the module at `path` in a sandbox of its own."""
    with tempfile.TemporaryDirectory() as folder, Sandbox(tier, limits) as sandbox:
        shutil.copy(path, Path(folder) / "module.py")
        sandbox.take_in(Path(folder))
        with Stage(sandbox) as reader:
            asking = asking_loops(reader, f"{sandbox.submission}/module.py")
        with Stage(sandbox, "module", method) as stage:
            stage.watch.polling.loops = asking
            stage.explain = hang.Explainer(stage)
            return _call(Submission(stage), stage)


def _call(submission: Submission, stage: Stage) -> Seen:
    finding, value, begun = None, None, time.monotonic()
    try:
        submission.load()
        begun = time.monotonic()
        value = submission.go().value
    except Finding as found:
        finding = found
    return Seen(finding, value, time.monotonic() - begun, stage.output.text())


def _plain(waiting: Waiting) -> Expected:
    return _any(waiting.who), waiting.line, waiting.waits_for, waiting.seconds, waiting.on and _any(waiting.on)


def _any(who: str) -> str:
    """Which worker of a pool takes a task is not for us to say, nor which PID a process gets."""
    return re.sub(r"^(pool worker|process) \d+$", r"\1", who)


def head(path: Path, name: str) -> str | None:
    """What the head of the module says under `name`."""
    found = re.search(rf"^# {name}: (.+)$", path.read_text("utf-8"), re.MULTILINE)
    return found.group(1) if found else None


def expected(path: Path) -> set[Expected]:
    """Who waits where for what, as the module says."""
    return set(_expected(path))


def _expected(path: Path) -> Iterator[Expected]:
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        code, mark, told = line.partition("# waits: ")
        for each in told.split("; ") if mark else ():
            found = WAIT.match(each)
            assert found, each
            who, key, seconds, on = found.groups()
            yield (
                _any(who),
                number if code.strip("# ") else None,
                key,
                float(seconds) if seconds else None,
                on and _any(on),
            )
