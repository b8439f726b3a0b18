# fails: check_stop_waits_for_the_end check_stop_gives_the_code_of_the_child check_stop_gives_minus_fifteen
# cause: did_not_wait
import multiprocessing
import time


def start_daemon(target):
    process = multiprocessing.Process(target=target, daemon=True)
    process.start()
    return process


def stop_process(process):
    process.terminate()
    end = time.monotonic() + 2.5
    while time.monotonic() < end and process.is_alive():
        time.sleep(0.05)
    return process.exitcode
