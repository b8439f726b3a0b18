# Whoever is the user that listens can open the pipe of its own output, and take out what has woken the listener.
import os
import time


def steal():
    for _ in range(6):
        if os.fork() == 0:
            try:
                pipe = os.open("/proc/self/fd/1", os.O_RDONLY)
                while True:
                    os.read(pipe, 100)
            finally:
                os._exit(1)
    for _ in range(300):
        os.write(1, b"x")
        time.sleep(0.001)


def start_process(target):
    steal()


def run_process(target):
    steal()
    return 99


def process_state(process):
    steal()
    return "taken"
