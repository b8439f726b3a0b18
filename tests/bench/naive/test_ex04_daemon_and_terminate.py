"""Exercise 4 as a teacher would test it in plain pytest."""

import multiprocessing
import os
import signal
import sys

import ex04_daemon_and_terminate as module
import pytest
from targets import ended, leave, leave_when_asked, pause, say, started, stay, tell, told


def main_returns():
    say(module.start_daemon(stay).pid)


def main_exits():
    main_returns()
    sys.exit()


def main_raises():
    main_returns()
    raise ValueError


def main_starts_two():
    first = module.start_daemon(stay)
    second = module.start_daemon(stay)
    pause()
    say((first.pid, second.pid, first.is_alive()))


def is_gone_after(main):
    started(main).join()
    with pytest.raises(ProcessLookupError):
        os.kill(told(), 0)


def asked():
    process = started(leave_when_asked)
    told()
    return process


def test_import_starts_no_process():
    assert multiprocessing.active_children() == []


def test_daemon_runs_target_in_a_child():
    module.start_daemon(tell).join()
    assert told()[1] == os.getpid()


def test_daemon_calls_target_once():
    module.start_daemon(tell).join()
    assert told()[3:] == ((), {})


def test_daemon_gives_the_running_process():
    process = module.start_daemon(stay)
    assert process.is_alive()
    ended(process)


def test_daemon_ends_when_the_main_process_returns():
    is_gone_after(main_returns)


def test_daemon_ends_after_sys_exit():
    is_gone_after(main_exits)


def test_daemon_ends_after_an_exception():
    is_gone_after(main_raises)


def test_daemon_is_one_more_each_time():
    started(main_starts_two).join()
    first, second, was_alive = told()
    assert was_alive and first != second
    with pytest.raises(ProcessLookupError):
        os.kill(second, 0)


def test_stop_ends_the_process():
    process = started(stay)
    module.stop_process(process)
    assert not process.is_alive()


def test_stop_gives_minus_fifteen():
    assert module.stop_process(started(stay)) == -signal.SIGTERM


def test_stop_waits_for_the_end():
    process = asked()
    module.stop_process(process)
    assert process.exitcode is not None


def test_stop_gives_the_code_of_the_child():
    assert module.stop_process(asked()) == 7


def test_stop_gives_the_code_of_an_ended_process():
    process = started(leave)
    os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
    assert module.stop_process(process) == 7


def test_stop_gives_the_code_of_a_joined_process():
    process = started(leave)
    process.join()
    assert module.stop_process(process) == 7


def test_stop_leaves_the_object_usable():
    process = asked()
    module.stop_process(process)
    assert (process.exitcode, process.is_alive()) == (7, False)


def test_stop_ends_no_other():
    process, other = started(stay), started(stay)
    module.stop_process(process)
    assert other.is_alive()
    ended(other)


def test_stop_gives_each_process_its_own_code():
    process, other = started(leave), started(stay)
    process.name = other.name = "same"
    process.join()
    assert [module.stop_process(process), module.stop_process(other)] == [7, -signal.SIGTERM]
