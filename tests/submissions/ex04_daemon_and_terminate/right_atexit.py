"""No daemon for multiprocessing: it is ended by a function that runs at the end of the program."""

import atexit
import multiprocessing


def start_daemon(target):
    process = multiprocessing.Process(target=target)
    process.start()
    atexit.register(process.terminate)
    return process


def stop_process(process):
    process.terminate()
    process.join()
    return process.exitcode
