# fails: check_start_makes_a_new_process_each_time
# cause: action_never_called
import multiprocessing

PROCESSES = {}


def start_process(target):
    if target not in PROCESSES:
        PROCESSES[target] = multiprocessing.Process(target=target)
        PROCESSES[target].start()
    return PROCESSES[target]


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
