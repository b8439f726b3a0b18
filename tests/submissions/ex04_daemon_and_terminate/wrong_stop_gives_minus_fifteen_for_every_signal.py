# fails: check_stop_gives_the_code_of_an_ended_process
# cause: -
import signal
from collections.abc import Callable
from multiprocessing import Process
from multiprocessing.process import BaseProcess


def start_daemon(target: Callable[[], object]) -> BaseProcess:
    process: Process = Process(target=target, name='daemon', daemon=True)
    process.start()
    return process


def stop_process(process):
    if process.is_alive():
        process.terminate()
    process.join()
    if process.exitcode < 0:
        return -signal.SIGTERM
    return process.exitcode
