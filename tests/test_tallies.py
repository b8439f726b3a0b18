"""A class, counted: each mistake once for each student, and no check of ours against anybody."""

from __future__ import annotations

import results
from classes import book, entry

from grader.classes import tallies
from grader.classes.tallies import Tally
from grader.gradebook import EntryState
from grader.result import LoadError, Result, State, Verdict

COURSE = results.course()


def tally(**found: Result) -> Tally:
    entries = [
        entry(name, score=result.score, max_score=result.max_score, stretch=result.stretch)
        for name, result in found.items()
    ]
    return tallies.tally(book(*entries, entry("nothing", result=None)), lambda each: found.get(each.id), COURSE)


def test_mistakes_count_once_for_each_student() -> None:
    one, two = results.mixed(), results.mixed()
    one.exercises[0].checks[1] = results.check(
        "check_target_runs_in_a_child", Verdict.FAILED, cause="target_called", facts={}
    )
    found = tally(ada=one, grace=two, alan=results.perfect())

    called = found.mistakes["cause", "target_called"]
    assert called.who == {"ada": "e1c2", "grace": "e2c1"}
    assert called.where == {("ex01_first_process", "start_process"): 1, ("ex02_name_and_pid", "start_named_process"): 1}
    assert set(found.mistakes) == {
        ("cause", "target_called"), ("cause", "joined_before_read"), ("load", "SyntaxError"),
    }  # fmt: skip


def test_a_wait_that_no_cause_explains_is_a_mistake_of_its_own() -> None:
    stuck = results.perfect()
    stuck.exercises[3].checks[2] = results.stuck(results.Waiting(who="main", pid=1, waits_for="join"))
    assert list(tally(ada=stuck).mistakes) == [("wait", "join")]


def test_hardest_are_those_that_most_of_the_judged_fail() -> None:
    found = tally(ada=results.mixed(), grace=results.perfect())
    hardest = [(count.check, count.failed, count.judged) for count in found.hardest(9)]

    assert ("check_child_is_called_name", 1, 2) in hardest
    assert "check_items_run_at_once" not in [name for name, _, _ in hardest]  # ours
    assert found.broken == {"ada": [("ex05_processes_or_threads", "check_items_run_at_once")]}


def test_patterns_have_a_letter_for_each_check_of_the_course() -> None:
    row = tally(ada=results.mixed()).rows[0]
    assert {name: part.pattern for name, part in row.parts.items()} == {
        "ex01_first_process": "pppp", "ex02_name_and_pid": "fpc", "ex05_processes_or_threads": "bn",
        "ex07_queue_between_processes": "pfs", "ex09_pool_queue": "n", "ex11_iterables": "nn", "ex13_summary": "n",
    }  # fmt: skip
    assert row.parts["ex11_iterables"].state is State.UNLOADABLE


def test_spread() -> None:
    found = tally(ada=results.mixed(), grace=results.perfect())
    assert found.bins() == [0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1]
    assert found.median() == 73
    assert tally().median() is None


def test_what_is_not_complete_has_no_percent() -> None:
    broken = entry("ada", state=EntryState.BROKEN, score=5, max_score=5)
    whole = entry("bob", state=EntryState.BROKEN, score=1, max_score=4, complete=True)
    found = tallies.tally(book(broken, whole), lambda _: results.mixed(), COURSE)
    assert [row.percent for row in found.rows] == [None, 25]
    assert (found.median(), sum(found.bins())) == (25, 1)


def test_what_a_course_does_not_know_is_no_harm() -> None:
    strange = results.mixed()
    strange.exercises[0].id = strange.exercises[1].checks[0].id = "unknown"
    strange.exercises[1].error = LoadError(type="E" * 500, text="x")
    assert tally(ada=strange).rows[0].parts["ex01_first_process"].state is State.MISSING
