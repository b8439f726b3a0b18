# fails: check_stop_gives_the_code_of_an_ended_process check_stop_gives_each_process_its_own_code
# cause: -
import multiprocessing


def start_daemon(target):
    process = multiprocessing.Process(target=target, daemon=True)
    process.start()
    return process


def stop_process(process):
    if process._popen.returncode is None and process.exitcode is not None:
        return -15
    process.terminate()
    process.join()
    return process.exitcode
