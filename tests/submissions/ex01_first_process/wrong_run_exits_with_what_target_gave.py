# fails: check_run_gives_zero_after_a_good_end
# cause: -
from multiprocessing import Process


def start_process(target):
    p = Process(target=target)
    p.start()
    return p


def process_state(process):
    if process.pid is None:
        return "new"
    if process.is_alive():
        return "running"
    return "dead"


def _go(target):
    import sys
    sys.exit(target())


def run_process(target):
    p = Process(target=_go, args=(target,))
    p.start()
    p.join()
    return p.exitcode
