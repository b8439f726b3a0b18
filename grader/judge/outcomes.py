"""What has come of a check: its phases' outcomes go in, and are put down in its CheckResult.

Who uses it: pytest_plugin. An assertion of a check that failed, and a Finding, are the student's; a check that does not
apply is nobody's; whatever else is raised is ours, and `broken`.
"""

from __future__ import annotations

import contextlib
import linecache
import re
import traceback
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.finding import Finding, NotHere
from grader.handles import lines
from grader.handles.files import Endings
from grader.handles.raised import OUR_NAME
from grader.judge import afterwards
from grader.judge.likely import cause as probable
from grader.judge.state import CASE, JUDGE, RAW, SIDES
from grader.places import exercise_of
from grader.result import FAULTS, SYSTEM, CheckResult, Excerpt, Verdict
from grader.walls.staging import read_text

SAID = {  # of a state, by its word
    "'waits'": "still waiting",
    "'returned'": "has returned",
    "'raised'": "raised an exception",
    "'alive'": "still alive",
    "'zombie'": "ended, but not yet waited for",
    "'gone'": "ended and waited for",
}
NOT_DONE = ("action_never_called", "value_missing")  # causes
OURS = re.compile(r'^  File "(?=[^"\n]*/grade_harness/)[^"\n]*", line \d+, in .*\n(?: {4}.*\n)*', re.M)  # frames
PIDS = re.compile(r"assert (?:\w+\.)*(?:pid|started_by) ")  # both sides are numbers of processes
THERE = re.compile(r"assert \w+\.pid in before\b")  # the processes at an earlier moment
STATES = re.compile(r"assert (?:\w+\.)*(?:state(?:\(\))?|ending) ")  # both sides are words of ours
COPIES = re.compile(r"(?<![\w.])(?:copy\.)?(?:deep)?copy\(")
CUT_OFF = re.compile(r"^Process \S+:\n(?:Traceback \(most recent call last\):\n(?: .*\n)*)?(?: .*)?\Z", re.M)


def note_sides(config: pytest.Config, op: str, left: object, right: object) -> None:
    """Notes the two sides of an assertion that fails: left is what was seen, right what was expected."""
    wanted = {"==": "", "is": "", "in": "one of ", "not in": "none of ", "!=": "anything but "}.get(op, f"{op} ")
    config.stash[SIDES] = (f"{wanted}{_shown(right)}", _shown(left))
    if op == "in" and isinstance(right, list) and (isinstance(right, Endings) or _is_one(right)):
        config.stash[SIDES] = (_shown(right[0]), _shown(left))
    config.stash[RAW] = (left, right)


def _is_one(choices: list[object]) -> bool:
    """Whether there is but one to choose from."""
    return bool(choices) and all(each == choices[0] for each in choices)


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 2000 else f"{text[:1200]} ... {text[-700:]}"


def theirs(text: str) -> str:
    """What was printed, without what is ours: frames, and a traceback that ended with its process and our check."""
    return OUR_NAME.sub("", OURS.sub("", CUT_OFF.sub("", text)))


def put_down_phase(item: pytest.Item, result: CheckResult, call: pytest.CallInfo[None]) -> None:
    """What came of one phase of a check; where that cannot be put down, it is our fault, and costs this check alone."""
    try:
        _put_down_phase(item, result, call)
    except Exception as error:
        put_down_ours(result, error)


def _put_down_phase(item: pytest.Item, result: CheckResult, call: pytest.CallInfo[None]) -> None:
    if call.excinfo is not None:
        _put_down(item, result, call.excinfo.value)
    elif call.when == "call":
        result.verdict, result.points = Verdict.PASSED, result.max_points
    if call.when == "teardown" and CASE in item.stash:
        result.output = theirs(item.stash[CASE].stage.output.text())
        _look_again(item, result)
        result.timeline = item.stash[CASE].stage.timeline.events
        result.excerpt = _excerpt(item, result)


def _look_again(item: pytest.Item, result: CheckResult) -> None:
    """Names a better cause, where there is one, now that the check is over."""
    if result.verdict not in (Verdict.FAILED, Verdict.STUCK):
        return
    if likely := afterwards.of_output(result.cause, result.output):
        result.cause, result.facts = likely
        return
    judge, exercise = item.config.stash[JUDGE], exercise_of(item.path)
    if slip := afterwards.of_slips(result.cause, judge.state_of(exercise).slips.get(result.function, [])):
        (result.cause, result.facts), result.line = slip
        result.file = f"{exercise}.py"
        result.source = lines.source_line(judge.sandbox, (result.file, result.line))


def _excerpt(item: pytest.Item, result: CheckResult) -> Excerpt | None:
    """Of what has failed, the lines that a student should look at."""
    sandbox = item.config.stash[JUDGE].sandbox
    if result.verdict not in FAULTS:
        return None
    if result.file is not None and result.line is not None:
        return lines.around(sandbox, (result.file, result.line))
    return lines.definition(sandbox, f"{exercise_of(item.path)}.py", result.function)


def _put_down(item: pytest.Item, result: CheckResult, error: BaseException) -> None:
    result.points = 0
    if isinstance(error, Finding):
        _put_down_finding(item, result, error)
    elif _is_claimed(item, error):
        result.verdict = Verdict.FAILED
        said, (expected, seen) = _in_words(error), item.config.stash[SIDES]
        result.expected, result.seen = _who_was_there(error)(said(expected)), said(seen)
        with contextlib.suppress(Exception):  # what was seen can be anything: that costs the cause alone
            _name_the_cause(item, result, error)
    elif isinstance(error, NotHere):
        result.verdict, result.because, result.max_points = Verdict.SKIPPED, SYSTEM, 0
    elif isinstance(error, pytest.skip.Exception):
        result.verdict, result.because = Verdict.SKIPPED, str(error)
    else:
        put_down_ours(result, error)
    item.config.stash[SIDES] = ("", "")


def _who_was_there(error: BaseException) -> Callable[[str], str]:
    """What says of processes that they are those which were there before: one of them was expected."""
    line = linecache.getline(*_raised_at(error)).strip()
    if THERE.match(line) is None:
        return str
    return lambda side: f"one that was there already: {side.removeprefix('one of ')}"


def _in_words(error: BaseException) -> Callable[[str], str]:
    """What says a side of the claim in words, where it is ours: a bare number of a process, or a state."""
    line = linecache.getline(*_raised_at(error)).strip()
    if PIDS.match(line):
        return lambda side: re.sub(r"\b(\d+)\b", r"process number \1", side)
    return (lambda side: SAID.get(side, side)) if STATES.match(line) else str


def _name_the_cause(item: pytest.Item, result: CheckResult, error: BaseException) -> None:
    if (sides := item.config.stash.get(RAW, None)) is None:
        return
    del item.config.stash[RAW]
    case = item.stash[CASE]
    if sides[0] == "raised" and case.stage.call and (raised := case.stage.call.raised()):
        _put_down_finding(item, result, raised)
        result.expected, result.seen = _in_words(error)(repr(sides[1])), raised.seen or raised.facts["type"]
        return
    path = item.config.stash[JUDGE].sandbox.home / "submission" / f"{exercise_of(item.path)}.py"
    line = linecache.getline(*_raised_at(error))
    calls = case.probes.seen
    here = bool(calls) and all(call.in_main_process for call in calls)
    likely = probable(line, *sides, read_text(path), result.function, here)
    if (not likely or likely[0] in NOT_DONE) and case.stage.asked and (promise := case.stage.asked.promise()):
        likely = "not_the_results", {"type": promise}
    if likely:
        result.cause, result.facts = likely


def put_down_ours(result: CheckResult, error: BaseException) -> None:
    """What went wrong is our fault."""
    result.verdict, result.points = Verdict.BROKEN, 0
    result.facts = {"error": f"{type(error).__name__}: {error}"[:2000]}


def _raised_at(error: BaseException) -> tuple[str, int]:
    """The file and the line where it was raised."""
    *_, (frame, line) = traceback.walk_tb(error.__traceback__)
    return frame.f_code.co_filename, line


def _is_claimed(item: pytest.Item, error: BaseException) -> bool:
    """Whether it is a claim of the check's that does not hold; an assertion that fails in what is ours is our fault."""
    return isinstance(error, AssertionError) and Path(_raised_at(error)[0]).is_relative_to(item.path.parent)


def _put_down_finding(item: pytest.Item, result: CheckResult, finding: Finding) -> None:
    result.verdict, result.cause, result.facts = finding.verdict, finding.cause, finding.facts
    result.expected, result.seen = finding.expected, finding.seen
    result.hang, result.judge, result.waiting = finding.hang, finding.judge, finding.waiting
    if CASE in item.stash:
        item.stash[CASE].stage.timeline.stands_still(finding.waiting)
    if finding.hang in ("busy", "asleep", "patience"):
        item.config.stash[JUDGE].exhausted.add((exercise_of(item.path), result.function))
    if finding.place is not None:
        result.file, result.line = finding.place
        result.source = lines.source_line(item.config.stash[JUDGE].sandbox, finding.place)
    if result.cause == "not_picklable" and COPIES.search(result.source or ""):  # no other process has to do with it
        result.cause = "cannot_copy"
