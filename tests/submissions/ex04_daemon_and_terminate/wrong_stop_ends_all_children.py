# fails: check_stop_ends_no_other
# cause: ended_meanwhile
import multiprocessing


def start_daemon(target):
    process = multiprocessing.Process(target=target, daemon=True)
    process.start()
    return process


def stop_process(process):
    for child in multiprocessing.active_children():
        child.terminate()
    process.join()
    return process.exitcode
