"""A submission that can be called in every way and goes wrong in most, and a scene to call it in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from world import TIERS, Scene, sandbox_with, scene

from grader.finding import Finding
from grader.walls.sandbox import Sandbox

WORK = """
import multiprocessing, sys, threading
from helper import deep_error

number = 5
count = 0

class Counter:
    def __init__(self, start):
        self.at = start
    def add(self, more=1):
        self.at += more
        return self.at
    def fails(self):
        raise KeyError("no")

class Shy(Exception):
    def __str__(self):
        raise ValueError("I have no text")

class Loud(Exception):
    def __str__(self):
        return "x" * 1_000_000

def add(one, two):
    return one + two

def nothing():
    pass

def to_do():
    raise NotImplementedError("to_do is still to be written")

def other_to_do():
    raise NotImplementedError("later")

def fails(text):
    raise ValueError(text)

def fails_as_a_command():
    import subprocess
    subprocess.run(["false"], check=True)

def fails_to_open(name):
    import os
    if name == "link_to_itself":
        os.symlink(name, name)
    open(name, "w")

def fails_with_a_text(text):
    raise OSError(text)

def fails_oddly(kind):
    raise {"shy": Shy, "loud": Loud, "exit": SystemExit, "interrupt": KeyboardInterrupt}[kind]

def fails_inside_a_name(text):
    raise type("E" * 1000, (Exception,), {})(text)

def fails_in_a_helper():
    deep_error()

def fails_in_the_library():
    multiprocessing.Process(target=1, args=5)

def asks():
    return input("? ")

def eats():
    raise MemoryError

def opens_a_pickle():
    open("data.pickle")

def hands_over_a_lock():
    multiprocessing.reduction.ForkingPickler.dumps(threading.Lock())

def forgotten_attribute():
    return number.forgotten_attribute

def syntax(name, line):
    raise SyntaxError("made up", (name, line, 1, "text"))

def runs_text(name, lines):
    exec(compile("\\n" * (lines - 1) + "1 / 0", "x", "exec").replace(co_filename=name))

def many(count):
    return [object() for _ in range(count)]

def wait():
    multiprocessing.Lock().acquire()
    lock = multiprocessing.Lock()
    lock.acquire()
    lock.acquire()

def bump():
    global count
    count += 1
    return count

def is_none(value):
    return value is None
"""


HELPER = """
def deep_error():
    return {}["missing"]
"""


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    files = {"work.py": WORK, "helper.py": HELPER, "broken.py": "x = (\n1 +\n", "ends.py": "import sys\nsys.exit(3)"}
    with sandbox_with(TIERS[0], files) as made:
        yield made


@pytest.fixture
def at(sandbox: Sandbox) -> Iterator[Scene]:
    with scene(sandbox) as made:
        yield made


def finding(call: Any, *args: Any) -> Finding:
    with pytest.raises(Finding) as caught:
        call(*args)
    found = caught.value
    msgspec.json.encode([found.cause, found.facts, found.expected, found.seen, found.place])  # a result can hold it
    return found
