# A parent in vfork(2) looks like one that is about to become another program, for as long as its child likes.
import ctypes
import os
import platform
import signal
import time

CLONE = {"x86_64": 56, "aarch64": 220}[platform.machine()]
CLONE_VFORK = 0x4000

if os.fork() == 0:
    ctypes.CDLL(None).syscall(CLONE, CLONE_VFORK | signal.SIGCHLD, 0, 0, 0, 0)
    time.sleep(1000)
time.sleep(0.2)


def start_process(target):
    return None


def run_process(target):
    return None


def process_state(process):
    return None
