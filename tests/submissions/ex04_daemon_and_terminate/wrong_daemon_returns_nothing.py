# fails: check_daemon_gives_the_running_process check_daemon_is_one_more_each_time
# cause: returned_nothing
import multiprocessing


def start_daemon(target):
    process = multiprocessing.Process(target=target, daemon=True)
    process.start()


def stop_process(process):
    process.terminate()
    process.join()
    return process.exitcode
