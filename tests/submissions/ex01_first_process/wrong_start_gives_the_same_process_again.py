# fails: check_start_makes_a_new_process_each_time
# cause: action_never_called
import multiprocessing


def start_process(target):
    if not hasattr(start_process, "process"):
        start_process.process = multiprocessing.Process(target=target)
        start_process.process.start()
    return start_process.process


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
