# fails: check_daemon_ends_after_sys_exit
# cause: daemon_is_waited_for
# verdict: stuck
import multiprocessing
import sys


def start_daemon(target):
    process = multiprocessing.Process(target=target, daemon=True)
    process.start()
    sys.exit = lambda code=None: process.join()
    return process


def stop_process(process):
    process.terminate()
    process.join()
    return process.exitcode
