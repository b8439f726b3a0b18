# under: fork
# portability: start_process lambda
# portability: run_process local
import multiprocessing


def start_process(target):
    process = multiprocessing.Process(target=lambda: target())
    process.start()
    return process


def run_process(target):
    def work():
        target()

    process = multiprocessing.Process(target=work)
    process.start()
    process.join()
    return process.exitcode


def process_state(process):
    if process.is_alive():
        return "running"
    return "new" if process.exitcode is None else "dead"
