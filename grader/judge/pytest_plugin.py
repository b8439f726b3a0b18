"""The plugin of the trusted pytest process: it lends the checks their fixtures, and turns outcomes into results.

grading starts pytest with this plugin, and sends one job as a line of JSON on standard input. The plugin collects the
checks, forks for the job where there is fork, and writes events, a line of JSON each, on what was standard output:

    {"begun": {"sandbox": tier, "walls": [...], "python": ..., "start_method": ..., "home": its folder, "pid": ...}}
    {"exercise": {...}}   an ExerciseResult without checks, when its state is known
    {"check": {...}, "exercise": id, "rests": {function: whether it was taken to be faulty}}   a CheckResult
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
import multiprocessing
import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Literal, TextIO

import msgspec
import pytest
from _pytest import runner  # what plugins that run a test themselves go by

from grader import course as courses
from grader import judge as judges
from grader import systems
from grader.finding import NotHere
from grader.handles import given
from grader.handles.files import Files
from grader.handles.probes import Probes
from grader.handles.submission import Inside, Submission
from grader.handles.tree import Tree
from grader.judge import jobs
from grader.judge.case import PARTS, Case, opened
from grader.judge.fresh import Fresh
from grader.judge.jobs import Job, Walls
from grader.judge.outcomes import note_sides, put_down_ours, put_down_phase
from grader.judge.state import CASE, JUDGE, OPEN, RESULT, SIDES, Judge
from grader.limits import Limits
from grader.places import exercise_of
from grader.result import FAULTS, CheckResult, State, Verdict
from grader.walls import interpreters
from grader.walls.sandbox import Sandbox
from grader.walls.starting import make_ready

EVENTS = pytest.StashKey[TextIO]()
OWN_PID = pytest.StashKey[int]()  # of the judge itself, and not of a fork or twin
COURSE = pytest.StashKey[courses.Course]()
SERVED = pytest.StashKey[bool]()
LEAVES = pytest.StashKey[int]()  # the exit status, of a process that is over
FAULTY = pytest.StashKey[frozenset[str]]()  # the functions that ours may stand in for


# --- the session


def pytest_addoption(parser: pytest.Parser) -> None:
    """--course: the path of the file that says which checks there are (course.for_judge)."""
    parser.addoption("--course", default="course.json")


def pytest_configure(config: pytest.Config) -> None:
    """Keeps what was standard output for the events; nothing else may write there."""
    config.stash[OWN_PID] = os.getpid()
    config.stash[EVENTS] = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    config.stash[COURSE] = courses.of_judge(Path(config.getoption("course")))


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> object:
    """Takes jobs; for each of them a fork of this process runs the checks."""
    make_ready()
    given.modules()  # found out once, as well
    for item in session.items:
        _ = item.location  # is found out once, and here it is for all forks
    done = jobs.serve(session.config.stash[EVENTS], lambda order, next_job: _take(session, order, next_job))
    session.config.stash[SERVED] = True
    return done


def _take(session: pytest.Session, order: Job | Walls, next_job: Callable[[], Job | None]) -> object:
    """Puts up the walls, and grades the job behind them; where it comes later, the zygote is up by then."""
    with interpreters.made(order.tier, order.limits) as sandbox:
        if isinstance(order, Walls):
            sandbox.ready()
        job = next_job() if isinstance(order, Walls) else order
        if job and (job.tier, job.limits) != (order.tier, order.limits):
            raise ValueError(f"a job with other walls than {order}")
        if job:
            _grade(session, job, sandbox)
    return True


def _grade(session: pytest.Session, job: Job, sandbox: Sandbox) -> None:
    session.config.option.json_report_file = job.report
    judge = Judge(job, session.config.stash[COURSE], sandbox, session.config.stash[EVENTS])
    session.config.stash[JUDGE] = judge
    sandbox.take_in(Path(os.fsdecode(job.folder)))
    zygote = sandbox.ready()
    method = job.start_method or multiprocessing.get_context().get_start_method()
    told = {"sandbox": job.tier, "walls": zygote.walls, "python": zygote.version, "start_method": method}
    judge.tell(begun={**told, "home": str(sandbox.home), "pid": os.getpid()})
    session.items[:] = _asked_for(session.items, judge)
    for index, item in enumerate(session.items):
        following = session.items[index + 1] if index + 1 < len(session.items) else None
        session.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
    judge.tell(done=True)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Notes the exit status."""
    if (SERVED in session.config.stash or JUDGE in session.config.stash) and hasattr(os, "fork"):
        session.config.stash[LEAVES] = int(exitstatus)


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    """Leaves at once: a fork that took apart what it shares with the judge would first make a copy of it."""
    if config.stash.get(OWN_PID, 0) == os.getpid():
        judges.remove_folder()
    if LEAVES in config.stash:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(config.stash[LEAVES])


def _asked_for(items: list[pytest.Item], judge: Judge) -> list[pytest.Item]:
    """The items of the job's checks, in its order, which is the course's."""
    by_name = {(exercise_of(item.path), item.name): item for item in items}
    wanted = [(exercise, name) for exercise, names in judge.job.checks.items() for name in names]
    return [by_name[key] for key in wanted if key in by_name]


# --- a check


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> object:
    """One check from start to end, whatever state its exercise is in."""
    judge = item.config.stash[JUDGE]
    exercise = exercise_of(item.path)
    result, calls = _ask(item, nextitem, judge.faulty_for(exercise, item.name))
    rests = item.stash[CASE].stage.rests if CASE in item.stash else {}
    if result.verdict in FAULTS and CASE in item.stash and item.stash[CASE].stage.asks_again:
        _have_fixtures_made_anew(item)
        again, calls_again = _ask(item, nextitem, frozenset())
        if again.verdict is Verdict.PASSED:
            result, calls = again, calls_again
    item.stash[RESULT] = result
    _report(item, calls)
    if result.verdict in FAULTS:
        judge.faulty.add((exercise, result.function))
    try:
        judge.tell(check=result, exercise=exercise, rests=rests)
    except UnicodeError as error:  # something in it cannot be written: our fault, which costs this check alone
        put_down_ours(left := _not_judged(item), error)
        judge.tell(check=left, exercise=exercise)
    _let_go(item)
    return True


def _ask(
    item: pytest.Item, following: pytest.Item | None, faulty: frozenset[str]
) -> tuple[CheckResult, list[pytest.CallInfo[None]]]:
    """What comes of a check where stand-ins of ours take the place of the `faulty` functions; and its phases."""
    result = _not_judged(item)
    item.stash[FAULTY] = faulty
    item.config.stash.setdefault(SIDES, ("", ""))
    begun, calls = time.monotonic(), []
    for call in _phases(item, following):
        put_down_phase(item, result, call)
        calls.append(call)
    result.duration_s = round(time.monotonic() - begun, 4)
    return result, calls


def _not_judged(item: pytest.Item) -> CheckResult:
    """The result of a check before anything has come of it."""
    judge = item.config.stash[JUDGE]
    check = judge.course.exercises[exercise_of(item.path)].checks[item.name]
    return CheckResult(
        id=item.name,
        function=check.function,
        section=check.section,
        verdict=Verdict.BROKEN,
        max_points=judge.course.points(check),
        stretch=check.stretch,
    )


def _have_fixtures_made_anew(item: pytest.Item) -> None:
    """Those of the check's own file, too, which have hold of the stage that is gone."""
    assert isinstance(item, pytest.Function)  # others ask for no stage
    item._initrequest()


def _let_go(item: pytest.Item) -> None:
    """It is told: nobody asks for its stage any more, and pytest keeps each item, with all that hangs on it."""
    kept: tuple[pytest.StashKey[Any], ...] = (FAULTY, OPEN, CASE, RESULT)
    for key in kept:  # out of the stash, which the item knows by two names
        if key in item.stash:
            del item.stash[key]
    if isinstance(item, pytest.Function):
        item.funcargs = {}
        del item._request


def _report(item: pytest.Item, calls: list[pytest.CallInfo[None]]) -> None:
    """Tells pytest of what did not pass, and of the end."""
    for call in calls:
        if call.excinfo is not None or call.when == "teardown":
            report = item.config.hook.pytest_runtest_makereport(item=item, call=call)
            item.config.hook.pytest_runtest_logreport(report=report)


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
    exercise = exercise_of(item.path)
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
    method, faulty = judge.job.start_method, item.stash[FAULTY]
    case = opened(judge.sandbox, exercise, judge.examined[exercise], method, limits, faulty)
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
    """The assertion that fails; pytest is to tell nothing of it."""
    note_sides(config, op, left, right)


def pytest_json_runtest_metadata(item: pytest.Item, call: pytest.CallInfo[None]) -> dict[str, Any]:
    """The same result, for pytest-json-report, once it is whole."""
    if call.when != "teardown":
        return {}
    return {"check": msgspec.to_builtins(msgspec.structs.replace(item.stash[RESULT], timeline=[]))}
