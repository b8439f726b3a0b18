# fails: check_named_runs_target_in_a_child check_named_calls_target_once check_named_gives_the_running_process check_name_is_known_in_the_child check_named_starts_a_new_process_each_time
# cause: never_started
import multiprocessing
import os
import signal


def start_named_process(name, target):
    return multiprocessing.Process(target=target, name=name)


def identify():
    return multiprocessing.current_process().name, os.getpid(), os.getppid()


def kill_process(pid):
    os.kill(pid, signal.SIGKILL)
