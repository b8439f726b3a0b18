# fails: check_daemon_gives_the_running_process
# cause: waited_for_it
import multiprocessing


def start_daemon(target):
    process = multiprocessing.Process(target=target, daemon=True)
    process.start()
    process.join(1)
    return process


def stop_process(process):
    if process.is_alive():
        process.terminate()
    process.join()
    return process.exitcode
