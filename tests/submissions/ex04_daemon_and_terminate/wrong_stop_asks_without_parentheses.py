# fails: check_stop_waits_for_the_end check_stop_gives_minus_fifteen check_stop_gives_the_code_of_the_child check_stop_gives_the_code_of_an_ended_process check_stop_gives_the_code_of_a_joined_process check_stop_leaves_the_object_usable check_stop_ends_no_other check_stop_gives_each_process_its_own_code
# cause: name_as_condition
# verdict: stuck
import multiprocessing


def start_daemon(target):
    process = multiprocessing.Process(target=target, daemon=True)
    process.start()
    return process


def stop_process(process):
    process.terminate()
    while process.is_alive:
        pass
    return process.exitcode
