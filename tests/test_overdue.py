"""What a standstill means for the check that waits: the best name that the facts give it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator

import pytest
from world import TIERS, Scene, linux, sandbox_with, scene

from grader import systems
from grader.finding import Finding
from grader.handles.tree import Tree
from grader.judge import jobs, overdue
from grader.result import Verdict
from grader.walls.sandbox import Sandbox

pytestmark = linux

WORK = """
import multiprocessing, os, signal, threading

def nothing(*actions):
    pass

def fails(action):
    raise ValueError("no")

def call(action):
    return action()

def wait():
    signal.pause()

def main_ends_and_a_thread_waits(action):
    process = multiprocessing.Process(target=action, daemon=True)
    process.start()
    threading.Thread(target=process.join).start()

def run_in_two_threads(*actions):
    limit = threading.Semaphore(2)
    def work(action):
        with limit:
            action()
    threads = [threading.Thread(target=work, args=(action,)) for action in actions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

def later(action):
    yield action()

def call_without_end(action):
    while True:
        action()

def start(action):
    process = multiprocessing.Process(target=action)
    process.start()
    return process

def start_and_join(*actions):
    for action in actions:
        start(action).join()

def start_something_else(action):
    start(nothing).join()

def start_all(*actions):
    for process in [start(action) for action in actions]:
        process.join()

def one_after_the_other(*actions):
    for action in actions:
        start(action).join()
"""

LATE = """
import multiprocessing

class Late(multiprocessing.Process):
    def __init__(self, action):
        super().__init__()
        self.action = action

    def run(self):
        self.daemon = True
        self.action()

def main_ends_and_a_late_daemon_waits(action):
    Late(action).start()
"""


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with sandbox_with(TIERS[0], {"work.py": WORK}) as made:
        yield made


@pytest.fixture
def at(sandbox: Sandbox) -> Iterator[Scene]:
    with watched_scene(sandbox) as made:
        yield made


@contextlib.contextmanager
def watched_scene(sandbox: Sandbox, start_method: str | None = None) -> Iterator[Scene]:
    """A scene in which a standstill is named."""
    with scene(sandbox, start_method=start_method) as made:
        tree = Tree(made.stage)
        tree.loaded()
        made.stage.overdue = lambda: overdue.name_it(made.stage, made.probes, tree)
        yield made


def finding(wait: Callable[[], object]) -> Finding:
    with pytest.raises(Finding) as caught:
        wait()
    return caught.value


def test_exception_is_told_before_all_else(at: Scene) -> None:
    at.submission.begin.fails(at.probes.hold)
    found = finding(at.probes.next)
    assert (found.cause, found.facts["type"]) == ("raised", "ValueError")


def test_nothing_was_started(at: Scene) -> None:
    at.submission.begin.nothing(at.probes.hold)
    assert finding(at.probes.next).cause == "never_started"


@pytest.mark.parametrize("method", ["fork", "forkserver", "spawn"])
def test_something_was_started_that_did_not_call(sandbox: Sandbox, method: str) -> None:
    with watched_scene(sandbox, method) as at:
        at.submission.begin.start_something_else(at.probes.hold)
        assert finding(at.probes.next).cause == "never_called"


def test_some_calls_came_and_one_is_missing(at: Scene) -> None:
    at.submission.call(at.probes.note)
    at.probes.next()
    found = finding(at.probes.next)
    assert (found.cause, found.expected, found.seen) == ("action_never_called", "2 calls", "1")


def test_the_next_one_comes_only_after_this_one(at: Scene) -> None:
    at.submission.begin.one_after_the_other(at.probes.hold, at.probes.hold)
    at.probes.next()
    found = finding(at.probes.next)
    assert (found.cause, found.expected, found.seen) == ("not_together", "2 calls at the same time", "1")


def test_too_few_are_there_together(at: Scene) -> None:
    at.submission.begin.one_after_the_other(at.probes.hold, at.probes.hold)
    found = finding(lambda: at.probes.take(2))
    assert (found.cause, found.expected, found.seen) == ("not_together", "2 calls at the same time", "1")


def test_call_waits_for_a_child_that_is_held(at: Scene) -> None:
    call = at.submission.begin.start_and_join(at.probes.hold)
    at.probes.next()
    found = finding(call.result)
    assert (found.verdict, found.cause, found.hang) == (Verdict.STUCK, "waited_for_it", "settled")


def test_call_runs_what_it_should_have_handed_on(at: Scene) -> None:
    call = at.submission.begin.call(at.probes.hold)
    found = finding(call.result)
    assert (found.verdict, found.cause, found.hang) == (Verdict.STUCK, "ran_in_your_process", "settled")


def test_daemon_that_is_waited_for_all_the_same(at: Scene) -> None:
    at.submission.main_ends_and_a_thread_waits(at.probes.hold)
    at.probes.next()
    found = finding(lambda: at.submission.main_process_ends("returns"))
    assert (found.verdict, found.cause) == (Verdict.STUCK, "daemon_is_waited_for")


def test_daemon_that_became_one_only_when_it_ran() -> None:
    with sandbox_with(TIERS[0], {"work.py": LATE}) as sandbox, watched_scene(sandbox) as at:
        at.submission.main_ends_and_a_late_daemon_waits(at.probes.hold)
        at.probes.next()
        found = finding(lambda: at.submission.main_process_ends("returns"))
    assert (found.verdict, found.cause) == (Verdict.STUCK, "main_cannot_end")


def test_call_waits_for_another_than_the_one_that_has_ended(at: Scene) -> None:
    call = at.submission.begin.start_all(at.probes.hold, at.probes.hold)
    one, _ = at.probes.take(2)
    one.goes_on()
    one.ended()
    found = finding(call.result)
    assert (found.verdict, found.cause) == (Verdict.STUCK, "waits_for_another")


def test_too_few_threads_are_there_together(at: Scene) -> None:
    at.submission.begin.run_in_two_threads(*[at.probes.hold] * 3)
    found = finding(lambda: at.probes.take(3))
    assert (found.cause, found.facts) == ("too_few_threads", {"wanted": "3", "got": "2"})


def test_generator_has_done_nothing_yet(at: Scene) -> None:
    at.submission.later(at.probes.hold)
    found = finding(at.probes.next)
    assert (found.cause, found.facts) == ("not_the_results", {"type": "generator"})


def test_call_here_came_before_that_of_a_child(at: Scene) -> None:
    at.submission.begin.call(at.probes.hold)
    found = finding(lambda: at.probes.next(in_main_process=False))
    assert found.cause == "not_called_in_a_child"


def test_somebody_more_than_expected_is_held(at: Scene) -> None:
    call = at.submission.begin.start_all(at.probes.hold, at.probes.hold)
    for each in at.probes.take(2):
        each.is_taken = False
    found = finding(call.result)
    assert (found.cause, found.seen) == ("extra_call", "one more call, with ()")


@pytest.fixture
def many_files() -> Iterator[None]:
    """As in a judge: whoever runs the tests may be allowed 1,024 files."""
    import resource

    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    systems.allow("NOFILE", jobs.FILES)
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, before)


def test_calls_without_end_are_too_many(many_files: None, at: Scene) -> None:
    found = finding(at.submission.begin.call_without_end(at.probes.note).result)
    assert (found.cause, found.expected, found.seen) == ("extra_call", "an end", "more than 512 calls")


def test_where_no_fact_says_more_it_is_stuck(at: Scene) -> None:
    found = finding(at.submission.wait)
    assert (found.verdict, found.cause, found.hang) == (Verdict.STUCK, "stuck", "settled")


def test_wait_that_comes_to_its_end_is_never_named(at: Scene) -> None:
    at.submission.begin.start_all(at.probes.hold, at.probes.hold)
    assert len(at.probes.take(2)) == 2
