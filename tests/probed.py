"""A submission that calls probes in every way, rightly and by forging, and a scene to call it in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from world import TIERS, Scene, sandbox_with, scene

from grader.finding import Finding
from grader.walls.sandbox import Sandbox

WORK = """
import json, multiprocessing, os, socket, stat, threading

number = 1

def add(one, other):
    return one + other

def set_number(value):
    global number
    number = value

def looks_for_more():
    return os.nothing

def is_a_stub():
    raise NotImplementedError("is_a_stub is still to be written")

def fails():
    raise ValueError("no")

def call(action, *args, **kwargs):
    return action(*args, **kwargs)

def call_with_names(action, value):
    return action(value, name=value)

def call_oddly(action):
    class Odd(int):
        pass
    held = []
    held.append(held)
    return action(Odd(1), action, print, object()), held

def call_and_tell(action):
    try:
        return ["returned", action()]
    except BaseException as error:
        return [type(error).__name__, str(error)]

def process(action, method=None, name=None, args=()):
    made = multiprocessing.get_context(method).Process(target=action, name=name, args=tuple(args))
    made.start()
    return made

def answer_oddly():
    for descriptor in range(3, 64):
        try:
            if stat.S_ISSOCK(os.fstat(descriptor).st_mode):
                os.write(descriptor, b'{"gave": {"odd": [1]}}\\n')
        except OSError:
            pass

def join(process):
    process.join()
    return process.exitcode

def processes(action, count):
    made = [multiprocessing.Process(target=action, args=(n,)) for n in range(count)]
    for each in made:
        each.start()
    for each in made:
        each.join()

def grandchild(action):
    child = multiprocessing.Process(target=process, args=(action,))
    child.start()
    child.join()

def threads(action, count):
    made = [threading.Thread(target=action, args=(n,)) for n in range(count)]
    for each in made:
        each.start()
    for each in made:
        each.join()
    return threading.get_native_id()

def fork(action):
    if (pid := os.fork()) == 0:
        action()
        os._exit(0)
    return pid

def wait():
    return os.wait()[1]

def check_in(action, **changes):
    said = {"probe": "hold", "pid": os.getpid(), "thread": threading.get_native_id(), "args": {"tuple": []},
            "kwargs": {"dict": []}, "name": "x", "daemon": False, "caller": None}
    return {**said, **changes}

def line(action):
    connection = socket.socket(socket.AF_UNIX)
    connection.connect(action.address.removeprefix("unix:"))
    return connection

def welcomed(action):
    "A line on which the kernel attests what is written from now on."
    connection = line(action)
    connection.recv(1, socket.MSG_PEEK)
    return connection

def forge(action, data, changes, left_out):
    "Says what a probe would say, with changes; what the judge answers."
    connection = welcomed(action)
    told = check_in(action, **changes)
    for name in left_out:
        del told[name]
    connection.sendall(data or json.dumps(told).encode() + b"\\n")
    heard = b""
    while part := connection.recv(1000):
        heard += part
        if b"order" in heard:
            break
    return heard.decode()

def forge_from_another(action):
    "One connects, a child of it speaks."
    connection = welcomed(action)
    if os.fork() == 0:
        connection.sendall(json.dumps(check_in(action)).encode() + b"\\n")
        os._exit(0)
    os.wait()
    return connection.recv(1000).decode() + connection.recv(1000).decode()

def forge_and_end(action):
    "Checks in, and has ended before anybody can look."
    if os.fork() == 0:
        line(action).sendall(json.dumps(check_in(action)).encode() + b"\\n")
        os._exit(0)
    os.wait()

def forge_after_the_check_in(action):
    connection = welcomed(action)
    for changes in ({"args": {"tuple": [1]}}, {"args": {"tuple": [2]}}):
        connection.sendall(json.dumps(check_in(action, **changes)).encode() + b"\\n")
    connection.recv(1000), connection.recv(1000)

crowded = []

def urgent(action):
    "Says a byte out of band before its first word, and stays; what the judge answers."
    crowded.append(welcomed(action))
    crowded[-1].send(b"x", socket.MSG_OOB)
    return crowded[-1].recv(1000)

def crowd(action, count):
    crowded.extend(line(action) for _ in range(count))

def crowd_checks_in(action, count):
    "One thread checks in several times, and waits for no order."
    for _ in range(count):
        crowded.append(welcomed(action))
        crowded[-1].sendall(json.dumps(check_in(action)).encode() + b"\\n")

def crowd_without_end(action):
    while True:
        line(action).close()

def noise(action, size):
    connection = line(action)
    try:
        connection.sendall(b"x" * size)
        connection.recv(1000)
        return connection.recv(1000)
    except (BrokenPipeError, ConnectionResetError):
        return b""
"""


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with sandbox_with(TIERS[0], {"work.py": WORK}) as made:
        yield made


@pytest.fixture
def at(sandbox: Sandbox) -> Iterator[Scene]:
    with scene(sandbox) as made:
        yield made


def cause(caught: pytest.ExceptionInfo[Finding]) -> str | None:
    return caught.value.cause
