# under: fork
# portability: start_process main_global
# portability: run_process main_global
import multiprocessing

work = None


def start_process(target):
    global work
    work = target
    process = multiprocessing.Process(target=run_work)
    process.start()
    return process


def run_work():
    work()


def run_process(target):
    global other_work
    other_work = target
    process = multiprocessing.Process(target=run_other_work)
    process.start()
    process.join()
    return process.exitcode


def run_other_work():
    other_work()


def process_state(process):
    if process.is_alive():
        return "running"
    return "new" if process.exitcode is None else "dead"
