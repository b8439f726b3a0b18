"""Exercise 2 as a teacher would test it in plain pytest."""

import multiprocessing
import os
import signal

import ex02_name_and_pid as module
from targets import ended, say, started, stay, tell, told


def identify():
    say(module.identify())


def ignore():
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    say("ready")
    stay()


def have_a_child():
    say(started(stay).pid)
    stay()


def kill(pid):
    module.kill_process(pid)


def test_import_starts_no_process():
    assert multiprocessing.active_children() == []


def test_name_is_known_in_the_child():
    module.start_named_process("ada", tell).join()
    assert told()[2] == "ada"


def test_name_is_known_outside():
    process = module.start_named_process("ada", tell)
    process.join()
    told()
    assert process.name == "ada"


def test_named_runs_target_in_a_child():
    module.start_named_process("ada", tell).join()
    assert told()[1] == os.getpid()


def test_named_calls_target_once():
    module.start_named_process("ada", tell).join()
    assert told()[3:] == ((), {})


def test_named_gives_the_running_process():
    process = module.start_named_process("ada", stay)
    assert process.is_alive()
    ended(process)


def test_named_starts_a_new_process_each_time():
    one, other = module.start_named_process("ada", stay), module.start_named_process("ada", stay)
    assert (one.pid != other.pid, other.name) == (True, "ada")
    ended(one)
    ended(other)


def test_identify_in_the_main_process():
    assert module.identify() == (multiprocessing.current_process().name, os.getpid(), os.getppid())


def test_identify_in_a_child():
    process = started(identify)
    process.join()
    assert told() == (process.name, process.pid, os.getpid())


def test_identify_anew_each_time():
    module.identify()
    process = started(identify)
    process.join()
    assert told() == (process.name, process.pid, os.getpid())


def test_kill_ends_the_process():
    process = started(stay)
    module.kill_process(process.pid)
    process.join()
    assert process.exitcode == -signal.SIGKILL


def test_kill_ends_another_one_each_time():
    for process in (started(stay), started(stay)):
        module.kill_process(process.pid)
        process.join()
        assert process.exitcode == -signal.SIGKILL


def test_kill_cannot_be_ignored():
    process = started(ignore)
    told()
    module.kill_process(process.pid)
    process.join()
    assert process.exitcode == -signal.SIGKILL


def test_kill_ends_no_other():
    process, other = started(stay), started(stay)
    module.kill_process(process.pid)
    process.join()
    assert other.is_alive()
    ended(other)


def test_kill_ends_no_child_of_it():
    process = started(have_a_child)
    child = told()
    module.kill_process(process.pid)
    process.join()
    os.kill(child, signal.SIGKILL)  # an error where it has ended


def test_kill_ends_one_that_is_no_child():
    process = started(stay)
    sibling = multiprocessing.Process(target=kill, args=(process.pid,))
    sibling.start()
    process.join()
    assert process.exitcode == -signal.SIGKILL
    sibling.join()


def test_kill_does_not_wait():
    process = started(stay)
    module.kill_process(process.pid)
    assert os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT).si_pid == process.pid
    process.join()
