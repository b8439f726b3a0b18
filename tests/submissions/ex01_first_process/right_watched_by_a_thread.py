import multiprocessing
import os
import threading
import time


def give_up():
    time.sleep(3600)
    os._exit(1)


threading.Thread(target=give_up, daemon=True).start()


def start_process(target):
    process = multiprocessing.Process(target=target)
    process.start()
    return process


def run_process(target):
    process = start_process(target)
    process.join()
    return process.exitcode


def process_state(process):
    if process.pid is None:
        return "new"
    return "running" if process.is_alive() else "dead"
