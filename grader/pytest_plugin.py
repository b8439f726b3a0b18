"""The plugin of the trusted pytest process: it lends the checks their fixtures, and turns outcomes into results.

run starts pytest with this plugin, as `python -I -m pytest -p grader.pytest_plugin ...`, and sends one job as a line of
JSON on standard input. The plugin collects the checks, forks for the job where there is fork, and writes events, a line
of JSON each, on what was standard output:

    {"begun": {"sandbox": tier, "walls": [...], "python": ..., "start_method": ..., "home": its folder, "pid": ...}}
    {"exercise": {...}}   an ExerciseResult without checks, when its state is known
    {"check": {...}, "exercise": id}   a CheckResult
    {"done": true}
    {"over": wait status}   the fork has ended: without "done" before it, something went wrong

This process never imports a line of the student's. pytest-json-report carries the same check results in the metadata of
each item.

What a check asks for is put into its arguments here, and its phases are run here. The arguments are fixtures too, for
the fixtures of a check's own file, and pytest-json-report hears of what did not pass, and of each end. But to have
pytest set up every argument, and ask all plugins at every step, would take a good part of the judge's time.
"""

from __future__ import annotations

import contextlib
import linecache
import multiprocessing
import os
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal, TextIO

import msgspec
import pytest
from _pytest import runner  # what plugins that run a test themselves go by

from grader import course as courses
from grader import interpreters, jobs, lines, systems
from grader.case import PARTS, Case, opened
from grader.examine import Examined, examine
from grader.files import Files
from grader.finding import Broken, Finding, NotHere
from grader.fresh import Fresh
from grader.jobs import Job
from grader.likely import cause as probable
from grader.limits import Limits
from grader.probes import Probes
from grader.result import SYSTEM, CheckResult, Excerpt, ExerciseResult, State, Verdict
from grader.sandbox import Sandbox, make_ready
from grader.submission import Inside, Submission
from grader.tree import Tree


@dataclass
class Judge:
    """What the plugin keeps while it grades one job."""

    job: Job
    course: courses.Course
    sandbox: Sandbox
    events: TextIO
    examined: dict[str, Examined] = field(default_factory=dict)
    exhausted: set[tuple[str, str]] = field(default_factory=set)  # functions that have used up all that they may
    faulty: set[tuple[str, str]] = field(default_factory=set)  # (exercise, function) that a check has found fault with
    begun: float = field(default_factory=time.monotonic)

    def tell(self, **event: Any) -> None:
        """Writes one event for run."""
        jobs.tell(self.events, **event)

    def is_over_budget(self) -> bool:
        """Whether the submission has used up all the time that it may."""
        return self.job.limits.budget_s is not None and time.monotonic() - self.begun > self.job.limits.budget_s

    def state_of(self, exercise: str, look: bool = True) -> Examined:
        """The state of an exercise; found out, and told, when it is first asked for. Without a `look` it is graded."""
        if exercise not in self.examined and not look:
            self.examined[exercise] = Examined(State.GRADED)
            self.tell(exercise=ExerciseResult(id=exercise, state=State.GRADED))
        if exercise not in self.examined:
            stub = (Path(self.job.stubs) / f"{exercise}.py").read_text("utf-8")
            functions = sorted({check.function for check in self.course.exercises[exercise].checks.values()})
            found = examine(self.sandbox, exercise, stub, functions, self.job.start_method)
            self.examined[exercise] = found
            self.tell(exercise=ExerciseResult(id=exercise, state=found.state, error=found.error))
        return self.examined[exercise]

    def limits_for(self, exercise: str, check: courses.Check) -> Limits:
        """What a check may take: a function that hung in one check has less time to hang in the others."""
        limits = self.job.limits
        if (exercise, check.function) not in self.exhausted:
            return limits
        return replace(limits, cpu_s=limits.cpu_s / 4, patience_s=limits.patience_s / 4)


JUDGE = pytest.StashKey[Judge]()
RESULT = pytest.StashKey[CheckResult]()
SIDES = pytest.StashKey[tuple[str, str]]()
RAW = pytest.StashKey[tuple[object, object]]()
CASE = pytest.StashKey[Case]()
OPEN = pytest.StashKey[contextlib.ExitStack]()  # what closes the case
EVENTS = pytest.StashKey[TextIO]()
COURSE = pytest.StashKey[courses.Course]()
SERVED = pytest.StashKey[bool]()
LEAVES = pytest.StashKey[int]()  # the exit status, of a process that is over


# --- the session


def pytest_addoption(parser: pytest.Parser) -> None:
    """--course: the path of course.toml, whose checks are collected."""
    parser.addoption("--course", default=str(courses.HOME / "course.toml"))


def pytest_configure(config: pytest.Config) -> None:
    """Keeps what was standard output for the events; nothing else may write there."""
    config.stash[EVENTS] = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    config.stash[COURSE] = courses.load(Path(config.getoption("course")))


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> object:
    """Takes jobs; for each of them a fork of this process runs the checks."""
    make_ready()
    for item in session.items:
        _ = item.location  # is found out once, and here it is for all forks
    done = jobs.serve(session.config.stash[EVENTS], lambda job: _grade(session, job))
    session.config.stash[SERVED] = True
    return done


def _grade(session: pytest.Session, job: Job) -> object:
    session.config.option.json_report_file = job.report
    with interpreters.made(job.tier, job.limits) as sandbox:
        judge = Judge(job, session.config.stash[COURSE], sandbox, session.config.stash[EVENTS])
        session.config.stash[JUDGE] = judge
        sandbox.take_in(Path(os.fsdecode(job.folder)))
        zygote = sandbox.ready()
        method = job.start_method or multiprocessing.get_context().get_start_method()
        told = {"sandbox": job.tier, "walls": zygote.walls, "python": zygote.version, "start_method": method}
        judge.tell(begun={**told, "home": str(sandbox.home), "pid": os.getpid()})
        session.items[:] = _in_course_order(session.items, judge)
        for index, item in enumerate(session.items):
            following = session.items[index + 1] if index + 1 < len(session.items) else None
            session.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        judge.tell(done=True)
    return True


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Notes the exit status."""
    if (SERVED in session.config.stash or JUDGE in session.config.stash) and hasattr(os, "fork"):
        session.config.stash[LEAVES] = int(exitstatus)


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    """Leaves at once: a fork that took apart what it shares with the judge would first make a copy of it."""
    if LEAVES in config.stash:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(config.stash[LEAVES])


def _in_course_order(items: list[pytest.Item], judge: Judge) -> list[pytest.Item]:
    """The items of the job's exercises, in the course's order of exercises and checks."""
    by_name = {(item.path.stem, item.name): item for item in items}
    wanted = [(exercise, name) for exercise in judge.job.exercises for name in judge.course.exercises[exercise].checks]
    return [by_name[key] for key in wanted if key in by_name]


# --- a check


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> object:
    """One check from start to end, whatever state its exercise is in."""
    judge = item.config.stash[JUDGE]
    exercise = item.path.stem
    check = judge.course.exercises[exercise].checks[item.name]
    item.stash[RESULT] = result = CheckResult(
        id=item.name,
        function=check.function,
        section=check.section,
        verdict=Verdict.BROKEN,
        max_points=judge.course.points(check),
        stretch=check.stretch,
    )
    item.config.stash.setdefault(SIDES, ("", ""))
    begun = time.monotonic()
    for call in _phases(item, nextitem):
        _put_down_phase(item, result, call)
        if call.excinfo is not None or call.when == "teardown":
            report = item.config.hook.pytest_runtest_makereport(item=item, call=call)
            item.config.hook.pytest_runtest_logreport(report=report)
    result.duration_s = round(time.monotonic() - begun, 4)
    if result.verdict in (Verdict.FAILED, Verdict.CRASHED, Verdict.STUCK):
        judge.faulty.add((exercise, check.function))
    judge.tell(check=result, exercise=exercise)
    item.stash = pytest.Stash()  # it is told: nobody asks for the check's stage any more
    return True


def _phases(item: pytest.Item, following: pytest.Item | None) -> Iterator[pytest.CallInfo[None]]:
    """Setup, call and teardown, each once the one before has been put down; no call where the setup has failed."""
    setup = _phase(lambda: _set_up(item), "setup")
    yield setup
    if setup.excinfo is None:
        yield _phase(item.runtest, "call")
    yield _phase(lambda: _tear_down(item, following), "teardown")


def _phase(do: Callable[[], None], when: Literal["setup", "call", "teardown"]) -> pytest.CallInfo[None]:
    return pytest.CallInfo.from_call(do, when, reraise=(pytest.exit.Exception, KeyboardInterrupt))


def _set_up(item: pytest.Item) -> None:
    """A check of an exercise that cannot be graded is skipped; any other one gets a case."""
    judge = item.config.stash[JUDGE]
    exercise = item.path.stem
    check = judge.course.exercises[exercise].checks[item.name]
    if judge.is_over_budget():
        judge.state_of(exercise, look=False)
        pytest.skip("budget")
    state = judge.state_of(exercise).state
    if state is not State.GRADED:
        pytest.skip(state.value)
    if check.posix and not systems.IS_POSIX:
        raise NotHere
    if isinstance(item, pytest.Function) and not PARTS.isdisjoint(item.fixturenames):
        _open_case(item, judge, exercise, judge.limits_for(exercise, check))
    runner.pytest_runtest_setup(item)


def _open_case(item: pytest.Function, judge: Judge, exercise: str, limits: Limits) -> None:
    """A fresh stage with the student's module loaded; its parts are the arguments of the check."""
    faulty = frozenset(function for where, function in judge.faulty if where == exercise)
    case = opened(judge.sandbox, exercise, judge.examined[exercise], judge.job.start_method, limits, faulty)
    item.stash[OPEN] = contextlib.ExitStack()
    item.stash[CASE] = item.stash[OPEN].enter_context(case)
    item.stash[CASE].load()
    item.funcargs.update((name, getattr(item.stash[CASE], name)) for name in item.fixturenames if name in PARTS)


def _tear_down(item: pytest.Item, following: pytest.Item | None) -> None:
    """When the check is over, nothing of its stage is left."""
    try:
        runner.pytest_runtest_teardown(item, following)
    finally:
        if OPEN in item.stash:
            item.stash[OPEN].close()


def _case(request: pytest.FixtureRequest) -> Case:
    case: Case = request.node.stash[CASE]
    return case


@pytest.fixture
def submission(request: pytest.FixtureRequest) -> Submission:
    """The student's module."""
    return _case(request).submission


@pytest.fixture
def inside(request: pytest.FixtureRequest) -> Inside:
    """Objects and builtins of the stage."""
    return _case(request).inside


@pytest.fixture
def probes(request: pytest.FixtureRequest) -> Probes:
    """The probes to lend, and who called them."""
    return _case(request).probes


@pytest.fixture
def processes(request: pytest.FixtureRequest) -> Tree:
    """The processes inside."""
    return _case(request).processes


@pytest.fixture
def files(request: pytest.FixtureRequest) -> Files:
    """Folders and files inside; what is still held when the check is over is let go."""
    return _case(request).files


@pytest.fixture
def fresh(request: pytest.FixtureRequest) -> Fresh:
    """Random values."""
    return _case(request).fresh


# --- outcomes


def pytest_assertrepr_compare(config: pytest.Config, op: str, left: object, right: object) -> None:
    """The two sides of the assertion that fails: left is what was seen, right what was expected."""
    wanted = {"==": "", "is": "", "in": "one of ", "not in": "none of ", "!=": "anything but "}.get(op, f"{op} ")
    config.stash[SIDES] = (f"{wanted}{_shown(right)}", _shown(left))
    config.stash[RAW] = (left, right)


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 2000 else f"{text[:1200]} ... {text[-700:]}"


def _put_down_phase(item: pytest.Item, result: CheckResult, call: pytest.CallInfo[None]) -> None:
    """What came of one phase of a check."""
    if call.excinfo is not None:
        _put_down(item, result, call.excinfo.value)
    elif call.when == "call":
        result.verdict, result.points = Verdict.PASSED, result.max_points
    if call.when == "teardown" and CASE in item.stash:
        result.output = item.stash[CASE].stage.output.text()
        result.timeline = item.stash[CASE].stage.timeline.events
        result.excerpt = _excerpt(item, result)


def _excerpt(item: pytest.Item, result: CheckResult) -> Excerpt | None:
    """Of what has failed, the lines that a student should look at."""
    sandbox = item.config.stash[JUDGE].sandbox
    if result.verdict not in (Verdict.FAILED, Verdict.CRASHED, Verdict.STUCK):
        return None
    if result.file is not None and result.line is not None:
        return lines.around(sandbox, (result.file, result.line))
    return lines.definition(sandbox, f"{item.path.stem}.py", result.function)


def _put_down(item: pytest.Item, result: CheckResult, error: BaseException) -> None:
    result.points = 0
    if isinstance(error, Finding):
        _put_down_finding(item, result, error)
    elif isinstance(error, AssertionError):
        result.verdict = Verdict.FAILED
        result.expected, result.seen = item.config.stash[SIDES]
        _name_the_cause(item, result, error)
    elif isinstance(error, NotHere):
        result.verdict, result.because, result.max_points = Verdict.SKIPPED, SYSTEM, 0
    elif isinstance(error, pytest.skip.Exception):
        result.verdict, result.because = Verdict.SKIPPED, str(error)
    else:
        result.verdict = Verdict.BROKEN
        result.facts = {"error": f"{type(error).__name__}: {error}"[:2000]}
    del item.config.stash[SIDES]
    item.config.stash[SIDES] = ("", "")


def _name_the_cause(item: pytest.Item, result: CheckResult, error: AssertionError) -> None:
    if (sides := item.config.stash.get(RAW, None)) is None:
        return
    del item.config.stash[RAW]
    path = item.config.stash[JUDGE].sandbox.home / "submission" / f"{item.path.stem}.py"
    line = linecache.getline(str(item.path), _last_line(error))
    if likely := probable(line, *sides, path.read_text("utf-8", "replace"), result.function):
        result.cause, result.facts = likely


def _last_line(error: BaseException) -> int:
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return trace.tb_lineno if trace is not None else 0


def _put_down_finding(item: pytest.Item, result: CheckResult, finding: Finding) -> None:
    result.verdict, result.cause, result.facts = finding.verdict, finding.cause, finding.facts
    result.expected, result.seen = finding.expected, finding.seen
    result.hang, result.judge, result.waiting = finding.hang, finding.judge, finding.waiting
    if CASE in item.stash:
        item.stash[CASE].stage.timeline.stands_still(finding.waiting)
    if finding.hang in ("busy", "asleep", "patience"):
        item.config.stash[JUDGE].exhausted.add((item.path.stem, result.function))
    if finding.place is not None:
        result.file, result.line = finding.place
        result.source = lines.source_line(item.config.stash[JUDGE].sandbox, finding.place)


def pytest_json_runtest_metadata(item: pytest.Item, call: pytest.CallInfo[None]) -> dict[str, Any]:
    """The same result, for pytest-json-report, once it is whole."""
    if call.when != "teardown":
        return {}
    return {"check": msgspec.to_builtins(msgspec.structs.replace(item.stash[RESULT], timeline=[]))}


__all__ = ["Broken", "Case", "Job", "Judge"]
