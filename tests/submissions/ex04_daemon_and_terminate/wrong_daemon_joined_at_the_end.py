# fails: check_daemon_ends_when_the_main_process_returns check_daemon_ends_after_sys_exit check_daemon_ends_after_an_exception check_daemon_is_one_more_each_time
# cause: daemon_is_waited_for
# verdict: stuck
import atexit
import multiprocessing


def start_daemon(target):
    process = multiprocessing.Process(target=target, daemon=True)
    process.start()
    atexit.register(process.join)
    return process


def stop_process(process):
    process.terminate()
    process.join()
    return process.exitcode
