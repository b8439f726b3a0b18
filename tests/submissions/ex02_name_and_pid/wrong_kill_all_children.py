# fails: check_kill_ends_no_other check_kill_ends_one_that_is_no_child
# cause: ended_meanwhile
import multiprocessing
import os


def start_named_process(name, target):
    process = multiprocessing.Process(target=target, name=name)
    process.start()
    return process


def identify():
    return multiprocessing.current_process().name, os.getpid(), os.getppid()


def kill_process(pid):
    for child in multiprocessing.active_children():
        child.kill()
