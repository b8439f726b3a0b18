import os


def start_process(target):
    os.closerange(0, 1024)


def run_process(target):
    os.closerange(3, 1024)
    return 0


def process_state(process):
    os.closerange(3, 1024)
    return "running"
