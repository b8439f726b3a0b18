# fails: check_start_gives_the_running_process check_start_makes_a_new_process_each_time
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
