# fails: check_run_gives_the_code_of_each_run
# cause: -
import multiprocessing


def start_process(target):
    process = multiprocessing.Process(target=target)
    process.start()
    return process


def run_process(target, codes=[]):
    process = multiprocessing.Process(target=target)
    process.start()
    process.join()
    codes.append(process.exitcode)
    return codes[0]


def process_state(process):
    if process.is_alive():
        return "running"
    if process.exitcode is None:
        return "new"
    return "dead"
