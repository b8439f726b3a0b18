# fails: check_run_gives_one_after_an_exception
# cause: -
import multiprocessing


def start_process(target):
    process = multiprocessing.Process(target=target)
    process.start()
    return process


def guarded(target):
    try:
        target()
    except Exception as error:
        print("something went wrong:", error)


def run_process(target):
    process = multiprocessing.Process(target=guarded, args=(target,))
    process.start()
    process.join()
    return process.exitcode


def process_state(process):
    if process.is_alive():
        return "running"
    return "new" if process.exitcode is None else "dead"
