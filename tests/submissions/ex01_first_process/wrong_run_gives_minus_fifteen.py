# fails: check_run_gives_minus_any_other_signal
# cause: -
import multiprocessing


def start_process(target):
    process = multiprocessing.Process(target=target)
    process.start()
    return process


def run_process(target):
    process = multiprocessing.Process(target=target)
    process.start()
    process.join()
    return process.exitcode if process.exitcode >= 0 else -15


def process_state(process):
    if process.is_alive():
        return "running"
    if process.exitcode is None:
        return "new"
    return "dead"
