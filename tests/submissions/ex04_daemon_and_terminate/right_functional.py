"""Small functions, one step each."""

import multiprocessing
import operator


def started(process):
    process.start()
    return process


def start_daemon(target):
    return started(multiprocessing.Process(target=target, daemon=True))


def stop_process(process):
    for step in ("terminate", "join"):
        operator.methodcaller(step)(process)
    return operator.attrgetter("exitcode")(process)
