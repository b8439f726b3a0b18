"""Exercise 3 as a teacher would test it in plain pytest."""

import multiprocessing
import os

import ex03_arguments_and_globals as module
from targets import ended, stay, tell, told


def stay_with(*args, **kwargs):
    stay()


def child_of(process):
    process.join()
    return told()


def reports():
    module.number = 100
    own = module.prove_globals_not_shared(5, tell)
    return own, told(), told()


def test_import_starts_no_process():
    assert multiprocessing.active_children() == []


def test_args_arrive_one_by_one():
    assert child_of(module.start_with_args(tell, [1, "two", [3]]))[3] == (1, "two", [3])


def test_args_may_be_none_at_all():
    assert child_of(module.start_with_args(tell, []))[3] == ()


def test_args_run_target_once_in_a_child():
    assert child_of(module.start_with_args(tell, [1, 2]))[1] == os.getpid()


def test_args_give_the_running_process():
    process = module.start_with_args(stay_with, [1])
    assert process.is_alive()
    ended(process)


def test_args_are_those_of_each_call():
    child_of(module.start_with_args(tell, [1]))
    assert child_of(module.start_with_args(tell, [2, 3]))[3] == (2, 3)


def test_kwargs_arrive_by_name():
    assert child_of(module.start_with_kwargs(tell, {"a": 1}))[4] == {"a": 1}


def test_kwargs_may_be_none_at_all():
    assert child_of(module.start_with_kwargs(tell, {}))[4] == {}


def test_kwargs_run_target_once_in_a_child():
    assert child_of(module.start_with_kwargs(tell, {"a": 1}))[1] == os.getpid()


def test_kwargs_give_the_running_process():
    process = module.start_with_kwargs(stay_with, {"a": 1})
    assert process.is_alive()
    ended(process)


def test_kwargs_are_those_of_each_call():
    child_of(module.start_with_kwargs(tell, {"a": 1}))
    assert child_of(module.start_with_kwargs(tell, {"b": 2}))[4] == {"b": 2}


def test_both_arrive():
    assert child_of(module.start_with_both(tell, [1], {"a": 1}))[3:] == ((1,), {"a": 1})


def test_both_may_be_empty():
    assert child_of(module.start_with_both(tell, [], {}))[3:] == ((), {})
    assert child_of(module.start_with_both(tell, [1], {}))[3:] == ((1,), {})
    assert child_of(module.start_with_both(tell, [], {"a": 1}))[3:] == ((), {"a": 1})


def test_both_run_target_once_in_a_child():
    assert child_of(module.start_with_both(tell, [1], {"a": 1}))[1] == os.getpid()


def test_both_give_the_running_process():
    process = module.start_with_both(stay_with, [1], {"a": 1})
    assert process.is_alive()
    ended(process)


def test_both_are_those_of_each_call():
    child_of(module.start_with_both(tell, [1], {"a": 1}))
    assert child_of(module.start_with_both(tell, [2], {"b": 2}))[3:] == ((2,), {"b": 2})


def test_one_number_arrives():
    assert child_of(module.start_with_one(tell, 1))[3] == (1,)


def test_one_string_stays_whole():
    assert child_of(module.start_with_one(tell, "abc"))[3] == ("abc",)


def test_one_tuple_stays_whole():
    assert child_of(module.start_with_one(tell, (1, 2)))[3] == ((1, 2),)


def test_one_list_stays_whole():
    assert child_of(module.start_with_one(tell, [1, 2]))[3] == ([1, 2],)


def test_one_dict_stays_whole():
    assert child_of(module.start_with_one(tell, {"a": 1}))[3:] == (({"a": 1},), {})


def test_one_may_be_none():
    assert child_of(module.start_with_one(tell, None))[3] == (None,)


def test_one_may_count_as_false():
    assert child_of(module.start_with_one(tell, 0))[3] == (0,)
    assert child_of(module.start_with_one(tell, ""))[3] == ("",)


def test_one_is_that_of_each_call():
    child_of(module.start_with_one(tell, 1))
    assert child_of(module.start_with_one(tell, 2))[3] == (2,)


def test_one_runs_target_once_in_a_child():
    assert child_of(module.start_with_one(tell, 1))[1] == os.getpid()


def test_one_gives_the_running_process():
    process = module.start_with_one(stay_with, 1)
    assert process.is_alive()
    ended(process)


def test_child_reports_the_new_value():
    assert reports()[1][3] == (5,)


def test_child_sets_its_global():
    assert reports()[1][0] != os.getpid()


def test_main_process_waits_for_the_child():
    reports()
    assert multiprocessing.active_children() == []


def test_main_process_reports_its_own_number():
    assert reports()[2][3] == (100,)


def test_main_process_reports_what_the_caller_set():
    assert reports()[2][0] == os.getpid()


def test_proof_gives_the_own_number():
    assert reports()[0] == 100


def test_global_stays_as_it_was():
    reports()
    assert module.number == 100


def test_each_process_reports_once():
    _, child, main = reports()
    assert child[0] != main[0]


def test_proof_is_made_anew_each_time():
    reports()
    assert reports()[1][3] == (5,)
