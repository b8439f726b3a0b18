# fails: check_named_runs_target_in_a_child check_named_gives_the_running_process check_named_starts_a_new_process_each_time
# cause: other_parent
import multiprocessing
import os
import signal


def start_named_process(name, target):
    process = multiprocessing.Process(target=start_again, args=(name, target), name=name)
    process.start()
    return process


def start_again(name, target):
    multiprocessing.Process(target=target, name=name).start()


def identify():
    return multiprocessing.current_process().name, os.getpid(), os.getppid()


def kill_process(pid):
    os.kill(pid, signal.SIGKILL)
