# fails: check_identify_in_the_main_process check_identify_in_a_child check_identify_anew_each_time
# cause: made_from_plain
import multiprocessing
import os
import signal
import typing


class Identity(typing.NamedTuple):
    name: str
    pid: int
    parent_pid: int


def start_named_process(name, target):
    process = multiprocessing.Process(target=target, name=name)
    process.start()
    return process


def identify():
    return Identity(multiprocessing.current_process().name, os.getpid(), os.getppid())


def kill_process(pid):
    os.kill(pid, signal.SIGKILL)
