# fails: check_child_reports_the_new_value check_child_sets_its_global check_main_process_waits_for_the_child check_main_process_reports_its_own_number check_main_process_reports_what_the_caller_set check_proof_gives_the_own_number check_global_stays_as_it_was check_each_process_reports_once check_proof_is_made_anew_each_time
# cause: not_written
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


def prove_globals_not_shared(new_value, report):
    raise NotImplementedError("prove_globals_not_shared is still to be written")
