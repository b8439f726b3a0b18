"""Set as an attribute, before the start."""

import multiprocessing


def start_daemon(target):
    process = multiprocessing.Process(target=target)
    process.daemon = True
    process.start()
    return process


def stop_process(process):
    process.terminate()
    process.join()
    return process.exitcode
