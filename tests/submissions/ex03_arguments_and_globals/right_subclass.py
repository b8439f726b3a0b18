"""A subclass of Process that keeps the arguments itself."""

import multiprocessing

number = 100


class Child(multiprocessing.Process):
    def __init__(self, job, args=(), kwargs=None):
        super().__init__()
        self.job = job
        self.values = args
        self.options = kwargs or {}

    def run(self):
        self.job(*self.values, **self.options)


def start_with_args(target, values):
    process = Child(target, args=values)
    process.start()
    return process


def start_with_kwargs(target, options):
    process = Child(target, kwargs=options)
    process.start()
    return process


def start_with_both(target, values, options):
    process = Child(target, args=values, kwargs=options)
    process.start()
    return process


def start_with_one(target, value):
    process = Child(target, args=(value,))
    process.start()
    return process


def set_and_report(new_value, report):
    global number
    number = new_value
    report(number)


def prove_globals_not_shared(new_value, report):
    process = multiprocessing.Process(target=set_and_report, args=(new_value, report))
    process.start()
    process.join()
    report(number)
    return number
