# fails: check_stop_waits_for_the_end
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
