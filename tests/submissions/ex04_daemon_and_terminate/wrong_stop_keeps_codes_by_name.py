# fails: check_stop_gives_each_process_its_own_code
# cause: -
import multiprocessing


def start_daemon(target):
    process = multiprocessing.Process(target=target, daemon=True)
    process.start()
    return process


codes = {}


def stop_process(process):
    if process.name not in codes:
        process.terminate()
        process.join()
        codes[process.name] = process.exitcode
    return codes[process.name]
