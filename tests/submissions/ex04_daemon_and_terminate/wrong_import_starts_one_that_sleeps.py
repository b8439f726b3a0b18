# fails: check_import_starts_no_process
# cause: import_starts_process
import multiprocessing
import time


def start_daemon(target):
    process = multiprocessing.Process(target=target, daemon=True)
    process.start()
    return process


def stop_process(process):
    process.terminate()
    process.join()
    return process.exitcode


multiprocessing.Process(target=time.sleep, args=(60,), daemon=True).start()
