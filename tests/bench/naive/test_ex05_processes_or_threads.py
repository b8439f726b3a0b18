"""Exercise 5 as a teacher would test it in plain pytest."""

import multiprocessing
import os

import ex05_processes_or_threads as module
import pytest
from targets import all_told, expect, given, meet, nothing, tell, tell_later

WORDS = ["ada", "ben", "cem"]


def run(function, target, items):
    function(target, items)
    return all_told()


def jobs(kind, target, items):
    module.run_jobs(kind, target, items)
    return all_told()


def at_once(function, count):
    expect(count)
    said = run(function, meet, list(range(count)))
    assert len(said) == count


def refused(kind, items=WORDS[:2]):
    with pytest.raises(ValueError):
        module.run_jobs(kind, tell, items)
    assert all_told() == []


def test_import_starts_no_process():
    assert multiprocessing.active_children() == []


def test_processes_run_target_in_a_child():
    assert run(module.run_in_processes, tell, WORDS[:1])[0][1] == os.getpid()


def test_processes_hand_over_the_item():
    assert given(run(module.run_in_processes, tell, WORDS[:1])) == [("ada",)]


def test_processes_call_target_once_for_each_item():
    said = given(run(module.run_in_processes, tell, ["ada", ("x", "y"), "ada"]))
    assert sorted(said, key=repr) == [("ada",), ("ada",), (("x", "y"),)]


def test_processes_run_at_the_same_time():
    at_once(module.run_in_processes, 3)


def test_processes_run_many_at_the_same_time():
    at_once(module.run_in_processes, 12)


def test_processes_wait_for_the_first():
    assert len(run(module.run_in_processes, tell_later, WORDS)) == 3


def test_processes_wait_for_the_last():
    assert len(run(module.run_in_processes, tell_later, WORDS[::-1])) == 3


def test_processes_are_all_gone_afterwards():
    module.run_in_processes(nothing, WORDS)
    assert multiprocessing.active_children() == []


def test_processes_without_items():
    assert run(module.run_in_processes, tell, []) == []


def test_processes_run_for_the_items_of_each_call():
    said = [given(run(module.run_in_processes, tell, items)) for items in (["ada"], ["ben"], ["ada"])]
    assert said == [[("ada",)], [("ben",)], [("ada",)]]


def test_threads_run_target_in_this_process():
    assert run(module.run_in_threads, tell, WORDS[:1])[0][0] == os.getpid()


def test_threads_hand_over_the_item():
    assert given(run(module.run_in_threads, tell, WORDS[:1])) == [("ada",)]


def test_threads_call_target_once_for_each_item():
    said = given(run(module.run_in_threads, tell, ["ada", ("x", "y"), "ada"]))
    assert sorted(said, key=repr) == [("ada",), ("ada",), (("x", "y"),)]


def test_threads_run_at_the_same_time():
    at_once(module.run_in_threads, 3)


def test_threads_run_forty_at_the_same_time():
    at_once(module.run_in_threads, 40)


def test_threads_are_waited_for_to_the_first():
    assert len(run(module.run_in_threads, tell_later, WORDS)) == 3


def test_threads_are_waited_for_to_the_last():
    assert len(run(module.run_in_threads, tell_later, WORDS[::-1])) == 3


def test_threads_without_items():
    assert run(module.run_in_threads, tell, []) == []


def test_threads_run_for_the_items_of_each_call():
    said = [given(run(module.run_in_threads, tell, items)) for items in (["ada"], ["ben"], ["ada"])]
    assert said == [[("ada",)], [("ben",)], [("ada",)]]


def test_jobs_cpu_run_in_processes():
    assert jobs("cpu", tell, WORDS[:1])[0][1] == os.getpid()


def test_jobs_io_run_in_threads():
    assert jobs("io", tell, WORDS[:1])[0][0] == os.getpid()


def test_jobs_cpu_run_once_and_at_the_same_time():
    expect(2)
    assert len(jobs("cpu", meet, WORDS[:2])) == 2


def test_jobs_io_run_once_and_at_the_same_time():
    expect(2)
    assert len(jobs("io", meet, WORDS[:2])) == 2


def test_jobs_cpu_are_waited_for():
    assert len(jobs("cpu", tell_later, WORDS[:2])) == 2


def test_jobs_io_are_waited_for():
    assert len(jobs("io", tell_later, WORDS[:2])) == 2


def test_jobs_without_items():
    assert jobs("cpu", tell, []) == jobs("io", tell, []) == []


def test_jobs_go_by_the_kind_of_each_call():
    said = [jobs(kind, tell, WORDS[:1])[0] for kind in ("cpu", "io", "cpu")]
    assert [pid == os.getpid() for pid, *_ in said] == [False, True, False]


def test_jobs_of_another_kind_are_refused():
    refused("gpu")


def test_jobs_of_another_kind_are_refused_without_items():
    refused("gpu", [])


def test_jobs_of_the_kind_none_are_refused():
    refused(None)


def test_jobs_of_a_part_of_a_kind_are_refused():
    refused("")
    refused("pu")


def test_jobs_of_a_kind_with_spaces_are_refused():
    refused(" cpu ")


def test_jobs_of_a_kind_in_capitals_are_refused():
    refused("CPU")
