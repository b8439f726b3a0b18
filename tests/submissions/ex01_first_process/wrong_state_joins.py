# fails: check_state_is_running_while_alive check_state_is_new_before_the_start check_state_does_not_wait_for_a_while check_state_follows_a_process_to_its_end check_state_is_that_of_the_given_process
# cause: waited_for_it
# verdict: stuck
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
    process.join()
    return "running" if process.is_alive() else "dead"
