# fails: 
# cause: -
import multiprocessing


def start_daemon(target):
    process = multiprocessing.Process(target=target, daemon=True)
    process.start()
    process.terminate()
    return process


def stop_process(process):
    process.terminate()
    process.join()
    return process.exitcode
