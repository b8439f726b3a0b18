"""What the terminal shows of a result: a line while it runs, a table, the failures, the score.

Who uses it: the commands, which print it. In goes a Result or a part of it; out come rich renderables, which are plain
lines where the output is not a terminal. No part of a submission is ever read as markup: it is `rich.text.Text`,
made of what explain has made safe; no line is a command to a runner of CI (runners). Colour is never alone: each
verdict has its sign and its word.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, TextIO

import rich.box
import rich.console
from rich.cells import cell_len
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.style import Style
from rich.table import Table
from rich.text import Text

from grader.course import Course
from grader.result import CheckResult, ExerciseResult, Result, State, Verdict
from grader.words import explain, lanes
from grader.words.matrix import matrix as made
from grader.words.prose import Prose, prose
from grader.words.runners import heard_by_nobody
from grader.words.sides import sides

COLOURS = {
    Verdict.PASSED: "green",
    Verdict.FAILED: "red",
    Verdict.CRASHED: "bright_red",
    Verdict.STUCK: "magenta",
    Verdict.SKIPPED: "dim",
    Verdict.BROKEN: "cyan",
}
STATE_COLOURS = {State.UNLOADABLE: "bright_red", State.MISSING: "dim", State.UNTOUCHED: "dim"}
OUTPUT_LIMIT = 800


def open_console(stream: TextIO) -> rich.console.Console:
    """A console on `stream`: nothing is markup or a command, and escapes stand for what the encoding does not have."""
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(errors="backslashreplace")
    file = heard_by_nobody(stream)
    return _Console(file=file, markup=False, highlight=False, emoji=False, soft_wrap=not stream.isatty())


class _Console(rich.console.Console):
    def print(self, *objects: Any, crop: bool = False, **options: Any) -> None:
        """As rich does it, but for what is longer than a line and must not be broken: that stays whole."""
        super().print(*objects, crop=crop, **options)

    def on_broken_pipe(self) -> None:
        """Nobody reads any more: for the command to end in its own way, and not in rich's."""
        raise BrokenPipeError


def code(text: str, console: rich.console.Console) -> Text:
    """Python, in colours where the console has any; otherwise as it is."""
    if not console.is_terminal or console.no_color or console.color_system is None:
        return Text(text)
    from rich.syntax import Syntax

    coloured = Syntax("", "python", theme="ansi_dark", background_color="default").highlight(text)
    coloured.rstrip()
    return coloured


def screen(console: rich.console.Console, course: Course, lang: str) -> Screen:
    """What is to be shown on `console`, in `lang`."""
    return Screen(course, lang, plain=not console.is_terminal, ascii_only=not can_encode(console.encoding))


def can_encode(encoding: str) -> bool:
    """Whether the signs of the verdicts can be shown."""
    try:
        "".join(explain.SIGNS.values()).encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True


@dataclass(frozen=True)
class Screen:
    """One way to show results: in which language, with which signs, with or without a layout."""

    course: Course
    lang: str
    plain: bool = False
    ascii_only: bool = False

    def progress_line(self, exercise: ExerciseResult) -> Text:
        """What is said of an exercise as soon as it is graded."""
        line = Text.assemble(self._mark(exercise), " ", self._name(exercise), "  ", self._found(exercise))
        return line.append("  ").append(self._points(exercise))

    def table(self, result: Result, notes: Mapping[str, str] = MappingProxyType({})) -> Table:
        """One row for each exercise: its name, what was found, a note where there is one, its points."""
        table = self._table(*map(self._word, ("exercise", "found", "points")))
        table.columns[-1].justify = "right"
        for exercise in result.exercises:
            name = Text.assemble(self._mark(exercise), " ", self._name(exercise))
            note = Text(notes.get(exercise.id, ""), style="dim")
            found = Text("  ").join(part for part in (self._found(exercise), note) if part)
            table.add_row(name, found, self._points(exercise))
        return table

    def failures(self, result: Result) -> Group:
        """All that failed, in course order; then other start methods.

        Each is told in full, but for what hangs or goes wrong in the same place for the same reason as one above.
        """
        told: list[RenderableType] = []
        for exercise in result.exercises:
            if exercise.state is State.UNLOADABLE:
                told += [self.unloadable(exercise), Text()]
            again = explain.repeats(exercise)
            for check in explain.faults(exercise):
                in_short = check.id in again
                told.append(self._head(exercise.id, check, True) if in_short else self.failure(exercise.id, check))
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
                in_full = check.verdict in explain.TROUBLE
                line = self.failure(exercise.id, check, True) if in_full else self._in_short(exercise.id, check)
                told += line.renderables if self.plain else map(_moved, line.renderables)
            told.append(Text())
        return Group(*told, *self.portability(result))

    def short_line(self, result: Result) -> Text:
        """All in one line: the points, and the first thing that is wrong."""
        percent = explain.percent(result.score, result.max_score)
        points = self._word("points_of", score=result.score, max_score=result.max_score)
        parts = [points, self._word("percent", percent=percent)]
        parts += [self._word("bonus_points", points=result.stretch)] if result.stretch else []
        parts += [] if result.complete else [self._word("incomplete")]
        parts += [f"{explain.exercise_number(e.id)} {self._word('state_unloadable')}" for e in self._unloadable(result)]
        found = [(e, c) for e in result.exercises for c in explain.faults(e)]
        for exercise, check in found[:1]:
            verdict = self._word(f"verdict_{check.verdict.value}")
            function = explain.function_name(check.function, self.course, self.lang)
            parts.append(f"{explain.exercise_number(exercise.id)} {function} {verdict}")
        sign = found[0][1].verdict if found else Verdict.PASSED if percent == 100 else Verdict.SKIPPED
        comma = self._word("list_comma")
        return self._sign(Verdict.CRASHED if self._unloadable(result) else sign).append(f" {comma.join(parts)}")

    def _unloadable(self, result: Result) -> list[ExerciseResult]:
        return [exercise for exercise in result.exercises if exercise.state is State.UNLOADABLE]

    def misnamed(self, names: Mapping[str, str]) -> Group:
        """What may be meant by exercises whose files are missing: a name for each."""
        return Group(*(Prose(self._word("misnamed", wanted=wanted, name=name)) for wanted, name in names.items()))

    def barred(self, why: Mapping[str, str]) -> Group:
        """Why there is no file of an exercise although something has its name: see staging.barred."""
        return Group(*(Prose(self._word(f"barred_{why[name]}", file=f"{name}.py")) for name in why))

    def next_line(self, result: Result) -> Group:
        """The first thing to do next."""
        return prose(self._word("next_line", what=self._next(result)))

    def _next(self, result: Result) -> str:
        step = explain.next_step(result)
        if step is None:
            return self._word("next_none" if explain.percent(result.score, result.max_score) == 100 else "next_later")
        exercise, check = step
        number = explain.exercise_number(exercise.id)
        if check is None:
            loads = exercise.state is State.UNLOADABLE
            title = explain.exercise_title(exercise.id, self.course, self.lang)
            file = f"{explain.safe_line(exercise.id)}.py"
            return self._word("next_load" if loads else "next_begin", file=file, title=f"{number} {title} ({file})")
        told = explain.title(exercise.id, check, self.course, self.lang)
        if check.stretch:
            return self._word("next_bonus", title=told)
        return self._word("next_hint", number=number, title=told)

    def timelines(self, result: Result) -> Group:
        """What each process did in each check: its lane in characters, and every event with who says so.

        What the characters mean comes first, and once.
        """
        codes = (f"{code} {self._word(f'lane_{key}')}" for key, code in lanes.CODES.items())
        told: list[RenderableType] = [Text("   ".join(codes), style="dim"), Text()]
        for exercise in result.exercises:
            for check in exercise.checks:
                if check.timeline:
                    name = explain.title(exercise.id, check, self.course, self.lang)
                    told += [
                        Text.assemble(self._sign(check.verdict), " ", (name, "bold")),
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
            self._word(
                "score_line",
                score=result.score,
                max_score=result.max_score,
                percent=explain.percent(result.score, result.max_score),
                bonus=result.stretch or None,
                seconds=f"{result.duration_s:.1f}",
            ),
            style="bold",
        )
        return line if result.complete else line.append(f"\n! {self._word('incomplete')}", style="yellow")

    def _table(self, first: str, *others: str) -> Table:
        table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="" if self.plain else "bold")
        if not self.plain:
            table.box = rich.box.ASCII2 if self.ascii_only else rich.box.SIMPLE_HEAD
        table.add_column(first, overflow="fold")
        for other in others:
            table.add_column(other, no_wrap=True)
        return table

    def _word(self, key: str, **facts: object) -> str:
        return explain.word(self.course, key, self.lang, **facts)

    def _sign(self, verdict: Verdict) -> Text:
        return Text((explain.ASCII_SIGNS if self.ascii_only else explain.SIGNS)[verdict], style=COLOURS[verdict])

    def _mark(self, exercise: ExerciseResult) -> Text:
        return self._sign(explain.overall(exercise))

    def _name(self, exercise: ExerciseResult) -> Text:
        number = explain.exercise_number(exercise.id)
        return Text.assemble((number, "bold"), " ", explain.exercise_title(exercise.id, self.course, self.lang))

    def _found(self, exercise: ExerciseResult) -> Text:
        if exercise.state is not State.GRADED:
            return Text(self._word(f"state_{exercise.state.value}"), style=STATE_COLOURS[exercise.state])
        counts = Counter(check.verdict for check in exercise.checks)
        parts = [Text.assemble(self._sign(verdict), f" {counts[verdict]}") for verdict in Verdict if counts[verdict]]
        return Text("  ").join(parts)

    def _points(self, exercise: ExerciseResult) -> Text:
        points = Text(f"{exercise.score}/{exercise.max_score}" if exercise.max_score else "-")
        return Text.assemble((f"+{exercise.stretch} ", "cyan"), points) if exercise.stretch else points

    def _head(self, exercise_id: str, check: CheckResult, again: bool = False) -> Text:
        number = explain.exercise_number(exercise_id)
        head = Prose.assemble(self._sign(check.verdict), " ")
        head.append(explain.title(exercise_id, check, self.course, self.lang), style="" if again else "bold")
        verdict = self._word(f"verdict_{check.verdict.value}")
        function = explain.function_name(check.function, self.course, self.lang)
        head.append(f"  [{verdict}, {number} {function}]", style=COLOURS[check.verdict])
        return head.append(f"  {self._word('as_above')}", style="dim") if again else head

    def failure(self, exercise_id: str, check: CheckResult, is_whole: bool = False) -> Group:
        """What is told of a check that has not passed; long values in short, unless `is_whole`."""
        told = explain.explain(exercise_id, check, self.course, self.lang)
        in_short = sides(told.expected, told.seen, lambda count: self._word("alike", count=count))
        expected, seen = (told.expected, told.seen) if is_whole else in_short
        return self._told(
            self._head(exercise_id, check),
            link=told.link,
            expected=expected,
            seen=seen,
            cause="\n".join(told.causes),
            waiting="\n".join(told.waiting),
            your_line=_line(told.place, told.source),
            hint=told.hint,
            section=told.section,
            printed=explain.safe(check.output, OUTPUT_LIMIT).rstrip("\n"),
        )

    def _in_short(self, exercise_id: str, check: CheckResult) -> Group:
        """What is told of a check that is not in trouble: why it was not judged, what was printed; nothing to mend."""
        told = self._told(self._head(exercise_id, check), printed=explain.safe(check.output, OUTPUT_LIMIT).rstrip("\n"))
        head, *printed = told.renderables
        why = [Prose(f"    {cause}") if self.plain else Padding(Prose(cause), (0, 0, 0, 2))
               for cause in explain.causes(check, self.course, self.lang)]  # fmt: skip
        return Group(head, *why, *printed)

    def unloadable(self, exercise: ExerciseResult) -> Group:
        """What is told of a file that cannot be loaded."""
        file = explain.safe_line(exercise.id) + ".py"
        head = Text.assemble(self._mark(exercise), " ", (self._word("told_unloadable", file=file), "bold"))
        if exercise.error is None:
            return self._told(head)
        error = explain.error_text(exercise.error, self.course, self.lang)
        line = _line(explain.place(exercise.error), explain.safe_line(exercise.error.source or "", 400))
        advice = explain.error_advice(exercise.error, self.course, self.lang)
        return self._told(head, seen=error, your_line=line, hint=advice)

    def portability(self, result: Result) -> list[RenderableType]:
        """What becomes of each function under other start methods, and why they part; nothing where none was tried."""
        matrix = made(result, self.course, self.lang)
        if matrix is None:
            return []
        table = self._table(self._word("portability"), *matrix.methods)
        for line in matrix.lines:
            table.add_row(f"{line.exercise} {line.function}", *map(self._sign, line.verdicts))
        told: list[RenderableType] = [table] if matrix.lines else []
        for line in matrix.lines:
            told.append(self._told(Text(line.sentence), cause=line.cause, your_line=_line(line.place, line.source)))
        return [*told, Text(matrix.sentence), Text()]

    def _told(self, head: Text, link: str | None = None, **fields: str | Text | None) -> Group:
        """`head` and below it the fields that say something, each under its word; the section has its `link`."""
        said = {key: value for key in explain.FIELDS if (value := fields.get(key))}
        if self.plain:
            said |= {"section": f"{said['section']}  {link}"} if link else {}
            colon = self._word("colon")
            lines = (f"  {self._word(key)}{colon}" + str(value).replace("\n", "\n    ") for key, value in said.items())
            return Group(head, *map(Text, lines))
        parts: list[RenderableType] = [head]
        for key, value in said.items():
            style = Style(link=link) if key == "section" else ""
            text = value if isinstance(value, Text) else Prose(value, style=style)
            parts.append(_moved(self._row(key, text)))
            if link and key == "section":
                parts.append(Text("    ", no_wrap=True, overflow="ignore").append(link, style))
        return Group(*parts)

    def _row(self, key: str, value: Text) -> Table:
        grid = Table.grid(padding=(0, 2, 0, 0))
        grid.add_column(style="dim", no_wrap=True, min_width=max(cell_len(self._word(name)) for name in explain.FIELDS))
        grid.add_column(overflow="fold")
        grid.add_row(Text(self._word(key)), value)
        return grid


def _moved(part: RenderableType) -> RenderableType:
    """A part, two cells to the right; a Padding cuts what must not be broken."""
    return part if isinstance(part, Text) and part.no_wrap else Padding(part, (0, 0, 0, 2))


def _line(place: str | None, source: str | None) -> str:
    return "  ".join(part for part in (place, (source or "").strip()) if part)
