# fails: check_stop_ends_no_other
# cause: waits_for_another
# verdict: stuck
import multiprocessing


def start_daemon(target):
    process = multiprocessing.Process(target=target, daemon=True)
    process.start()
    return process


def stop_process(process):
    process.terminate()
    for child in multiprocessing.active_children():
        child.join()
    return process.exitcode
