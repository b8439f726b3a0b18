# fails: check_args_arrive_one_by_one
# cause: three_for_one
import multiprocessing

number = 100


def start(target, values, options):
    process = multiprocessing.Process(target=target, args=values, kwargs=options)
    process.start()
    return process


def start_with_args(target, values):
    return start(target, [value for value in values if value != []], {})


def start_with_kwargs(target, options):
    return start(target, (), options)


def start_with_both(target, values, options):
    return start(target, values, options)


def start_with_one(target, value):
    return start(target, (value,), {})


def change(new_value, report):
    global number
    number = new_value
    report(number)


def prove_globals_not_shared(new_value, report):
    start(change, (new_value, report), {}).join()
    report(number)
    return number
