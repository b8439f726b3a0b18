# fails: check_daemon_is_one_more_each_time
# cause: action_never_called
import multiprocessing


daemons = []


def start_daemon(target):
    if not daemons:
        daemons.append(multiprocessing.Process(target=target, daemon=True))
        daemons[0].start()
    return daemons[0]


def stop_process(process):
    process.terminate()
    process.join()
    return process.exitcode
