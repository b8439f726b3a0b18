# fails: check_run_runs_target_in_a_child check_run_waits_for_the_end check_run_gives_minus_the_signal check_run_gives_minus_any_other_signal
# cause: ran_in_your_process
import multiprocessing


def start_process(target):
    process = multiprocessing.Process(target=target)
    process.start()
    return process


def run_process(target):
    try:
        target()
    except SystemExit as end:
        return end.code
    except Exception:
        return 1
    return 0


def process_state(process):
    if process.is_alive():
        return "running"
    return "new" if process.exitcode is None else "dead"
