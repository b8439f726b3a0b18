# hang: busy
# cause: busy
import os
from multiprocessing import Process

finished = False


def run(target):
    pid = os.fork()
    if pid == 0:
        target()
        while not finished: pass  # waits: process 3 busy
    os.waitpid(pid, 0)  # waits: main child_end -> process 3


def start(target):
    Process(target=target).start()


def go():
    run(print)
