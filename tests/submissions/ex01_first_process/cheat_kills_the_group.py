import os
import signal


def start_process(target):
    os.killpg(0, signal.SIGKILL)


def run_process(target):
    os.killpg(os.getpgid(os.getppid()), signal.SIGKILL)


def process_state(process):
    os.kill(0, signal.SIGTERM)
