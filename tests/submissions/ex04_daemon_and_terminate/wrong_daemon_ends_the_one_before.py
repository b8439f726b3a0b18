# fails: check_daemon_is_one_more_each_time
# cause: ended_meanwhile
import multiprocessing


daemons = []


def start_daemon(target):
    for process in daemons:
        process.terminate()
    process = multiprocessing.Process(target=target, daemon=True)
    process.start()
    daemons.append(process)
    return process


def stop_process(process):
    process.terminate()
    process.join()
    return process.exitcode
