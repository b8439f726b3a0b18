# fails: check_run_gives_the_code_of_sys_exit check_run_gives_one_after_an_exception check_run_gives_minus_the_signal check_run_gives_minus_any_other_signal check_run_gives_the_code_of_each_run
# cause: raw_status
import multiprocessing
import os
import signal
import sys
from multiprocessing.connection import wait

ctx = multiprocessing.get_context("fork")


def launch(target, *args):
    child = ctx.Process(target=target, args=args)
    child.start()
    return child


def start_process(target):
    return launch(target)


def run_process(target):
    sys.stdout.flush()
    pid = os.fork()
    if pid == 0:
        try:
            target()
        except SystemExit as e:
            os._exit(e.code or 0)
        except BaseException:
            os._exit(1)
        os._exit(0)
    _, status = os.waitpid(pid, 0)
    return status


def process_state(process):
    match (process.pid, process.exitcode):
        case (None, _):
            return "new"
        case (_, None):
            return "running"
        case _:
            return "dead"
