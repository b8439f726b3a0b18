# under: fork
# since: 3.11
# portability: start_process mixed
# portability: run_process not_there
import multiprocessing

lock = multiprocessing.get_context("fork").Lock()


def start_process(target):
    process = multiprocessing.Process(target=run_locked, args=(target, lock))
    process.start()
    return process


def run_locked(target, lock):
    with lock:
        pass
    target()


def run_process(target):
    global work

    def work():
        target()

    work.__qualname__ = "work"
    process = multiprocessing.Process(target=work)
    process.start()
    process.join()
    return process.exitcode


def process_state(process):
    if process.is_alive():
        return "running"
    return "new" if process.exitcode is None else "dead"
