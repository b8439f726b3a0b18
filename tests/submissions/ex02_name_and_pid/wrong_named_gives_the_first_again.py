# fails: check_named_starts_a_new_process_each_time
# cause: -
import os
import signal
from multiprocessing import Process, current_process


def identify():
    return (current_process().name, os.getpid(), os.getppid())


def kill_process(pid):
    os.kill(pid, signal.SIGKILL)


_last = None


def start_named_process(name, target):
    global _last
    p = Process(target=target, name=name)
    p.start()
    before, _last = _last, p
    return before or p
