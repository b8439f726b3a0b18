# fails: check_stop_leaves_the_object_usable
# cause: process_closed
import multiprocessing


def start_daemon(target):
    process = multiprocessing.Process(target=target, daemon=True)
    process.start()
    return process


def stop_process(process):
    if not process.is_alive():
        return process.exitcode
    process.terminate()
    process.join()
    code = process.exitcode
    process.close()
    return code
