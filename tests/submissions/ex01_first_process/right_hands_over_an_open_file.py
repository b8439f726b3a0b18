# under: fork
# portability: start_process unpicklable
import multiprocessing


def start_process(target):
    process = multiprocessing.Process(target=run, args=(target, open(__file__)))
    process.start()
    return process


def run(target, file):
    file.close()
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
