# fails: check_child_sets_its_global check_main_process_reports_what_the_caller_set check_proof_gives_the_own_number check_proof_is_made_anew_each_time
# cause: no_such_global
import multiprocessing

count = 100


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
    global count
    count = new_value
    report(count)


def prove_globals_not_shared(new_value, report):
    process = multiprocessing.Process(target=set_and_report, args=(new_value, report))
    process.start()
    process.join()
    report(count)
    return count
