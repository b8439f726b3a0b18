"""The kernel is asked to end the child along with its parent (prctl(2), PR_SET_PDEATHSIG)."""

import ctypes
import multiprocessing
import signal


def with_the_parent(target):
    ctypes.CDLL(None).prctl(1, signal.SIGKILL, 0, 0, 0)
    target()


def start_daemon(target):
    process = multiprocessing.get_context("fork").Process(target=with_the_parent, args=(target,))
    process.start()
    multiprocessing.process._children.discard(process)  # so that nobody waits for it
    return process


def stop_process(process):
    process.terminate()
    process.join()
    return process.exitcode
