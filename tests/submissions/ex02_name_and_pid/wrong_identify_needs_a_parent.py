# fails: check_identify_in_the_main_process check_identify_anew_each_time
# cause: raised
import multiprocessing
import os
import signal


def start_named_process(name, target):
    process = multiprocessing.Process(target=target, name=name)
    process.start()
    return process


def identify():
    process = multiprocessing.current_process()
    return process.name, process.pid, multiprocessing.parent_process().pid


def kill_process(pid):
    os.kill(pid, signal.SIGKILL)
