"""A demonstration under the main guard."""

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


def work():
    print("working")


if __name__ == "__main__":
    print(run_process(work))
