"""The judge: pytest with our plugin, in a process of its own that waits for jobs.

Who uses it: run and whoever has one or many submissions graded. It is started (ahead.py) as soon as it is sure to be
needed; `begin` tells it which checks to collect, as a line of JSON: pytest's arguments. From then on it takes jobs
(jobs.py).
"""

from __future__ import annotations

import contextlib
import itertools
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from grader import course as courses
from grader import places, systems
from grader.grading.ahead import Judge, Process, started
from grader.limits import LEAST_FILE_MB, LEAST_MEMORY_MB
from grader.misuse import Misuse
from grader.walls import room

LEFT_OUT = (  # of pytest's own plugins: what no check uses takes time in each of them all the same
    *("cacheprovider", "debugging", "doctest", "faulthandler", "junitxml", "logging", "monkeypatch", "pastebin"),
    *("recwarn", "setuponly", "setupplan", "skipping", "stepwise", "subtests", "threadexception", "tmpdir"),
    *("unittest", "unraisableexception", "warnings"),
)
LEAST_TASKS = 128  # processes and threads: ours, and those of two right programs with forty each at one time
MIB = 1 << 20
LEAST = {  # of what whoever started us may have limited: the sentence, how much, and its unit
    "NOFILE": ("use_limit_NOFILE", 512, 1),  # right programs have forty callers at one time
    "FSIZE": ("use_limit_FSIZE", LEAST_FILE_MB, MIB),
    "DATA": ("use_limit_DATA", LEAST_MEMORY_MB, MIB),
    "AS": ("use_limit_AS", LEAST_MEMORY_MB, MIB),
}
CHECK_NET_S = 300  # pytest-timeout's: a net below the judge's own patience, never a measure


@contextlib.contextmanager
def judge(
    home: places.Home = places.KIT,
    *,
    only: Sequence[str] | None = None,
    apart: bool = False,
    course: courses.Course | None = None,
) -> Iterator[Process]:
    """A judge that collects the checks of the course at `home`, and takes jobs; afterwards it has ended.

    With `only`, it knows the checks of these exercises alone, and is there sooner. One that is `apart` hears of no key
    that is pressed, and not of the terminal's end: it ends with the block alone. `course` as in `begin`.
    """
    with started(apart=apart) as process:
        begin(process, home, only, course)
        yield process


def begin(
    process: Judge, home: places.Home, only: Sequence[str] | None = None, course: courses.Course | None = None
) -> None:
    """Has a judge that was started collect the checks of the course at `home`: all, or of these exercises `only`.

    `course` is that course, where it was read already; raises OSError where there is no room for what is told of it, or
    as `look_for_limits` does.
    """
    assert process.stdin
    look_for_limits()
    told = process.home / "course.json"
    told.write_bytes(courses.for_judge(course or courses.load(home.course)))
    process.has_begun = True
    with contextlib.suppress(BrokenPipeError):  # it has died: whoever asks it for something is told so
        process.stdin.write(json.dumps(_pytest_arguments(home, told, only)).encode() + b"\n")
        process.stdin.flush()


def look_for_limits() -> None:
    """Raises Misuse where a judge, or a right program, could not have as much as it may have to."""
    if (left := room.tasks_left()) < LEAST_TASKS:
        raise Misuse("use_few_tasks", left=int(left), least=LEAST_TASKS)
    for name, (word, least, unit) in LEAST.items():
        if (most := systems.ceiling(name) / unit) < least:
            raise Misuse(word, most=int(most), least=least)


def _pytest_arguments(home: places.Home, course: Path, only: Sequence[str] | None = None) -> list[str]:
    files = [home.checks_of(exercise) for exercise in only or ()]
    checks = list(itertools.chain(*files)) if files and all(files) else [home.checks]
    left_out = [part for name in LEFT_OUT for part in ("-p", f"no:{name}")]
    return [
        *left_out,
        *("-c", str(home.pytest_ini), "--rootdir", str(home.checks), "--noconftest"),
        *("--course", str(course)),
        *("-qq", "--no-header", "--no-summary", "--capture=no", "--tb=native", f"--timeout={CHECK_NET_S}"),
        *("--json-report", "--json-report-file="),
        *("--json-report-omit", "collectors", "log", "traceback", "streams", "warnings", "keywords", "--"),
        *map(str, checks),
    ]
