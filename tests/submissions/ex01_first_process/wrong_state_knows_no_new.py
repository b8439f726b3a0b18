# fails: check_state_is_new_before_the_start check_state_follows_a_process_to_its_end check_state_is_that_of_the_given_process
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
    return "running" if process.is_alive() else "dead"
