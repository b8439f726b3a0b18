# fails: check_run_calls_target_once check_run_waits_for_the_end check_run_gives_zero_after_a_good_end
# cause: extra_call
import multiprocessing


def start_process(target):
    process = multiprocessing.Process(target=target)
    process.start()
    return process


def twice(target):
    target()
    target()


def run_process(target):
    process = multiprocessing.Process(target=twice, args=(target,))
    process.start()
    process.join()
    return process.exitcode


def process_state(process):
    if process.is_alive():
        return "running"
    return "new" if process.exitcode is None else "dead"
