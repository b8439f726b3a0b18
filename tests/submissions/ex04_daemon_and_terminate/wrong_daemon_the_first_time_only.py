# fails: check_daemon_is_one_more_each_time
# cause: main_cannot_end
# verdict: stuck
import multiprocessing


is_first = True


def start_daemon(target):
    global is_first
    process = multiprocessing.Process(target=target, daemon=is_first)
    is_first = False
    process.start()
    return process


def stop_process(process):
    process.terminate()
    process.join()
    return process.exitcode
