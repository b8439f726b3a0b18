"""A demo stands under the guard."""

import multiprocessing


def start_daemon(target):
    process = multiprocessing.Process(target=target, daemon=True)
    process.start()
    return process


def stop_process(process):
    process.terminate()
    process.join()
    return process.exitcode


if __name__ == "__main__":
    print(stop_process(start_daemon(input)))
