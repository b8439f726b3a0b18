"""Searches with a pattern of the user's, which may come to no end: repeats in repeats, such as `(a+)+`, can double the
work with each letter of a name, and the names are the students'.

Who uses it: downloads, for --name-regex. In goes a pattern and a path; out comes what it finds, or a sentence.
"""

from __future__ import annotations

import contextlib
import re
import signal
import threading
from collections.abc import Iterator
from types import FrameType
from typing import NoReturn

from grader.misuse import Misuse

SEARCH_S = 10.0  # a net: the longest name takes milliseconds


def search(form: re.Pattern[str], path: str) -> re.Match[str] | None:
    """What `form` finds in `path`; raises Misuse where that takes too long."""
    with _net(f"--name-regex comes to no end with {path}: a repeat in it stands within a repeat, such as (a+)+"):
        return form.search(path)


@contextlib.contextmanager
def _net(told: str) -> Iterator[None]:
    """Ends the block with that sentence after a while, where the system can: a search hears signals (signal(7))."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def ring(number: int, frame: FrameType | None) -> NoReturn:
        raise Misuse(told)

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, SEARCH_S)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
