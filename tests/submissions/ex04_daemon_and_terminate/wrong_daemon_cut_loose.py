# fails: check_daemon_runs_target_in_a_child check_daemon_gives_the_running_process check_daemon_ends_when_the_main_process_returns check_daemon_ends_after_sys_exit check_daemon_ends_after_an_exception check_daemon_is_one_more_each_time
# cause: outlives_main
import multiprocessing
import os


def cut_loose(target):
    if os.fork() == 0:
        os.setsid()
        target()
        os._exit(0)


def start_daemon(target):
    process = multiprocessing.Process(target=cut_loose, args=(target,), daemon=True)
    process.start()
    return process


def stop_process(process):
    process.terminate()
    process.join()
    return process.exitcode
