# fails: check_named_starts_a_new_process_each_time
# cause: action_never_called
import multiprocessing
import os
import signal

PROCESSES = {}


def start_named_process(name, target):
    if name not in PROCESSES:
        PROCESSES[name] = multiprocessing.Process(target=target, name=name)
        PROCESSES[name].start()
    return PROCESSES[name]


def identify():
    return (multiprocessing.current_process().name, os.getpid(), os.getppid())


def kill_process(pid):
    os.kill(pid, signal.SIGKILL)
