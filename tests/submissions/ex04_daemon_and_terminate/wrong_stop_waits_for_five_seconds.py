# fails: check_stop_waits_for_the_end check_stop_gives_minus_fifteen check_stop_gives_the_code_of_the_child
# cause: did_not_wait
import multiprocessing


def start_daemon(target):
    process = multiprocessing.Process(target=target, daemon=True)
    process.start()
    return process


def stop_process(process):
    process.terminate()
    process.join(timeout=5)
    return process.exitcode
