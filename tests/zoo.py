"""A zoo of blocked processes: one child of ours, and below it one process for each piece of code that it is given.

Each runs its code in a process of its own and then pauses. The code can use the names below; `call` makes a system call
by its name. Nothing of the zoo is left after the block.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from typing import Any

from grader.kernel import calls

KEEPER = """
import ctypes, errno, fcntl, json, multiprocessing, os, resource, select, signal, socket, struct, sys, termios
import threading, time, tty
NUMBERS, animals = json.loads(sys.argv[1]), json.loads(sys.argv[2])
libc = ctypes.CDLL(None, use_errno=True)
room = ctypes.create_string_buffer(4096)
pipe, held = os.pipe(), os.open(os.devnull, os.O_RDONLY)
lock_file = os.memfd_create("lock")
fcntl.lockf(lock_file, fcntl.LOCK_EX)

def call(name, *args):
    libc.syscall(ctypes.c_long(NUMBERS[name]), *(ctypes.c_long(arg) if isinstance(arg, int) else arg for arg in args))
    raise OSError(ctypes.get_errno(), f"{name} came back")

def timespec(seconds):
    return ctypes.byref((ctypes.c_long * 2)(seconds, 0))

def sleep(seconds):
    call("clock_nanosleep", 1, 0, timespec(seconds), 0)  # time.sleep makes another call in Python 3.10

def full(connection):
    connection.setblocking(False)
    try:
        while True:
            connection.send(bytes(1 << 16))
    except BlockingIOError:
        connection.setblocking(True)
    return connection

def full_pipe():
    read, write = os.pipe()
    os.set_blocking(write, False)
    try:
        while True:
            os.write(write, bytes(1 << 16))
    except BlockingIOError:
        os.set_blocking(write, True)
    return write

def listener(backlog=5):
    made = socket.socket(socket.AF_UNIX)
    made.bind("\\0" + f"zoo-{os.getpid()}")
    made.listen(backlog)
    return made

def sleeper():
    if (pid := os.fork()) == 0:
        while True:
            signal.pause()
    return pid

pids = {}
for name, code in animals.items():
    if (pid := os.fork()) == 0:
        try:
            exec(code)
        except BaseException as error:
            print(name, repr(error), file=sys.stderr, flush=True)
        while True:
            signal.pause()
    pids[name] = pid
print(json.dumps(pids), flush=True)
while True:
    signal.pause()
"""


class Zoo:
    """`with Zoo({"name": "code"}) as zoo:` - `zoo.root` is the keeper's PID, `zoo.pids` those of the animals."""

    def __init__(self, animals: Mapping[str, str], *passed: int) -> None:
        self.animals, self.passed = animals, passed

    def __enter__(self) -> Zoo:
        numbers = {name: number for number, name in calls.NAMES.items()}
        command = [sys.executable, "-c", KEEPER, json.dumps(numbers), json.dumps(dict(self.animals))]
        self.keeper: subprocess.Popen[Any] = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, start_new_session=True, pass_fds=self.passed
        )
        assert self.keeper.stdout
        self.root = self.keeper.pid
        self.pids: dict[str, int] = json.loads(self.keeper.stdout.readline())
        return self

    def __exit__(self, *exc: object) -> None:
        os.killpg(self.root, signal.SIGKILL)
        self.keeper.wait()
        assert self.keeper.stdout
        self.keeper.stdout.close()
