"""Holds an interrupt back while something is begun that has to be ended: half begun, nobody could end it.

Who uses it: the sandbox. An outer bubblewrap that is killed before it has let its inner process go leaves that one
waiting for ever; so where Ctrl-C comes in these few milliseconds, it is acted on as soon as they are over. A handler,
and not a mask: what is started meanwhile would inherit a mask (signal(7)).
"""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Iterator
from types import FrameType


@contextlib.contextmanager
def held_back() -> Iterator[None]:
    """`with held_back():` - a SIGINT that comes meanwhile is handled at its end, as it would have been."""
    handler = signal.getsignal(signal.SIGINT)
    if threading.current_thread() is not threading.main_thread() or not callable(handler):
        yield  # no handler of Python's would run here
        return
    came: list[tuple[int, FrameType | None]] = []
    signal.signal(signal.SIGINT, lambda number, frame: came.append((number, frame)))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, handler)
        if came:
            handler(*came[0])
