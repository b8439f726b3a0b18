"""Exercise 2, solved: the name and the number of a process (section 7.4).

练习 2 的参考答案：进程的名字与编号（7.4 节）。
"""

import multiprocessing
import os
import signal


def start_named_process(name, target):
    # The name is given before the start, because the child takes its name with it when it starts: a name that is
    # changed afterwards changes on this side only.
    process = multiprocessing.Process(target=target, name=name)
    process.start()
    return process


def identify():
    # All three are asked for anew in every call: a forked child is a copy of its parent, and anything that was
    # remembered from before would tell of the parent.
    return multiprocessing.current_process().name, os.getpid(), os.getppid()


def kill_process(pid):
    # SIGTERM is a request, which a process may ignore. SIGKILL never reaches the process: the system ends it.
    os.kill(pid, signal.SIGKILL)
