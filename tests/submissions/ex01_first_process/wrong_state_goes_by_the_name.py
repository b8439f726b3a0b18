# fails: check_state_is_that_of_the_given_process
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
    names = [child.name for child in multiprocessing.active_children()]
    if process.name in names:
        return 'running'
    if process.pid is None:
        return 'new'
    return 'dead'
