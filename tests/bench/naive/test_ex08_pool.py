"""Exercise 8 as a teacher would test it in plain pytest."""

import itertools
import multiprocessing
import os

import ex08_pool as module
import pytest
from targets import all_told, double, expect, fail_for, given, itself, meet_at, nothing, spend, tell, tell_later

ITEMS = ["a", "b", "c"]
FALSY = [0, "", None, False, []]


def calls(function):
    function(tell, ["a", (1, 2), ["b"]], 2)
    return sorted(given(all_told()), key=repr)


def fails(function):
    with pytest.raises(LookupError, match="on purpose"):
        function(fail_for, ["good", "bad"], 2)


def test_import_starts_no_process():
    assert multiprocessing.active_children() == []


def test_one_by_one_runs_in_processes_of_a_pool():
    assert os.getpid() not in [pid for _, _, pid in module.run_one_by_one(spend, ITEMS[:2], 2)]


def test_one_by_one_calls_target_once_for_each_item():
    assert calls(module.run_one_by_one) == [("a",), ((1, 2),), (["b"],)]


def test_one_by_one_runs_never_two_at_once():
    spans = sorted(module.run_one_by_one(spend, ITEMS, 2))
    assert all(one[1] <= other[0] for one, other in itertools.pairwise(spans))


def test_one_by_one_has_no_more_workers_than_asked():
    assert len({pid for _, _, pid in module.run_one_by_one(spend, ITEMS, 1)}) == 1


def test_one_by_one_gives_results_in_item_order():
    assert module.run_one_by_one(double, [5, 4, 3, 2, 1], 1) == [10, 8, 6, 4, 2]


def test_one_by_one_values_may_count_as_false():
    assert module.run_one_by_one(itself, FALSY, 1) == FALSY


def test_one_by_one_equal_items_have_results_of_their_own():
    assert len({begun for begun, *_ in module.run_one_by_one(spend, ["a", "a"], 2)}) == 2


def test_one_by_one_gives_the_results_of_each_call():
    module.run_one_by_one(double, [1, 2], 2)
    assert module.run_one_by_one(double, [3, 4], 2) == [6, 8]


def test_one_by_one_of_no_items_gives_no_results():
    assert module.run_one_by_one(tell, [], 2) == []


def test_one_by_one_waits_for_the_last_item():
    module.run_one_by_one(tell_later, ITEMS[:2], 2)
    assert len(all_told()) == 2


def test_one_by_one_leaves_no_process():
    module.run_one_by_one(nothing, ITEMS[:1], 2)
    assert multiprocessing.active_children() == []


def test_one_by_one_passes_an_exception_on():
    fails(module.run_one_by_one)


def test_one_by_one_leaves_no_process_after_an_exception():
    fails(module.run_one_by_one)
    assert multiprocessing.active_children() == []


def test_at_once_runs_in_processes_of_a_pool():
    assert os.getpid() not in [pid for _, _, pid in module.run_at_once(spend, ITEMS[:1], 1)]


def test_at_once_calls_target_once_for_each_item():
    assert calls(module.run_at_once) == [("a",), ((1, 2),), (["b"],)]


def test_at_once_runs_as_many_as_there_are_workers():
    expect(3)
    assert len(set(module.run_at_once(meet_at, ITEMS, 3))) == 3


def test_at_once_runs_fewer_items_than_workers():
    expect(2)
    assert len(set(module.run_at_once(meet_at, ITEMS[:2], 4))) == 2


def test_at_once_runs_never_more_than_workers():
    assert len({pid for _, _, pid in module.run_at_once(spend, [1, 2, 3, 4, 5], 2)}) <= 2


def test_at_once_runs_one_at_a_time_with_one_worker():
    assert len({pid for _, _, pid in module.run_at_once(spend, [1, 2, 3], 1)}) == 1


def test_at_once_begins_the_next_when_any_one_is_done():
    assert len(module.run_at_once(spend, [1, 2, 3, 4, 5], 2)) == 5


def test_at_once_gives_results_in_item_order():
    assert module.run_at_once(double, [3, 2, 1], 3) == [6, 4, 2]


def test_at_once_values_may_count_as_false():
    assert module.run_at_once(itself, FALSY, 1) == FALSY


def test_at_once_equal_items_have_results_of_their_own():
    assert len({begun for begun, *_ in module.run_at_once(spend, ["a", "a"], 2)}) == 2


def test_at_once_gives_the_results_of_each_call():
    module.run_at_once(double, [1, 2], 2)
    assert module.run_at_once(double, [3, 4], 2) == [6, 8]


def test_at_once_of_no_items_gives_no_results():
    assert module.run_at_once(tell, [], 2) == []


def test_at_once_waits_for_the_last_item():
    module.run_at_once(tell_later, ITEMS[:2], 2)
    assert len(all_told()) == 2


def test_at_once_leaves_no_process():
    module.run_at_once(nothing, ITEMS[:1], 2)
    assert multiprocessing.active_children() == []


def test_at_once_passes_an_exception_on():
    fails(module.run_at_once)


def test_at_once_leaves_no_process_after_an_exception():
    fails(module.run_at_once)
    assert multiprocessing.active_children() == []
