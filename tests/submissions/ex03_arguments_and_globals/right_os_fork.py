"""A bare fork makes the child."""

import multiprocessing
import os

number = 100


def start_with_args(target, values):
    process = multiprocessing.Process(target=target, args=values)
    process.start()
    return process


def start_with_kwargs(target, options):
    process = multiprocessing.Process(target=target, kwargs=options)
    process.start()
    return process


def start_with_both(target, values, options):
    process = multiprocessing.Process(target=target, args=values, kwargs=options)
    process.start()
    return process


def start_with_one(target, value):
    process = multiprocessing.Process(target=target, args=(value,))
    process.start()
    return process


def prove_globals_not_shared(new_value, report):
    global number
    pid = os.fork()
    if pid == 0:
        number = new_value
        report(number)
        os._exit(0)
    os.waitpid(pid, 0)
    report(number)
    return number
