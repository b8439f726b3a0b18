"""What the terminal shows of `grade verify`: a bar while it runs, a line for each shortfall, what was tried in all.

Who uses it: the command verify. Where the output is not a terminal there is no bar, but a line for each exercise
that is done.
"""

from __future__ import annotations

from collections import Counter

import rich.console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from grader.proving.proof import Proof, Shortfall
from grader.proving.trials import Trial
from grader.words.explain import safe_line


class Shown:
    """`with Shown(console) as shown:` - `begin` and `step` while it runs, `end` with the proof afterwards."""

    def __init__(self, console: rich.console.Console) -> None:
        self._console = console
        self._left: Counter[str] = Counter()
        self._said: set[str] = set()
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        self._bar = Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
        self._task = TaskID(0)

    def __enter__(self) -> Shown:
        self._bar.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self._bar.stop()

    def begin(self, trials: list[Trial]) -> None:
        """All that will be tried."""
        self._left = Counter(trial.exhibit.exercise for trial in trials)
        self._task = self._bar.add_task("", total=len(trials))

    def step(self, trial: Trial, short: list[Shortfall]) -> None:
        """One trial is over."""
        exercise = trial.exhibit.exercise
        self._bar.update(self._task, advance=1, description=exercise)
        self._left[exercise] -= 1
        for each in short:
            self._say(each)
        if not self._left[exercise] and not self._console.is_terminal:
            self._console.print(f"{exercise} done")

    def end(self, proof: Proof) -> None:
        """What was not said yet, and the whole in a line."""
        for each in proof.shortfalls:
            self._say(each)
        for note in proof.notes:
            self._console.print(note)
        graded = ", ".join(f"{count} {kind}" for kind, count in proof.exhibits.items()) or "nothing"
        self._console.print(f"Graded: {graded}; {proof.trials} trials in {proof.duration_s:.0f} s.")
        fell = len(proof.shortfalls)
        well = "The course proves itself." if proof.whole else "Nothing of this falls short."
        self._console.print(f"The course falls short in {fell}." if fell else well)

    def _say(self, short: Shortfall) -> None:
        if (line := safe_line(short.line(), 1000)) not in self._said:
            self._said.add(line)
            self._console.print(f"! {line}", style="red", soft_wrap=True)
