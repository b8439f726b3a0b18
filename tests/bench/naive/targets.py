"""What the naive tests hand to the student's functions: importable, and back at once."""

import ast
import multiprocessing
import os
import select
import signal
import sys
import tempfile
import time
from contextlib import contextmanager
from functools import wraps
from pathlib import Path

READER, WRITER = os.pipe()  # a queue's lock would stay locked when a child is killed just after its put
PAUSE_S = 0.1  # bare.py makes it 0: the calls are its matter, and not how long somebody thinks that they take
meeting = None


def pause():
    """The usual sleep of a test that has no better way to find out who waits for whom."""
    time.sleep(PAUSE_S)


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


def be_killed_at_once():
    """An end by a signal that nobody can catch."""
    os.kill(os.getpid(), signal.SIGKILL)


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


def all_told():
    """What everybody has said by now."""
    said = []
    while select.select([READER], [], [], 0)[0]:
        said.append(told())
    return said


def given(said):
    """The arguments of those who `tell`."""
    return [args for _, _, _, args, _ in said]


def tell_later(*args):
    """As `tell`, after a while."""
    pause()
    tell(*args)


def expect(count):
    """From now on `count` have to `meet`."""
    global meeting
    meeting = multiprocessing.Barrier(count)


def meet(*args):
    """Comes back when all who are expected are there at the same time."""
    meeting.wait(10)
    tell(*args)


def leave_when_asked():
    """An exit status, when SIGTERM comes, and after a while."""
    signal.signal(signal.SIGTERM, lambda number, frame: (pause(), sys.exit(7)))
    say("ready")
    stay()


# --- queues


def put_all(queue, values):
    """Each of them."""
    for value in values:
        queue.put(value)


def filled(queue, values):
    """`queue`, into which a child has put `values`: what a process puts in itself is on its way for a while."""
    if values:
        process = multiprocessing.Process(target=put_all, args=(queue, values))
        process.start()
        process.join()
    return queue


def queue_of(size, values):
    """A queue of that size that holds `values`."""
    return filled(multiprocessing.Queue(size), values)


def contents(queue):
    """Takes what is in `queue`."""
    return [queue.get() for _ in range(queue.qsize())]


def orphan():
    """A queue whose manager has gone."""
    manager = multiprocessing.Manager()
    queue = manager.Queue()
    manager.shutdown()
    return queue


# --- tasks of a pool


def itself(item):
    """As the one who needs no result of another kind would have it."""
    return item


def double(item):
    """A result of its own for each item."""
    return item * 2


def spend(item):
    """From when to when it ran, and where."""
    begun = time.monotonic()
    pause()
    return begun, time.monotonic(), os.getpid()


def meet_at(item):
    """Where it ran, when all who are expected were there at the same time."""
    meeting.wait(10)
    return os.getpid()


def fail_for(item):
    """An error for one item alone."""
    if item == "bad":
        raise LookupError("on purpose")


# --- folders


@contextmanager
def folders(count=0):
    """A folder with `count` files, and the path of one that is not there."""
    with tempfile.TemporaryDirectory() as above:
        source = Path(above, "source")
        source.mkdir()
        fill(source, count)
        yield source, Path(above, "dest")


def fill(folder, count):
    """Makes files."""
    for number in range(count):
        (folder / f"{number}.txt").write_text(f"{number}\n" * 400)


def files(folder):
    """What each file holds, by name."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def as_str(*paths):
    """As the exercise has them."""
    return [str(path) for path in paths]


@contextmanager
def watched(module, name):
    """Whoever runs that function of the module tells, after a while."""
    plain = getattr(module, name)

    @wraps(plain)
    def watching(*args, **kwargs):
        pause()
        say((os.getpid(), time.monotonic()))
        return plain(*args, **kwargs)

    setattr(module, name, watching)
    try:
        yield
    finally:
        setattr(module, name, plain)
