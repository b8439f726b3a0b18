# fails: check_identify_in_the_main_process check_identify_in_a_child check_identify_anew_each_time
# cause: not_written
import multiprocessing
import os
import signal


def start_named_process(name, target):
    process = multiprocessing.Process(target=target, name=name)
    process.start()
    return process


def identify():
    raise NotImplementedError("identify is still to be written")


def kill_process(pid):
    os.kill(pid, signal.SIGKILL)
