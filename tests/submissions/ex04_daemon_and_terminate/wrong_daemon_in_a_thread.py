# fails: check_daemon_runs_target_in_a_child check_daemon_gives_the_running_process
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
