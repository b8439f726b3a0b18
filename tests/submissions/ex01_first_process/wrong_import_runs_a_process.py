# fails: check_import_starts_no_process
# cause: import_starts_process
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


demo = multiprocessing.Process(target=print, args=("hello",))
demo.start()
demo.join()
