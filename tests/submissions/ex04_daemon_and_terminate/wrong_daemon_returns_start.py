# fails: check_daemon_gives_the_running_process check_daemon_is_one_more_each_time
# cause: returned_nothing
import multiprocessing


def start_daemon(target):
    return multiprocessing.Process(target=target, daemon=True).start()


def stop_process(process):
    process.terminate()
    process.join()
    return process.exitcode
