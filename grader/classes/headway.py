"""What the terminal shows of `grade batch`: how far it is, who is under way, what was found so far.

Who uses it: the command batch. On a terminal it is a bar with rate and time left; elsewhere a plain line every few
seconds. At the end each submission that needs a look has one. What a submission has a say in is made safe.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections import Counter
from collections.abc import Sized

import rich.console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from grader.gradebook import Entry, EntryState, Gradebook
from grader.words.explain import safe_line

LINE_S = 5.0  # between plain lines
NAMES = 4


class Headway:
    """`with Headway(console, quiet) as told:` - batch tells it; `end` with the gradebook afterwards."""

    def __init__(self, console: rich.console.Console, quiet: bool) -> None:
        self._console, self._quiet = console, quiet
        self._is_live = console.is_terminal and not quiet
        self._total = self._done = self._new = 0
        self._begun = time.monotonic()
        self._names: list[str] = []
        self._looked_at: set[str] = set()
        self._verdicts: Counter[str] = Counter()
        self._changes = threading.Lock()
        self._over = threading.Event()
        self._lines = threading.Thread(target=self._speak, name="headway")
        columns = (BarColumn(20), MofNCompleteColumn(), TextColumn("{task.description}"))
        self._bar = Progress(*columns, console=console, transient=True, disable=not self._is_live)
        self._task = self._bar.add_task("", total=None)

    def __enter__(self) -> Headway:
        self._bar.start()
        self._lines.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self._over.set()
        self._lines.join()
        self._bar.stop()

    def replaces(self, there: list[str]) -> None:
        """What is there is of other exercises than those asked for."""
        if not self._quiet:
            others = f"{', '.join(there[:NAMES])}{_more(there)}"
            self._print(f"! the results that are there are of {others}: what is graded now takes their place")

    def begin(self, entries: list[Entry]) -> None:
        """All that is there to be graded."""
        self._total, self._begun = len(entries), time.monotonic()
        self._bar.update(self._task, total=len(entries))

    def at_work(self, names: list[str]) -> None:
        """Who is under way, the longest first."""
        self._names = names
        self._bar.update(self._task, description=self._where())

    def done(self, entry: Entry, is_new: bool) -> None:
        """One is over."""
        with self._changes:
            self._done += 1
            self._new += is_new
            self._verdicts.update(entry.verdicts)
            self._looked_at.add(entry.id)
        self._bar.update(self._task, advance=1, description=self._where())

    def end(self, book: Gradebook, out: object) -> None:
        """Who needs a look, what is not understood, and the whole in some lines."""
        if self._quiet:
            return
        for entry in book.entries:
            if entry.state in (EntryState.REFUSED, EntryState.BROKEN) and entry.id in self._looked_at:
                self._print(f"! {entry.id}: {entry.state.value}: {entry.reason}")
        for what, entries in (("nothing handed in", book.missing), ("not on the roster", book.unknown)):
            if entries:
                named = ", ".join(safe_line(entry.name or entry.id, 40) for entry in entries[:NAMES])
                self._print(f"? {what}: {named}{_more(entries)}")
        for line in book.not_understood[:20]:
            self._print(f"? {line}")
        if len(book.not_understood) > 20:
            self._print(f"? and {len(book.not_understood) - 20} more: see summary.json")
        states = Counter(entry.state.value for entry in book.entries)
        verdicts = sum((Counter(entry.verdicts) for entry in book.entries), Counter[str]())
        took = time.monotonic() - self._begun
        self._print(f"{_counts(states)} ({self._new} graded now, in {_time(took)}). Checks: {_counts(verdicts)}.")
        self._print(f"See {out}")

    def _speak(self) -> None:
        with contextlib.suppress(OSError):  # nobody reads any more: the last lines find that out, and the command tells
            while not self._over.wait(LINE_S):
                if not self._is_live and not self._quiet and self._total:
                    self._print(f"{self._done} of {self._total}; {self._where()}")

    def _where(self) -> str:
        """Rate, time left, what was found, who is under way."""
        rate = self._new / max(time.monotonic() - self._begun, 0.001)
        left = [f"{rate * 60:.1f} a minute, {_time((self._total - self._done) / rate)} left"] if rate else []
        found = [_counts(self._verdicts)] if self._verdicts else []
        names = ", ".join(safe_line(name, 40) for name in self._names[:NAMES])
        return "; ".join([*left, *found, f"at work: {names or 'nobody'}{_more(self._names)}"])

    def _print(self, line: str) -> None:
        self._console.print(safe_line(line, 1000), soft_wrap=True)


def _more(named: Sized) -> str:
    return f" and {len(named) - NAMES} more" if len(named) > NAMES else ""


def _counts(found: Counter[str]) -> str:
    return ", ".join(f"{count} {name}" for name, count in sorted(found.items())) or "nothing"


def _time(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min {rest} s" if minutes else f"{rest} s"
