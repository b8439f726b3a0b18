"""Exercise 1 as a teacher would test it in plain pytest: one test for each check, in the same process, no walls."""

import multiprocessing
import os

import ex01_first_process as module
from targets import be_killed, be_killed_at_once, ended, fail, leave, nothing, started, stay, tell, told


def test_import_starts_no_process():
    assert multiprocessing.active_children() == []


def test_start_runs_target_in_a_child():
    module.start_process(tell).join()
    assert told()[:2] != (os.getpid(), os.getppid())


def test_start_calls_target_once():
    module.start_process(tell).join()
    assert told()[3:] == ((), {})


def test_start_gives_the_running_process():
    process = module.start_process(stay)
    assert process.is_alive()
    ended(process)


def test_start_makes_a_new_process_each_time():
    one, other = module.start_process(stay), module.start_process(stay)
    assert one.pid != other.pid
    ended(one)
    ended(other)


def test_run_runs_target_in_a_child():
    module.run_process(tell)
    assert told()[1] == os.getpid()


def test_run_calls_target_once():
    module.run_process(tell)
    assert told()[3:] == ((), {})


def test_run_waits_for_the_end():
    module.run_process(nothing)
    assert multiprocessing.active_children() == []


def test_run_gives_zero_after_a_good_end():
    assert module.run_process(nothing) == 0


def test_run_gives_the_code_of_sys_exit():
    assert module.run_process(leave) == 7


def test_run_gives_one_after_an_exception():
    assert module.run_process(fail) == 1


def test_run_gives_minus_the_signal():
    assert module.run_process(be_killed) == -15


def test_run_gives_minus_any_other_signal():
    assert module.run_process(be_killed_at_once) == -9


def test_run_gives_the_code_of_each_run():
    assert (module.run_process(fail), module.run_process(leave)) == (1, 7)


def test_state_is_new_before_the_start():
    assert module.process_state(multiprocessing.Process(target=nothing)) == "new"


def test_state_is_running_while_alive():
    process = started(stay)
    assert module.process_state(process) == "running"
    ended(process)


def test_state_does_not_wait_for_a_while():
    process, joins = started(stay), []
    process.join = joins.append
    module.process_state(process)
    del process.join
    ended(process)
    assert joins == []


def test_state_is_dead_after_a_good_end():
    process = started(nothing)
    os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
    assert module.process_state(process) == "dead"


def test_state_is_dead_after_a_signal():
    process = started(be_killed)
    os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
    assert module.process_state(process) == "dead"


def test_state_is_dead_after_join():
    process = started(nothing)
    process.join()
    assert module.process_state(process) == "dead"


def test_state_is_that_of_the_given_process():
    other = multiprocessing.Process(target=stay, name="ada")
    other.start()
    process = multiprocessing.Process(target=nothing, name="ada")
    assert module.process_state(process) == "new"
    process.start()
    process.join()
    assert module.process_state(process) == "dead"
    ended(other)


def test_state_follows_a_process_to_its_end():
    process = multiprocessing.Process(target=nothing)
    assert module.process_state(process) == "new"
    process.start()
    process.join()
    assert module.process_state(process) == "dead"
    assert process.exitcode == 0
