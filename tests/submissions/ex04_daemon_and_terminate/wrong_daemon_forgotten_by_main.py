# fails: check_daemon_ends_when_the_main_process_returns check_daemon_ends_after_sys_exit check_daemon_ends_after_an_exception check_daemon_is_one_more_each_time
# cause: outlives_main
import multiprocessing


def start_daemon(target):
    process = multiprocessing.Process(target=target)
    process.start()
    multiprocessing.process._children.discard(process)
    return process


def stop_process(process):
    process.terminate()
    process.join()
    return process.exitcode
