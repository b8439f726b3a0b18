"""Keys, one at a time and unseen, from a terminal that is as it was before afterwards.

Who uses it: `grade watch`. A thread reads; Ctrl-C and Ctrl-Z stay signals. Where the terminal has gone, or nothing
comes from it any more, that is told like a key: END.
"""

from __future__ import annotations

import contextlib
import os
import sys
import threading
import unicodedata
from collections.abc import Callable, Iterator

END = "\x04"  # Ctrl-D
ENDS = {"\x03", "\x04"}  # on Windows Ctrl-C is a key
LOOK_S = 0.05  # Windows tells of no key: it is looked at so often


class Keyboard:
    """The terminal that keys come from: taken over, given back while we are stopped (Ctrl-Z), and taken again."""

    def __init__(self, terminal: int | None = None) -> None:
        self._terminal = terminal
        if terminal is not None:
            import termios

            self._before = termios.tcgetattr(terminal)

    def take(self) -> None:
        """Keys come one at a time from now on. From the background this stops us until we are in front again."""
        if self._terminal is not None:
            import termios
            import tty

            tty.setcbreak(self._terminal)
            mode = termios.tcgetattr(self._terminal)
            mode[6][termios.VMIN] = 0  # to read waits for nothing: Ctrl-C throws away what select has told of
            termios.tcsetattr(self._terminal, termios.TCSANOW, mode)

    def give_back(self) -> None:
        """The terminal is as it was before."""
        if self._terminal is not None:
            import termios

            with contextlib.suppress(termios.error):  # it has gone
                termios.tcsetattr(self._terminal, termios.TCSADRAIN, self._before)


@contextlib.contextmanager
def keys(pressed: Callable[[str], None]) -> Iterator[Keyboard | None]:
    """Calls `pressed` with each key, from a thread of its own; None where there are no keys to be had."""
    if not sys.stdin or not sys.stdin.isatty():
        yield None
        return
    with _windows(pressed) if sys.platform == "win32" else _posix(pressed) as keyboard:
        yield keyboard


@contextlib.contextmanager
def _posix(pressed: Callable[[str], None]) -> Iterator[Keyboard]:
    terminal = sys.stdin.fileno()
    keyboard = Keyboard(terminal)
    stop, stopped = os.pipe()
    reader = threading.Thread(target=_read, args=(terminal, stop, pressed), name="keys", daemon=True)
    try:
        keyboard.take()
        reader.start()
        yield keyboard
    finally:
        os.close(stopped)
        if reader.ident is not None:
            reader.join()
        os.close(stop)
        keyboard.give_back()


def _read(terminal: int, stop: int, pressed: Callable[[str], None]) -> None:
    import select

    while stop not in select.select([terminal, stop], [], [])[0]:
        data = _taken_in(terminal)
        for key in END if data is None else typed(data):
            pressed(key)
        if data is None:
            return


def _taken_in(terminal: int) -> bytes | None:
    """What has been pressed; nothing where it is there no more, None where the terminal has gone."""
    import select

    for _ in range(2):  # nothing, and again nothing where there is to be something: so does a terminal that has gone
        try:
            data = os.read(terminal, 1024)
        except OSError:
            return None
        if data or not select.select([terminal], [], [], 0)[0]:
            return data
    return None


@contextlib.contextmanager
def _windows(pressed: Callable[[str], None]) -> Iterator[Keyboard]:
    import msvcrt

    stop = threading.Event()

    def read() -> None:
        while not stop.wait(LOOK_S):
            while msvcrt.kbhit():  # type: ignore[attr-defined]
                for key in typed(msvcrt.getwch().encode()):  # type: ignore[attr-defined]
                    pressed(key)

    reader = threading.Thread(target=read, name="keys", daemon=True)
    reader.start()
    try:
        yield Keyboard()
    finally:
        stop.set()
        reader.join()


def typed(data: bytes) -> str:
    """The keys in what was read, small and of half width; none where it is the code of an arrow or the like."""
    if data.startswith(b"\x1b"):
        return ""
    return unicodedata.normalize("NFKC", data.decode("utf-8", "ignore")).lower()
