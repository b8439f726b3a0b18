# fails: check_run_runs_target_in_a_child check_run_calls_target_once check_run_waits_for_the_end check_run_gives_zero_after_a_good_end check_run_gives_the_code_of_sys_exit check_run_gives_one_after_an_exception check_run_gives_the_code_of_each_run
# cause: came_back_twice
import multiprocessing
import os


def start_process(target):
    process = multiprocessing.Process(target=target)
    process.start()
    return process


def run_process(target):
    pid = os.fork()
    if pid == 0:
        target()
        return 0
    _, status = os.waitpid(pid, 0)
    return os.waitstatus_to_exitcode(status)


def process_state(process):
    if process.is_alive():
        return "running"
    return "new" if process.exitcode is None else "dead"
