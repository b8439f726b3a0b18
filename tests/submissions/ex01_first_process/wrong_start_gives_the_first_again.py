# fails: check_start_makes_a_new_process_each_time
# cause: -
from multiprocessing import Process


def run_process(target):
    p = Process(target=target)
    p.start()
    p.join()
    return p.exitcode


def process_state(process):
    if process.pid is None:
        return "new"
    if process.is_alive():
        return "running"
    return "dead"


_last = None


def start_process(target):
    global _last
    p = Process(target=target)
    p.start()
    before, _last = _last, p
    return before or p
