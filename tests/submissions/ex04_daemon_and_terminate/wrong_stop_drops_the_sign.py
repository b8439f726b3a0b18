# fails: check_stop_gives_minus_fifteen check_stop_gives_the_code_of_an_ended_process
# cause: -
import multiprocessing


def start_daemon(target):
    process = multiprocessing.Process(target=target, daemon=True)
    process.start()
    return process


def stop_process(process):
    process.terminate()
    process.join()
    return abs(process.exitcode)
