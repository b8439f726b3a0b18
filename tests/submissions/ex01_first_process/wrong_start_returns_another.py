# fails: check_start_gives_the_running_process
# cause: object_not_started
import multiprocessing


def start_process(target):
    process = multiprocessing.Process(target=target)
    process.start()
    return multiprocessing.Process(target=target)


def run_process(target):
    process = multiprocessing.Process(target=target)
    process.start()
    process.join()
    return process.exitcode


def process_state(process):
    if process.is_alive():
        return "running"
    return "new" if process.exitcode is None else "dead"
