# fails: check_daemon_is_one_more_each_time
# cause: -
from multiprocessing import Process


def stop_process(process):
    process.terminate()
    process.join()
    return process.exitcode


_first = []


def start_daemon(target):
    p = Process(target=target, daemon=True)
    p.start()
    _first.append(p)
    return _first[0]
