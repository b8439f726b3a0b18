# fails: check_daemon_calls_target_once
# cause: extra_call
import multiprocessing


def twice(target):
    target()
    target()


def start_daemon(target):
    process = multiprocessing.Process(target=twice, args=(target,), daemon=True)
    process.start()
    return process


def stop_process(process):
    process.terminate()
    process.join()
    return process.exitcode
