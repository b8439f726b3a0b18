# fails: check_daemon_calls_target_once
# cause: three_for_one
import multiprocessing


def start_daemon(target):
    process = multiprocessing.Process(target=target, args=(True,), daemon=True)
    process.start()
    return process


def stop_process(process):
    process.terminate()
    process.join()
    return process.exitcode
