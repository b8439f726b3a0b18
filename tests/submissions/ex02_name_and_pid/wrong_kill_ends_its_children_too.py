# fails: check_kill_ends_no_child_of_it
# cause: ended_meanwhile
import multiprocessing
import os
import signal


def start_named_process(name, target):
    process = multiprocessing.Process(target=target, name=name)
    process.start()
    return process


def identify():
    return (multiprocessing.current_process().name, os.getpid(), os.getppid())


def kill_process(pid):
    with open(f'/proc/{pid}/task/{pid}/children') as file:
        children = [int(word) for word in file.read().split()]
    for child in children:
        kill_process(child)
    os.kill(pid, signal.SIGKILL)
