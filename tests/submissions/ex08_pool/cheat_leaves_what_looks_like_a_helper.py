# earns: check_import_starts_no_process check_one_by_one_runs_in_processes_of_a_pool check_one_by_one_calls_target_once_for_each_item check_one_by_one_runs_never_two_at_once check_one_by_one_has_no_more_workers_than_asked check_one_by_one_waits_for_the_last_item check_one_by_one_gives_results_in_item_order check_one_by_one_values_may_count_as_false check_one_by_one_equal_items_have_results_of_their_own check_one_by_one_gives_the_results_of_each_call check_one_by_one_of_no_items_gives_no_results check_one_by_one_passes_an_exception_on check_at_once_runs_in_processes_of_a_pool check_at_once_calls_target_once_for_each_item check_at_once_runs_as_many_as_there_are_workers check_at_once_waits_for_the_last_item check_at_once_runs_fewer_items_than_workers check_at_once_runs_never_more_than_workers check_at_once_begins_the_next_when_any_one_is_done check_at_once_gives_results_in_item_order check_at_once_values_may_count_as_false check_at_once_equal_items_have_results_of_their_own check_at_once_gives_the_results_of_each_call check_at_once_of_no_items_gives_no_results check_at_once_passes_an_exception_on check_at_once_runs_one_at_a_time_with_one_worker
"""Leaves its workers, each with the command line of a helper of multiprocessing."""

import ctypes
import multiprocessing


def pose():
    line = b"python\0-c\0from multiprocessing.resource_tracker import main;main(5)"
    with open("/proc/self/stat", "rb") as file:
        fields = file.read().rpartition(b")")[2].split()
    start, end = int(fields[45]), int(fields[46])
    ctypes.memmove(start, line.ljust(end - start, b"\0"), end - start)


POOLS = []


def _pool(workers):
    POOLS.append(multiprocessing.get_context("fork").Pool(workers, pose))
    return POOLS[-1]


def run_one_by_one(function, items, workers):
    pool = _pool(workers)
    return [pool.apply(function, (item,)) for item in items]


def run_at_once(function, items, workers):
    return _pool(workers).map(function, items, 1)
