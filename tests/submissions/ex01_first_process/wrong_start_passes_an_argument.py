# fails: check_start_calls_target_once
# cause: three_for_one
import multiprocessing


def start_process(target):
    process = multiprocessing.Process(target=target, args=("hello",))
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
