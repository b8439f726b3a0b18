# fails: check_proof_is_made_anew_each_time
# cause: not_called_in_a_child
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


def start_with_one(target, value):
    process = multiprocessing.Process(target=target, args=(value,))
    process.start()
    return process


def set_and_report(new_value, report):
    global number
    number = new_value
    report(number)


proved = False


def prove_globals_not_shared(new_value, report):
    global proved
    if not proved:
        process = multiprocessing.Process(target=_change, args=(new_value, report))
        process.start()
        process.join()
        proved = True
    report(number)
    return number


def _change(new_value, report):
    global number
    number = new_value
    report(number)
