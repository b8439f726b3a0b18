# fails: check_identify_in_a_child check_identify_anew_each_time
# cause: -
import multiprocessing
import os
import signal


def start_named_process(name, target):
    process = multiprocessing.Process(target=target, name=name)
    process.start()
    return process


def identify():
    process = multiprocessing.parent_process() or multiprocessing.current_process()
    return multiprocessing.current_process().name, process.pid, os.getppid()


def kill_process(pid):
    os.kill(pid, signal.SIGKILL)
