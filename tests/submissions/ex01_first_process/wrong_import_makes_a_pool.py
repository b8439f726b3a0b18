# fails: check_import_starts_no_process
# cause: import_starts_process
# under: fork
# portability: start_process main_guard
# portability: run_process main_guard
# portability: process_state main_guard
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
    if process.is_alive():
        return "running"
    return "new" if process.exitcode is None else "dead"


def double(number):
    return number * 2


with multiprocessing.Pool(2) as pool:
    print(pool.map(double, [1, 2]))
