# fails: check_stop_leaves_the_object_usable check_stop_gives_the_code_of_an_ended_process
# cause: process_closed
import multiprocessing


def start_daemon(target):
    process = multiprocessing.Process(target=target, daemon=True)
    process.start()
    return process


def stop_process(process):
    process.terminate()
    process.join()
    code = process.exitcode
    process.close()
    return code
