# fails: check_stop_gives_the_code_of_a_joined_process check_stop_leaves_the_object_usable check_stop_gives_the_code_of_an_ended_process check_stop_gives_each_process_its_own_code
# cause: raised
import multiprocessing
import os


def start_daemon(target):
    process = multiprocessing.Process(target=target, daemon=True)
    process.start()
    return process


def stop_process(process):
    process.terminate()
    _, status = os.waitpid(process.pid, 0)
    return os.waitstatus_to_exitcode(status)
