"""What the naive tests hand to the student's functions: importable, and back at once."""

import ast
import multiprocessing
import os
import signal
import sys
import time

READER, WRITER = os.pipe()  # a queue's lock would stay locked when a child is killed just after its put


def say(value):
    """One value, in one write."""
    os.write(WRITER, repr(value).encode().ljust(500))


def nothing(*args, **kwargs):
    """Back at once."""


def tell(*args, **kwargs):
    """Says who was called with what."""
    say((os.getpid(), os.getppid(), multiprocessing.current_process().name, args, kwargs))


def told():
    """What the next one said."""
    return ast.literal_eval(os.read(READER, 500).decode().strip())


def leave():
    """An exit status."""
    sys.exit(7)


def fail():
    """An uncaught exception."""
    raise ValueError("on purpose")


def be_killed():
    """An end by a signal."""
    os.kill(os.getpid(), signal.SIGTERM)


def stay():
    """Until somebody ends it."""
    time.sleep(60)


def started(target):
    """A child that runs `target`, and its end."""
    process = multiprocessing.Process(target=target)
    process.start()
    return process


def ended(process):
    """`process`, ended and waited for."""
    process.kill()
    process.join()
    return process
