"""Grades one submission: a folder of exercise files goes in, a Result comes out.

Who uses it: twins, and whoever has one judge grade a submission. The checks run in a process of their own, the judge
(pytest with our plugin), which sends an event for every check; after each of them the result so far is handed on, and
written, so that a killed grader loses one check at most. Where the judge itself fails, what it did not get to is
`broken`: our fault.
"""

from __future__ import annotations

import concurrent.futures
import contextlib
import multiprocessing
import os
import shlex
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import msgspec

from grader.course import Course
from grader.grading import portability
from grader.grading.ahead import Judge, Process, hang_up, started
from grader.grading.gathering import Gathering, OnStep
from grader.grading.judging import begin
from grader.grading.orders import Order, Stopped
from grader.grading.shares import Faulty, Share, shares
from grader.intake import filenames
from grader.misuse import Misuse
from grader.result import Result, to_json, write_atomically
from grader.walls.tiers import choose

EVENT = msgspec.json.Decoder(dict[str, Any])  # made once: looking into a type again and again can swallow a Ctrl-C


class NoSubmission(Misuse):
    """There is nothing to grade at the path that was given: the user's failure."""


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
    with contextlib.nullcontext(by) if by else judge_for(order, course) as process:
        judges = [process, *beside]
        result = _ask(judges, order, course, on_step)
        if order.everywhere and result.complete:
            portability.put_down(result, _elsewhere(judges, order, course, result.start_method), order.folder)
    result.graded_at = datetime.now(timezone.utc).isoformat(timespec="seconds")
    if order.json:
        write_atomically(order.json, to_json(result), durable=True)
    return result


@contextlib.contextmanager
def judge_for(order: Order, course: Course) -> Iterator[Process]:
    """A judge to grade `order` by; see `brief`."""
    with started() as process:
        brief(process, order, course)
        yield process


def brief(judge: Judge, order: Order, course: Course) -> None:
    """Has a judge that was started collect what `order` needs, whose tier is chosen then; raises NoWall."""
    begin(judge, order.home, order.exercises, course)
    order.tier = choose(order.tier)  # it collects meanwhile


def _ask(judges: Sequence[Process], order: Order, course: Course, on_step: OnStep | None = None) -> Result:
    """What the judges find of the order, under its one start method."""
    parts = shares(order.exercises, course, len(judges))
    gathering = Gathering(order, course, on_step, len(parts))
    _side_by_side(judges, order, parts, gathering)
    while gathering.result.complete and not order.stop.is_asked and (again := gathering.again())[0]:
        _follow(judges[0], order.after(gathering.result.duration_s), *again, gathering)
    if order.stop.is_asked:
        raise Stopped
    return gathering.fill_up("" if gathering.result.complete else _last_words(judges))


def _side_by_side(judges: Sequence[Process], order: Order, parts: list[Share], gathering: Gathering) -> None:
    """Each judge has its share; where one fails, or we are interrupted, all have to stop."""
    if len(parts) == 1:
        return _follow(judges[0], order, parts[0], {}, gathering)
    with concurrent.futures.ThreadPoolExecutor(len(parts)) as threads:
        under_way = [
            threads.submit(_follow, judge, order, part, {}, gathering)
            for judge, part in zip(judges, parts, strict=False)
        ]
        try:
            for done in concurrent.futures.as_completed(under_way):
                done.result()
        except BaseException:
            for judge in judges:
                hang_up(judge)
            raise


def _follow(judge: Process, order: Order, share: Share, faulty: Faulty, gathering: Gathering) -> None:
    """Takes in what `judge` tells of its share of the order, until that is over."""
    with contextlib.ExitStack() as afterwards:
        for event in _events(judge, order, share, faulty):
            if "begun" in event:  # a judge that was killed leaves it behind
                afterwards.callback(shutil.rmtree, event["begun"]["home"], ignore_errors=True)
                afterwards.callback(order.stop.over, event["begun"]["pid"])
                order.stop.begun(event["begun"]["pid"])
            if not order.stop.is_asked:  # what is told on the way out is of a check that was interrupted
                gathering.take(event)


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
        if _has_exercises(folder, course):
            return folder
    raise _instead_of(path, course)


def _has_exercises(folder: Path, course: Course) -> bool:
    return any(os.path.lexists(folder / f"{exercise}.py") for exercise in course.exercises)


def _instead_of(path: Path, course: Course) -> NoSubmission:
    """What is there in place of exercise files: a folder that has them, files of other names, a notebook."""
    there = sorted(path.iterdir())
    for below in there:
        if below.is_dir() and not below.is_symlink() and _has_exercises(below, course):
            return NoSubmission("use_below", path=path, name=below.name, command=f"grade run {shlex.quote(str(below))}")
    for wanted, name in filenames.misnamed(path, course.exercises).items():
        return NoSubmission("use_misnamed", path=path, name=name, wanted=wanted)
    wanted = next(iter(course.exercises))
    for name in (each.name for each in there if each.suffix == ".ipynb"):
        return NoSubmission("use_notebook", path=path, name=name, wanted=wanted)
    return NoSubmission("use_no_exercises", path=path, wanted=wanted)


# --- the judge


def put_up_walls(process: Process, order: Order) -> None:
    """Has a judge that waits put up the walls for the next order, which has those of this one."""
    assert process.stdin
    with contextlib.suppress(BrokenPipeError):  # whoever gives it an order will hear why it has ended
        process.stdin.write(msgspec.json.encode({"type": "walls", "tier": order.tier, "limits": order.limits}) + b"\n")
        process.stdin.flush()


def _events(process: Process, order: Order, share: Share, faulty: Faulty) -> Iterator[dict[str, Any]]:
    """The events of one job, until it is done or the judge has ended."""
    assert process.stdin and process.stdout
    job = {
        "type": "job",
        "folder": os.fsencode(order.folder.resolve()),
        "tier": order.tier,
        "checks": share,
        "faulty": faulty,
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
        assert judge.stdout
        hang_up(judge)
        judge.stdout.close()  # or what it still tells would be waited for, by it and so by us
        judge.wait()
    errors = judges[0].errors.fileno()
    os.lseek(errors, max(0, os.fstat(errors).st_size - 2000), os.SEEK_SET)
    said = os.read(errors, 2000).decode("utf-8", "replace").strip()
    return f"the judge ended with {judges[0].returncode}: {said}"
