# under: fork
# portability: start_process let_go
import multiprocessing


def start_process(target):
    process = multiprocessing.Process(target=run_locked, args=(target, multiprocessing.Lock()))
    process.start()
    return process


def run_locked(target, lock):
    with lock:
        pass
    target()


def run_process(target):
    process = multiprocessing.Process(target=target)
    process.start()
    process.join()
    return process.exitcode


def process_state(process):
    if process.is_alive():
        return "running"
    return "new" if process.exitcode is None else "dead"
