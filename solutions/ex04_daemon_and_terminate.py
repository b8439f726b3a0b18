"""Exercise 4, solved: daemon processes, and stopping a process (section 7.6).

练习 4 的参考答案：守护进程与终止进程（7.6 节）。
"""

import multiprocessing


def start_daemon(target):
    # It has to be said before the start: for a running process it is too late, and Python refuses.
    process = multiprocessing.Process(target=target, daemon=True)
    process.start()
    return process


def stop_process(process):
    # A process that has ended needs no signal, and its number may already belong to somebody else.
    if process.is_alive():
        process.terminate()
    # terminate() only sends the signal. Until the process has really ended there is no exit code, and until somebody
    # has asked for that, the system keeps the dead process in its list, as a zombie.
    process.join()
    return process.exitcode
