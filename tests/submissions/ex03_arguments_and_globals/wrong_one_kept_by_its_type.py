# fails: check_one_is_that_of_each_call
# cause: action_never_called
import multiprocessing

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

_made = {}


def start_with_one(target, value):
    if type(value) not in _made:
        process = multiprocessing.Process(target=target, args=(value,))
        process.start()
        _made[type(value)] = process
    return _made[type(value)]


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
