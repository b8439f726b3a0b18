# fails: check_named_gives_the_running_process check_named_starts_a_new_process_each_time
# cause: waited_for_it
# verdict: stuck
import multiprocessing
import os
import signal


def start_named_process(name, target):
    process = multiprocessing.Process(target=target, name=name)
    process.start()
    process.join()
    return process


def identify():
    return multiprocessing.current_process().name, os.getpid(), os.getppid()


def kill_process(pid):
    os.kill(pid, signal.SIGKILL)
