# fails: check_daemon_ends_after_an_exception
# cause: main_cannot_end
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
