# fails: check_start_calls_target_once
# cause: extra_call
import multiprocessing


def twice(target):
    target()
    target()


def start_process(target):
    process = multiprocessing.Process(target=twice, args=(target,))
    process.start()
    return process


def run_process(target):
    process = multiprocessing.Process(target=target)
    process.start()
    process.join()
    return process.exitcode


def process_state(process):
    if process.is_alive():
        return "running"
    return "new" if process.exitcode is None else "dead"
