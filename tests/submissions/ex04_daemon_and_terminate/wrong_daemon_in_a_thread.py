# fails: check_daemon_runs_target_in_a_child check_daemon_gives_the_running_process check_daemon_is_one_more_each_time
# cause: ran_in_your_process
import threading


def start_daemon(target):
    thread = threading.Thread(target=target, daemon=True)
    thread.start()
    return thread


def stop_process(process):
    process.terminate()
    process.join()
    return process.exitcode
