# fails: check_stop_gives_the_code_of_a_joined_process check_stop_gives_the_code_of_the_child check_stop_gives_each_process_its_own_code
# cause: -
import multiprocessing


def start_daemon(target):
    process = multiprocessing.Process(target=target, daemon=True)
    process.start()
    return process


def stop_process(process):
    process.terminate()
    process.join()
    return process.exitcode or -15
