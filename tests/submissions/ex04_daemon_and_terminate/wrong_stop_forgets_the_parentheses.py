# fails: check_stop_ends_the_process check_stop_gives_minus_fifteen check_stop_waits_for_the_end check_stop_gives_the_code_of_the_child check_stop_leaves_the_object_usable check_stop_ends_no_other
# cause: name_alone
import multiprocessing


def start_daemon(target):
    process = multiprocessing.Process(target=target, daemon=True)
    process.start()
    return process


def stop_process(process):
    process.terminate
    process.join()
    return process.exitcode
