# fails: check_run_runs_target_in_a_child check_run_waits_for_the_end check_run_gives_the_code_of_sys_exit check_run_gives_one_after_an_exception check_run_gives_minus_the_signal check_run_gives_minus_any_other_signal check_run_gives_the_code_of_each_run check_run_gives_zero_after_a_good_end
# cause: ran_in_your_process
import multiprocessing


def start_process(target):
    process = multiprocessing.Process(target=target)
    process.start()
    return process


def run_process(target):
    process = multiprocessing.Process(target=target())
    process.start()
    process.join()
    return process.exitcode


def process_state(process):
    if process.is_alive():
        return "running"
    return "new" if process.exitcode is None else "dead"
