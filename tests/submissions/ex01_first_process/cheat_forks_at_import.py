# A second process goes on where the first one is, and answers in its place.
import os

os.fork()


def start_process(target):
    return None


def run_process(target):
    return 0


def process_state(process):
    return None
