"""Runs the target in a bare fork, and waits for it."""

import multiprocessing
import os


def start_process(target):
    process = multiprocessing.Process(target=target)
    process.start()
    return process


def run_process(target):
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            target()
            code = 0
        except SystemExit as end:
            code = end.code
        finally:
            os._exit(code)
    _, status = os.waitpid(pid, 0)
    return os.waitstatus_to_exitcode(status)


def process_state(process):
    if process.is_alive():
        return "running"
    return "new" if process.exitcode is None else "dead"
