# fails: check_named_gives_the_running_process check_name_is_known_outside check_named_starts_a_new_process_each_time
# cause: returned_nothing
import multiprocessing
import os
import signal


def start_named_process(name, target):
    process = multiprocessing.Process(target=target, name=name)
    process.start()


def identify():
    return multiprocessing.current_process().name, os.getpid(), os.getppid()


def kill_process(pid):
    os.kill(pid, signal.SIGKILL)
