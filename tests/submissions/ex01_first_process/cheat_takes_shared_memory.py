# Memory that processes could share is resident in each, and none of it is a process's own.
import mmap
import os
import time

BYTES = 600 << 20


def start_process(target):
    for _ in range(3):
        if os.fork() == 0:
            memory = mmap.mmap(-1, BYTES)
            for at in range(0, BYTES, mmap.PAGESIZE):
                memory[at] = 1
            time.sleep(1000)
    time.sleep(1000)


def run_process(target):
    return None


def process_state(process):
    return None
