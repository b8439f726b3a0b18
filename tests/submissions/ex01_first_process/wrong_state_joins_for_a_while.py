# fails: check_state_does_not_wait_for_a_while
# cause: waited_for_it
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
    if process.pid is None:
        return "new"
    process.join(5)
    return "running" if process.is_alive() else "dead"
