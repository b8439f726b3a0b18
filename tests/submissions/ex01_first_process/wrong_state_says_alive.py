# fails: check_state_is_running_while_alive check_state_follows_a_process_to_its_end
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
    return process.exitcode


def process_state(process):
    if process.is_alive():
        return "alive"
    return "new" if process.exitcode is None else "dead"
