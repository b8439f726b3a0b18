# fails: check_global_stays_as_it_was check_proof_gives_the_own_number check_main_process_reports_its_own_number check_main_process_reports_what_the_caller_set check_proof_is_made_anew_each_time
# cause: wrong_arguments_for_target
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


def prove_globals_not_shared(new_value, report):
    global number
    number = new_value
    process = multiprocessing.Process(target=set_and_report, args=(new_value, report))
    process.start()
    process.join()
    report(number)
    return number
