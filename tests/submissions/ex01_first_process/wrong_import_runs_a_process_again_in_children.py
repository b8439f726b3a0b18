# fails: check_import_starts_no_process
# cause: import_starts_process
# under: fork
# portability: start_process main_guard
import multiprocessing


def run(target):
    target()


def start_process(target):
    process = multiprocessing.Process(target=run, args=(target,))
    process.start()
    return process


def run_process(target):
    process = multiprocessing.Process(target=target)
    process.start()
    process.join()
    return process.exitcode


def process_state(process):
    if process.is_alive():
        return "running"
    return "new" if process.exitcode is None else "dead"


process = multiprocessing.Process(target=print, args=("hello",))
process.start()
process.join()
