# fails: check_start_gives_the_running_process
# cause: waited_for_it
import multiprocessing


def start_process(target):
    process = multiprocessing.Process(target=target)
    process.start()
    process.join(1)
    return process


def run_process(target):
    process = start_process(target)
    process.join()
    return process.exitcode


def process_state(process):
    if process.is_alive():
        return "running"
    if process.exitcode is None:
        return "new"
    return "dead"
