"""Exercise 1, solved: your first process (sections 7.2 and 7.3).

练习 1 的参考答案：第一个进程（7.2、7.3 节）。
"""

import multiprocessing


def start_process(target):
    # `target` without parentheses: the function itself is handed over. `target()` would call it here and now, in this
    # process, and hand over what it returned.
    process = multiprocessing.Process(target=target)
    process.start()
    return process


def run_process(target):
    process = start_process(target)
    # Until the child has ended there is no exit code: `exitcode` would be None.
    process.join()
    return process.exitcode


def process_state(process):
    if process.is_alive():
        return "running"
    # `is None` and not `not process.exitcode`: a process that ended well has exit code 0, and 0 counts as false.
    if process.exitcode is None:
        return "new"
    return "dead"
