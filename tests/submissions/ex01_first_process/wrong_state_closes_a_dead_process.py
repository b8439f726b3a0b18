# fails: check_state_follows_a_process_to_its_end
# cause: process_closed
import multiprocessing


def start_process(target):
    process = multiprocessing.Process(target=target)
    process.start()
    return process


def run_process(target):
    process = start_process(target)
    process.join()
    return process.exitcode


def process_state(process):
    if process.pid is None:
        return "new"
    if process.is_alive():
        return "running"
    process.close()
    return "dead"
