# fails: check_daemon_runs_target_in_a_child check_daemon_calls_target_once check_daemon_gives_the_running_process check_daemon_ends_when_the_main_process_returns check_daemon_ends_after_sys_exit check_daemon_ends_after_an_exception check_daemon_is_one_more_each_time
# cause: no_such_function
import multiprocessing


def start_deamon(target):
    process = multiprocessing.Process(target=target, daemon=True)
    process.start()
    return process


def stop_process(process):
    process.terminate()
    process.join()
    return process.exitcode
