# fails: check_state_is_running_while_alive check_state_follows_a_process_to_its_end
# cause: -
import multiprocessing as mp
import os
import sys

上下文 = mp.get_context("spawn")


def start_process(target):
    子进程 = 上下文.Process(target=target)
    子进程.start()
    return 子进程


def run_process(target):
    with_code = 上下文.Process(target=target)
    with_code.start()
    while with_code.is_alive():
        with_code.join(0.5)
    return with_code.exitcode


def process_state(process):
    if process.pid is None:
        return "new"
    try:
        with open(f"/proc/{process.pid}/stat") as f:
            buchstabe = f.read().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return "dead"
    return "running" if buchstabe == "R" else "dead"
