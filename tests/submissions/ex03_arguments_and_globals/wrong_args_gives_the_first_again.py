# fails: check_args_are_those_of_each_call
# cause: -
from multiprocessing import Process

number = 100


def start_with_kwargs(target, options):
    p = Process(target=target, kwargs=options)
    p.start()
    return p


def start_with_both(target, values, options):
    p = Process(target=target, args=tuple(values), kwargs=options)
    p.start()
    return p


def start_with_one(target, value):
    p = Process(target=target, args=(value,))
    p.start()
    return p


def child_work(new_value, report):
    global number
    number = new_value
    report(number)


def prove_globals_not_shared(new_value, report):
    p = Process(target=child_work, args=(new_value, report))
    p.start()
    p.join()
    report(number)
    return number


_first = []


def start_with_args(target, values):
    p = Process(target=target, args=tuple(values))
    p.start()
    _first.append(p)
    return _first[0]
