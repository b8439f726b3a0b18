"""A submission that leaves behind whatever it can, and sandboxes of each tier that have taken it in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from world import TIERS, sandbox_with

from grader.walls.sandbox import Sandbox

WORK = """
import multiprocessing, os, signal, subprocess, sys, threading, time

def nothing():
    pass

def hide():
    os.setsid()
    for name in ("SIGTERM", "SIGINT", "SIGHUP", "SIGCHLD"):
        signal.signal(getattr(signal, name), signal.SIG_IGN)

def left(begin):
    ready, told = os.pipe()
    if os.fork() == 0:
        if os.fork() == 0:
            begin()
            os.write(told, b"x")
            while True:
                signal.pause()
        os._exit(0)
    os.wait()
    os.read(ready, 1)

def leave_all():
    "Orphans, in a session of their own, deaf, with threads, stopped; a zombie; another program."
    left(lambda: None)
    left(hide)
    left(lambda: threading.Thread(target=time.sleep, args=(9_999,)).start())
    if os.fork() == 0:
        os._exit(0)
    if (stopped := os.fork()) == 0:
        while True:
            signal.pause()
    os.kill(stopped, signal.SIGSTOP)
    subprocess.Popen([sys.executable, "-c", "import time; time.sleep(9_999)"])

def named_locks(count):
    global kept
    kept = [multiprocessing.get_context("spawn").Lock() for _ in range(count)]
    return [lock._semlock.name for lock in kept]

def kill_everyone():
    if os.fork() == 0:
        os.kill(-1, signal.SIGKILL)
    signal.pause()

def kill_parent():
    os.kill(os.getppid(), signal.SIGKILL)

def litter(folder):
    os.makedirs(folder + "/a/b/c")
    with open(folder + "/a/b/file", "w") as file:
        file.write("x")
    os.symlink("/", folder + "/a/root")
    os.mkfifo(folder + "/pipe")

def lock(folder):
    os.makedirs(folder + "/locked/in")
    os.chmod(folder + "/locked", 0)

def dig(folder):
    os.chdir(folder)
    for _ in range(1_050):
        os.mkdir("d")
        os.chdir("d")

def mark(folder):
    try:
        os.setxattr(folder, "user.mark", b"1")
        os.utime(folder, (5, 5))
        os.chmod(folder, 0o1770)
    except PermissionError:
        pass  # it is not ours

def marks(folder):
    seen = os.stat(folder)
    return [os.listxattr(folder), seen.st_mode, seen.st_mtime == 5]

def listed(folder):
    return sorted(os.listdir(folder))

def write_here():
    with open(os.path.join(os.path.dirname(__file__), "new"), "w") as file:
        file.write("x")

def about():
    return [os.getcwd(), os.path.dirname(__file__), sorted(os.environ), os.environ["HOME"], os.getppid()]
"""


@pytest.fixture(scope="module", params=TIERS)
def tier(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def sandbox(tier: str) -> Iterator[Sandbox]:
    with sandbox_with(tier, {"work.py": WORK}) as made:
        yield made


@pytest.fixture
def own(tier: str) -> Iterator[Sandbox]:
    """A sandbox for one test that breaks it."""
    with sandbox_with(tier, {"work.py": WORK}) as made:
        yield made


@pytest.fixture
def strongest() -> Iterator[Sandbox]:
    """The same, of one tier, where the tiers do not differ."""
    with sandbox_with(TIERS[0], {"work.py": WORK}) as made:
        yield made
