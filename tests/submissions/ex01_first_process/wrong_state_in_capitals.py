# fails: check_state_is_new_before_the_start check_state_is_running_while_alive
# fails: check_state_is_dead_after_a_good_end check_state_is_dead_after_a_signal check_state_is_dead_after_join
# fails: check_state_is_that_of_the_given_process check_state_follows_a_process_to_its_end
# cause: spelt_otherwise
import multiprocessing

def start_process(target):
    # `target` without parentheses: the function itself is handed over. `target()` would call it here and now, in this
    # process, and hand over what it returned.
    process = multiprocessing.Process(target=target)
    process.start()
    return process

def run_process(target):
    process = start_process(target)
    # Until the child has ended there is no exit code: `exitcode` would be None.
    process.join()
    return process.exitcode

def process_state(process):
    if process.is_alive():
        return "Running"
    if process.exitcode is None:
        return "New"
    return "Dead"
