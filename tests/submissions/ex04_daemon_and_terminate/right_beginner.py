"""As a beginner writes it, with prints and sleeps."""

import time
from multiprocessing import Process


def start_daemon(target):
    print("creating the daemon process")
    p = Process(target=target)
    p.daemon = True
    print("is it a daemon?", p.daemon)
    p.start()
    time.sleep(0.1)
    print("started", p.pid)
    return p


def stop_process(process):
    print("before:", process.is_alive())
    process.terminate()
    time.sleep(0.1)
    print("after terminate:", process.is_alive())
    process.join()
    print("after join:", process.is_alive())
    code = process.exitcode
    print("exit code", code)
    return code


if __name__ == "__main__":
    p = start_daemon(time.sleep)
    stop_process(p)
