# fails: check_kwargs_arrive_by_name
# cause: raised_in_child
import multiprocessing

number = 100


def start_with_args(target, values):
    process = multiprocessing.Process(target=target, args=values)
    process.start()
    return process


def run(target, **options):
    target(**options)


def start_with_kwargs(target, options):
    process = multiprocessing.Process(target=run, args=(target,), kwargs=options)
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
