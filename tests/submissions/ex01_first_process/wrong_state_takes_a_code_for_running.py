# fails: check_state_is_dead_after_join
# cause: -
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
    return "dead" if process.exitcode is not None and process.exitcode <= 0 else "running"
