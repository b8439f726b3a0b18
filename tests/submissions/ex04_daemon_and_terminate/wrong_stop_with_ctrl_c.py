# fails: check_stop_gives_minus_fifteen check_stop_waits_for_the_end check_stop_gives_the_code_of_the_child check_stop_leaves_the_object_usable
# cause: not_asked
import multiprocessing
import os
import signal


def start_daemon(target):
    process = multiprocessing.Process(target=target, daemon=True)
    process.start()
    return process


def stop_process(process):
    if process.is_alive():
        os.kill(process.pid, signal.SIGINT)
    process.join()
    return process.exitcode
