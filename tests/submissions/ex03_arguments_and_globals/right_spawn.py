"""Its own start method: spawn."""

import multiprocessing

number = 100
context = multiprocessing.get_context("spawn")


def start_with_args(target, values):
    process = context.Process(target=target, args=values)
    process.start()
    return process


def start_with_kwargs(target, options):
    process = context.Process(target=target, kwargs=options)
    process.start()
    return process


def start_with_both(target, values, options):
    process = context.Process(target=target, args=values, kwargs=options)
    process.start()
    return process


def start_with_one(target, value):
    process = context.Process(target=target, args=(value,))
    process.start()
    return process


def set_and_report(new_value, report):
    global number
    number = new_value
    report(number)


def prove_globals_not_shared(new_value, report):
    process = context.Process(target=set_and_report, args=(new_value, report))
    process.start()
    process.join()
    report(number)
    return number
