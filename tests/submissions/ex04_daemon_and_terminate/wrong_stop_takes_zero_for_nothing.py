# fails: check_stop_gives_the_code_of_the_child
# cause: -
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
    return process.exitcode or -15
