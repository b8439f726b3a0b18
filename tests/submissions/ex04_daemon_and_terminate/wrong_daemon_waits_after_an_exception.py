# fails: check_daemon_ends_after_an_exception
# cause: daemon_is_waited_for
# verdict: stuck
import multiprocessing
import sys


def start_daemon(target):
    process = multiprocessing.Process(target=target, daemon=True)
    process.start()
    sys.excepthook = lambda *error: process.join()
    return process


def stop_process(process):
    process.terminate()
    process.join()
    return process.exitcode
