import os
import sys


def start_process(target):
    for _ in range(3000):
        sys.stdout.write("x" * 10_000)


def run_process(target):
    if os.fork() == 0:
        while True:
            os.write(2, b"\x00\xff" * 4096)
    return 99


def process_state(process):
    print("\n" * 1_000_000)
    return "loud"
