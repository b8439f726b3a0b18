"""How anything of a result looks on a terminal: the sign and the colour of a verdict, a name, what was found, points.

Who uses it: telling and console, which put these together. Colour is never alone: each verdict has its sign and its
word. No part of a submission is ever read as markup: all is `rich.text.Text`.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import rich.box
from rich.table import Table
from rich.text import Text

from grader.course import Course
from grader.result import ExerciseResult, State, Verdict
from grader.words import explain, gist

COLOURS = {
    Verdict.PASSED: "green",
    Verdict.FAILED: "red",
    Verdict.CRASHED: "bright_red",
    Verdict.STUCK: "magenta",
    Verdict.SKIPPED: "dim",
    Verdict.BROKEN: "cyan",
}
STATE_COLOURS = {State.UNLOADABLE: "bright_red", State.MISSING: "dim", State.UNTOUCHED: "dim"}


@dataclass(frozen=True)
class Look:
    """In which language, with which signs, with or without a layout."""

    course: Course
    lang: str
    plain: bool = False
    ascii_only: bool = False

    def empty_table(self, first: str, *others: str) -> Table:
        """A table with a header, and no row yet; the first column's cells may take several lines."""
        table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="" if self.plain else "bold")
        if not self.plain:
            table.box = rich.box.ASCII2 if self.ascii_only else rich.box.SIMPLE_HEAD
        table.add_column(first, overflow="fold")
        for other in others:
            table.add_column(other, no_wrap=True)
        return table

    def word(self, key: str, **facts: object) -> str:
        """As explain.word, in the language of this look."""
        return explain.word(self.course, key, self.lang, **facts)

    def sign(self, verdict: Verdict) -> Text:
        """The sign of a verdict, in its colour."""
        return Text((explain.ASCII_SIGNS if self.ascii_only else explain.SIGNS)[verdict], style=COLOURS[verdict])

    def mark(self, exercise: ExerciseResult) -> Text:
        """The sign of all of an exercise."""
        return self.sign(gist.overall(exercise))

    def name(self, exercise: ExerciseResult) -> Text:
        """Its number and its title."""
        number = explain.exercise_number(exercise.id)
        return Text.assemble((number, "bold"), " ", explain.exercise_title(exercise.id, self.course, self.lang))

    def found(self, exercise: ExerciseResult) -> Text:
        """How many checks had which verdict, or why none had any."""
        if exercise.state is not State.GRADED:
            return Text(self.word(f"state_{exercise.state.value}"), style=STATE_COLOURS[exercise.state])
        counts = Counter(check.verdict for check in exercise.checks)
        parts = [Text.assemble(self.sign(verdict), f" {counts[verdict]}") for verdict in Verdict if counts[verdict]]
        return Text("  ").join(parts)

    def points(self, exercise: ExerciseResult) -> Text:
        """Its points, of how many; those beyond them first."""
        points = Text(f"{exercise.score}/{exercise.max_score}" if exercise.max_score else "-")
        return Text.assemble((f"+{exercise.stretch} ", "cyan"), points) if exercise.stretch else points
