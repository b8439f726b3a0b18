# fails: check_daemon_ends_when_the_main_process_returns check_daemon_is_one_more_each_time
# cause: main_cannot_end
# verdict: stuck
import multiprocessing
import sys


def start_daemon(target):
    process = multiprocessing.Process(target=target)
    process.start()
    sys.excepthook = lambda *error: process.terminate()
    sys.exit = lambda code=None: process.terminate()
    return process


def stop_process(process):
    process.terminate()
    process.join()
    return process.exitcode
