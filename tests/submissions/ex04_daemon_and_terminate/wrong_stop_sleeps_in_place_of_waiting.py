# fails: check_stop_waits_for_the_end check_stop_gives_minus_fifteen check_stop_gives_the_code_of_the_child
# cause: did_not_wait
import multiprocessing
import time


def start_daemon(target):
    process = multiprocessing.Process(target=target, daemon=True)
    process.start()
    return process


def stop_process(process):
    process.terminate()
    time.sleep(2)
    return process.exitcode
