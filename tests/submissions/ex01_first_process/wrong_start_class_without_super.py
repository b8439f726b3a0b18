# fails: check_start_runs_target_in_a_child check_start_calls_target_once check_start_gives_the_running_process
# fails: check_start_makes_a_new_process_each_time
# cause: raised
import multiprocessing

class Worker(multiprocessing.Process):
    def __init__(self, target):
        self.target = target
    def run(self):
        self.target()

def start_process(target):
    process = Worker(target)
    process.start()
    return process

def run_process(target):
    process = start_process(target)
    # Until the child has ended there is no exit code: `exitcode` would be None.
    process.join()
    return process.exitcode

def process_state(process):
    if process.is_alive():
        return "running"
    # `is None` and not `not process.exitcode`: a process that ended well has exit code 0, and 0 counts as false.
    if process.exitcode is None:
        return "new"
    return "dead"
