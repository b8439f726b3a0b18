# fails: check_daemon_gives_the_running_process check_daemon_is_one_more_each_time
# cause: wrong_type
import multiprocessing


def start_daemon(target):
    process = multiprocessing.Process(target=target, daemon=True)
    process.start()
    return process.pid


def stop_process(process):
    process.terminate()
    process.join()
    return process.exitcode
