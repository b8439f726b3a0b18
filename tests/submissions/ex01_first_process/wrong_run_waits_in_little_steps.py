# fails: check_run_waits_for_the_end
# cause: did_not_wait
import multiprocessing
import time


def start_process(target):
    process = multiprocessing.Process(target=target)
    process.start()
    return process


def run_process(target):
    process = start_process(target)
    for _ in range(25):
        if not process.is_alive():
            break
        time.sleep(0.1)
    return process.exitcode


def process_state(process):
    if process.pid is None:
        return "new"
    return "running" if process.is_alive() else "dead"
