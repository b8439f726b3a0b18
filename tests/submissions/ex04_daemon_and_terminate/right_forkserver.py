"""A context of its own: forkserver."""

import multiprocessing


def start_daemon(target):
    process = multiprocessing.get_context("forkserver").Process(target=target, daemon=True)
    process.start()
    return process


def stop_process(process):
    process.terminate()
    process.join()
    return process.exitcode
