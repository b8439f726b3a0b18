"""Parts of the judge in this process, told that the kernel does not tell: a sandbox of interpreters, and a stage."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from world import Scene, nothing_left, scene, written

from grader import systems
from grader.walls import interpreters
from grader.walls.interpreters import Interpreters

WORK = """
import multiprocessing, os, subprocess, sys, threading, time

def answer(value):
    return value

def prints():
    print("one", flush=True)
    subprocess.run([sys.executable, "-c", "print('two')"])

def start(target):
    multiprocessing.get_context("spawn").Process(target=target).start()

def in_thread(target):
    thread = threading.Thread(target=target)
    thread.start()
    thread.join()

def leave_daemon():
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            os.close(0), os.close(1), os.close(2)
            time.sleep(600)
        os._exit(0)
    os.wait()

def sleeper():
    return subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"]).pid

def leaves(code):
    os._exit(code)

def killed():
    os.kill(os.getpid(), 9)

def forks():
    os.fork()
    return 1

def spins():
    while True:
        pass

def whispers(address):
    import json, socket
    _, port, key = address.split(":")
    for said, pid in ((key, os.getppid()), (key, 1), ("0" * len(key), os.getpid())):
        with socket.create_connection(("127.0.0.1", int(port))) as connection:
            connection.sendall(said.encode() + b"\\n")
            told = {"probe": "note", "pid": pid, "thread": pid, "args": {"tuple": []}, "kwargs": {"dict": []},
                    "name": "x", "daemon": False, "caller": None}
            connection.sendall(json.dumps(told).encode() + b"\\n")
            while connection.recv(100):
                pass
    return "all refused"
"""


@pytest.fixture
def without_kernel(monkeypatch: pytest.MonkeyPatch) -> None:
    """This process believes that the kernel tells nothing."""
    monkeypatch.setattr(systems, "KERNEL_TELLS", False)


@pytest.fixture
def sandbox(without_kernel: None, tmp_path: Path) -> Iterator[Interpreters]:
    """One that has taken WORK in; nothing of it is left."""
    with nothing_left(), interpreters.made("none") as made:
        assert isinstance(made, Interpreters)
        made.take_in(written(tmp_path / "handed_in", {"work.py": WORK}))
        yield made


@pytest.fixture
def at_work(sandbox: Interpreters) -> Iterator[Scene]:
    """A stage that has loaded it."""
    with scene(sandbox) as made:
        yield made
