"""What the terminal shows of a result: a line while it runs, a table, the failures, the score.

Who uses it: the commands, which print it. In goes a Result or a part of it; out come rich renderables, which are plain
lines where the output is not a terminal. How a part looks is look's, what is told of one check is telling's.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import rich.console
from rich.cells import cell_len
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from grader.course import Course
from grader.result import CheckResult, ExerciseResult, Result, State, Verdict
from grader.words import explain, gist, lanes
from grader.words.prose import Prose, prose
from grader.words.telling import Telling, moved
from grader.words.terminal import can_encode


def screen(console: rich.console.Console, course: Course, lang: str) -> Screen:
    """What is to be shown on `console`, in `lang`."""
    return Screen(course, lang, plain=not console.is_terminal, ascii_only=not can_encode(console.encoding))


class Screen(Telling):
    """One way to show results."""

    def progress_line(self, exercise: ExerciseResult) -> Text:
        """What is said of an exercise as soon as it is graded."""
        line = Text.assemble(self.mark(exercise), " ", self.name(exercise), "  ", self.found(exercise))
        return line.append("  ").append(self.points(exercise))

    def table(self, result: Result, notes: Mapping[str, str] = MappingProxyType({})) -> Table:
        """One row for each exercise: its name, what was found, a note where there is one, its points."""
        table = self.empty_table(*map(self.word, ("exercise", "found", "points")))
        table.columns[-1].justify = "right"
        for exercise in result.exercises:
            name = Text.assemble(self.mark(exercise), " ", self.name(exercise))
            note = Text(notes.get(exercise.id, ""), style="dim")
            found = Text("  ").join(part for part in (self.found(exercise), note) if part)
            table.add_row(name, found, self.points(exercise))
        return table

    def failures(self, result: Result) -> Group:
        """All that failed, in course order; then other start methods.

        Each is told in full, but for what hangs or goes wrong in the same place for the same reason as one above.
        """
        told: list[RenderableType] = []
        for exercise in result.exercises:
            if exercise.state is State.UNLOADABLE:
                told += [self.unloadable(exercise), Text()]
            again = gist.repeats(exercise)
            for check in gist.faults(exercise):
                in_short = check.id in again
                told.append(self.head(exercise.id, check, True) if in_short else self.failure(exercise.id, check))
                told.append(Text())
        return Group(*told, *self.portability(result))

    def everything(self, result: Result) -> Group:
        """Each check of each exercise, what failed in full and with its values whole; then other start methods."""
        told: list[RenderableType] = []
        for exercise in result.exercises:
            told.append(
                self.unloadable(exercise) if exercise.state is State.UNLOADABLE else self.progress_line(exercise)
            )
            for check in exercise.checks if exercise.state is State.GRADED else ():
                in_full = check.verdict in gist.TROUBLE
                line = self.failure(exercise.id, check, True) if in_full else self.in_short(exercise.id, check)
                told += line.renderables if self.plain else map(moved, line.renderables)
            told.append(Text())
        return Group(*told, *self.portability(result))

    def short_line(self, result: Result) -> Text:
        """All in one line: the points, and the first thing that is wrong."""
        percent = gist.percent(result.score, result.max_score)
        points = self.word("points_of", score=result.score, max_score=result.max_score)
        parts = [points, self.word("percent", percent=percent)]
        parts += [self.word("bonus_points", points=result.stretch)] if result.stretch else []
        parts += [] if result.complete else [self.word("incomplete")]
        parts += [f"{explain.exercise_number(e.id)} {self.word('state_unloadable')}" for e in self._unloadable(result)]
        found = [(e, c) for e in result.exercises for c in gist.faults(e)]
        for exercise, check in found[:1]:
            verdict = self.word(f"verdict_{check.verdict.value}")
            function = explain.function_name(check.function, self.course, self.lang)
            parts.append(f"{explain.exercise_number(exercise.id)} {function} {verdict}")
        sign = found[0][1].verdict if found else Verdict.PASSED if percent == 100 else Verdict.SKIPPED
        comma = self.word("comma")
        return self.sign(Verdict.CRASHED if self._unloadable(result) else sign).append(f" {comma.join(parts)}")

    def _unloadable(self, result: Result) -> list[ExerciseResult]:
        return [exercise for exercise in result.exercises if exercise.state is State.UNLOADABLE]

    def misnamed(self, names: Mapping[str, str]) -> Group:
        """What may be meant by exercises whose files are missing: a name for each."""
        return Group(*(Prose(self.word("misnamed", wanted=wanted, name=name)) for wanted, name in names.items()))

    def barred(self, why: Mapping[str, str]) -> Group:
        """Why there is no file of an exercise although something has its name: see staging.barred."""
        return Group(*(Prose(self.word(f"barred_{why[name]}", file=f"{name}.py")) for name in why))

    def next_line(self, result: Result) -> Group:
        """The first thing to do next."""
        return prose(self.word("next_line", what=self._next(result)))

    def _next(self, result: Result) -> str:
        step = gist.next_step(result)
        if step is None:
            return self.word("next_none" if gist.percent(result.score, result.max_score) == 100 else "next_later")
        exercise, check = step
        number = explain.exercise_number(exercise.id)
        if check is None:
            loads = exercise.state is State.UNLOADABLE
            title = explain.exercise_title(exercise.id, self.course, self.lang)
            file = f"{explain.safe_line(exercise.id)}.py"
            return self.word("next_load" if loads else "next_begin", file=file, title=f"{number} {title} ({file})")
        told = explain.title(exercise.id, check, self.course, self.lang)
        if check.stretch:
            return self.word("next_bonus", title=told)
        return self.word("next_hint", number=number, title=told)

    def timelines(self, result: Result) -> Group:
        """What each process did in each check: its lane in characters, and every event with who says so.

        What the characters mean comes first, and once.
        """
        codes = (f"{code} {self.word(f'lane_{key}')}" for key, code in lanes.CODES.items())
        told: list[RenderableType] = [Text("   ".join(codes), style="dim"), Text()]
        for exercise in result.exercises:
            for check in exercise.checks:
                if check.timeline:
                    name = explain.title(exercise.id, check, self.course, self.lang)
                    told += [
                        Text.assemble(self.sign(check.verdict), " ", (name, "bold")),
                        *self._timeline(check),
                        Text(),
                    ]
        return Group(*(told if len(told) > 2 else ()))

    def _timeline(self, check: CheckResult) -> list[Text]:
        drawn = lanes.chart(check, self.course, self.lang).as_text
        width = max(cell_len(name) for name, _ in drawn)
        rows = [Text(f"  {name}{' ' * (width - cell_len(name))}  {row}") for name, row in drawn]
        listed = [
            Text(f"  {line.at}  {line.who} {line.what}  [{line.source}]")
            for line in lanes.lines(check, self.course, self.lang)
        ]
        return [*rows, *listed]

    def score_line(self, result: Result) -> Text:
        """The points of the whole."""
        line = Text(
            self.word(
                "score_line",
                score=result.score,
                max_score=result.max_score,
                percent=gist.percent(result.score, result.max_score),
                bonus=result.stretch or None,
                seconds=f"{result.duration_s:.1f}",
            ),
            style="bold",
        )
        return line if result.complete else line.append(f"\n! {self.word('incomplete')}", style="yellow")
