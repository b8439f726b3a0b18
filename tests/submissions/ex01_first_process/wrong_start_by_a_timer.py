# fails: check_start_gives_the_running_process
# cause: object_not_started
import multiprocessing
import threading


def start_process(target):
    process = multiprocessing.Process(target=target)
    threading.Timer(0.3, process.start).start()
    return process


def run_process(target):
    process = start_process(target)
    process.join()
    return process.exitcode


def process_state(process):
    if process.is_alive():
        return 'running'
    if process.exitcode is None:
        return 'new'
    return 'dead'
