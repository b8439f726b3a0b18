"""A thread waits for the end of the main thread, and ends the child then."""

import multiprocessing
import threading


def end_with_main(process):
    threading.main_thread().join()
    process.terminate()


def start_daemon(target):
    process = multiprocessing.Process(target=target)
    process.start()
    threading.Thread(target=end_with_main, args=(process,)).start()
    return process


def stop_process(process):
    process.terminate()
    process.join()
    return process.exitcode
