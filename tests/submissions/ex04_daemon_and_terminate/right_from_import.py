"""The class itself imported."""

from multiprocessing import Process


def start_daemon(target):
    p = Process(target=target, daemon=True)
    p.start()
    return p


def stop_process(process):
    if process.is_alive():
        process.terminate()
        process.join()
    return process.exitcode
