"""The child itself watches its parent, and ends when that has ended."""

import multiprocessing
import os
import threading


def leave_with_the_parent():
    multiprocessing.parent_process().join()
    os._exit(0)


def work(target):
    threading.Thread(target=leave_with_the_parent, daemon=True).start()
    target()


def start_daemon(target):
    process = multiprocessing.Process(target=work, args=(target,))
    process.start()
    multiprocessing.process._children.discard(process)  # so that nobody waits for it
    return process


def stop_process(process):
    process.terminate()
    process.join()
    return process.exitcode
