"""A submission that answers, prints and ends in every way, and a sandbox with narrow limits that has taken it in."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from typing import Any

import pytest
from world import TIERS, sandbox_with

from grader.finding import Finding
from grader.limits import Limits
from grader.walls.sandbox import Sandbox

WORK = """
import os, signal, socket, subprocess, sys, threading, time

def say(text):
    print(text)

def say_raw(data):
    os.write(1, data)

def say_in_a_child(text):
    if os.fork() == 0:
        os.write(2, text.encode())
        os._exit(0)
    os.wait()

def flood(count):
    for _ in range(count):
        os.write(1, b"x" * 65536)

def ends(how):
    os._exit(how) if how >= 0 else os.kill(os.getpid(), -how)

def echo(value):
    return value

def waits_for_good():
    signal.pause()

def returns_in_a_copy():
    if os.fork():
        os.wait()
        signal.pause()

def raises_in_a_copy():
    if os.fork():
        os.wait()
        signal.pause()
    raise ValueError("in the copy")

def call_socket():
    for fd in range(3, 64):
        try:
            if os.fstat(fd) and socket.socket(fileno=os.dup(fd)).getsockname() == "":
                return socket.socket(fileno=os.dup(fd))
        except OSError:
            continue

def answers_from_a_child():
    if os.fork() == 0:
        call_socket().sendall(b'{"n": 2, "returned": 666}\\n')
        os._exit(0)
    os.wait()
    return 5

def sends(data, then):
    call_socket().sendall(data)
    if then == "pause":
        signal.pause()
    return then

def sends_urgently(then):
    call_socket().send(b"x", socket.MSG_OOB)
    if then == "pause":
        signal.pause()
    call_socket().sendall(b"\\n")
    return then

def sends_without_end():
    call_socket().sendall(b"x" * 2_000_000)

def says_more_than_it_was_asked(line):
    flood = call_socket()
    while True:
        flood.sendall(line)

def hangs_up():
    call_socket().shutdown(socket.SHUT_RDWR)
    signal.pause()

def busy():
    while True:
        pass

def eats():
    hoard = []
    while True:
        hoard.append(bytearray(os.urandom(1 << 20)))
        if len(hoard) > 200:
            signal.pause()

def gives_up(after_s):
    threading.Event().wait(after_s)

def stays():
    threading.Thread(target=signal.pause).start()

def cores():
    return os.cpu_count()

def method():
    import multiprocessing
    return multiprocessing.get_start_method()

def about():
    main_file = getattr(sys.modules["__main__"], "__file__", None)
    handlers = [signal.getsignal(signal.SIGINT) is signal.default_int_handler,
                signal.getsignal(signal.SIGCHLD) is signal.SIG_DFL]
    return [os.getpid(), os.getpgid(0) == os.getpid(), os.getcwd(), sys.argv, main_file,
            threading.active_count(), *handlers, descriptors()]

def deaf():
    ignored = [n for n in range(1, signal.NSIG) if signal.getsignal(n) is signal.SIG_IGN]
    return [ignored, sorted(signal.pthread_sigmask(signal.SIG_BLOCK, []))]

def descriptors():
    paths = [f"/proc/self/fd/{number}" for number in os.listdir("/proc/self/fd")]
    opened = [os.readlink(path) for path in paths if os.path.lexists(path)]  # the listing itself is over
    return [name for name in opened if "libffi" not in name]  # which some systems have open of itself
"""


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    limits = Limits(cpu_s=0.3, total_memory_mb=120, output_bytes=2000)
    with sandbox_with(TIERS[0], {"work.py": WORK}, limits) as made:
        yield made


@pytest.fixture
def deaf_to_some() -> Iterator[None]:
    """We ignore what nohup and a shell's `&` have ignored, and block another."""
    before = {number: signal.signal(number, signal.SIG_IGN) for number in (signal.SIGHUP, signal.SIGQUIT)}
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGUSR1])
    yield
    signal.pthread_sigmask(signal.SIG_SETMASK, mask)
    for number, handler in before.items():
        signal.signal(number, handler)


def finding(call: Any, *args: Any) -> Finding:
    with pytest.raises(Finding) as caught:
        call(*args)
    return caught.value
