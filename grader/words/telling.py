"""What the terminal tells of one check or one file: what was expected and seen, why, where, and what to do next.

Who uses it: console, which puts a whole result together. Each field stands under its word, in the order of
explain.FIELDS; where the output is no terminal, on a line of its own.
"""

from __future__ import annotations

from rich.cells import cell_len
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.style import Style
from rich.table import Table
from rich.text import Text

from grader.result import CheckResult, ExerciseResult, Result
from grader.words import explain
from grader.words.look import COLOURS, Look
from grader.words.matrix import matrix as made
from grader.words.prose import Prose
from grader.words.sides import sides

OUTPUT_LIMIT = 800


class Telling(Look):
    """A look with sentences."""

    def head(self, exercise_id: str, check: CheckResult, again: bool = False) -> Text:
        """The line above what is told of a check; `again` where that would be what stands above already."""
        number = explain.exercise_number(exercise_id)
        head = Prose.assemble(self.sign(check.verdict), " ")
        head.append(explain.title(exercise_id, check, self.course, self.lang), style="" if again else "bold")
        verdict = self.word(f"verdict_{check.verdict.value}")
        function = explain.function_name(check.function, self.course, self.lang)
        where = f"{verdict}{self.word('comma')}{number} {function}"
        head.append(f"  [{where}]", style=COLOURS[check.verdict])
        return head.append(f"  {self.word('as_above')}", style="dim") if again else head

    def failure(self, exercise_id: str, check: CheckResult, is_whole: bool = False) -> Group:
        """What is told of a check that has not passed; long values in short, unless `is_whole`."""
        told = explain.explain(exercise_id, check, self.course, self.lang)
        in_short = sides(told.expected, told.seen, lambda count: self.word("alike", count=count))
        expected, seen = (told.expected, told.seen) if is_whole else in_short
        return self._told(
            self.head(exercise_id, check),
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

    def in_short(self, exercise_id: str, check: CheckResult) -> Group:
        """What is told of a check that is not in trouble: why it was not judged, what was printed; nothing to mend."""
        told = self._told(self.head(exercise_id, check), printed=explain.safe(check.output, OUTPUT_LIMIT).rstrip("\n"))
        head, *printed = told.renderables
        why = [Prose(f"    {cause}") if self.plain else Padding(Prose(cause), (0, 0, 0, 2))
               for cause in explain.causes(check, self.course, self.lang)]  # fmt: skip
        return Group(head, *why, *printed)

    def unloadable(self, exercise: ExerciseResult) -> Group:
        """What is told of a file that cannot be loaded."""
        file = explain.safe_line(exercise.id) + ".py"
        head = Text.assemble(self.mark(exercise), " ", (self.word("told_unloadable", file=file), "bold"))
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
        table = self.empty_table(self.word("portability"), *matrix.methods)
        for line in matrix.lines:
            table.add_row(f"{line.exercise} {line.function}", *map(self.sign, line.verdicts))
        told: list[RenderableType] = [table] if matrix.lines else []
        for line in matrix.lines:
            told.append(self._told(Text(line.sentence), cause=line.cause, your_line=_line(line.place, line.source)))
        return [*told, Text(matrix.sentence), Text()]

    def _told(self, head: Text, link: str | None = None, **fields: str | Text | None) -> Group:
        """`head` and below it the fields that say something, each under its word; the section has its `link`."""
        said = {key: value for key in explain.FIELDS if (value := fields.get(key))}
        if self.plain:
            said |= {"section": f"{said['section']}  {link}"} if link else {}
            colon = self.word("colon")
            lines = (f"  {self.word(key)}{colon}" + str(value).replace("\n", "\n    ") for key, value in said.items())
            return Group(head, *map(Text, lines))
        parts: list[RenderableType] = [head]
        for key, value in said.items():
            style = Style(link=link) if key == "section" else ""
            text = value if isinstance(value, Text) else Prose(value, style=style)
            parts.append(moved(self._row(key, text)))
            if link and key == "section":
                parts.append(Text("    ", no_wrap=True, overflow="ignore").append(link, style))
        return Group(*parts)

    def _row(self, key: str, value: Text) -> Table:
        grid = Table.grid(padding=(0, 2, 0, 0))
        grid.add_column(style="dim", no_wrap=True, min_width=max(cell_len(self.word(name)) for name in explain.FIELDS))
        grid.add_column(overflow="fold")
        grid.add_row(Text(self.word(key)), value)
        return grid


def moved(part: RenderableType) -> RenderableType:
    """A part, two cells to the right; a Padding cuts what must not be broken."""
    return part if isinstance(part, Text) and part.no_wrap else Padding(part, (0, 0, 0, 2))


def _line(place: str | None, source: str | None) -> str:
    return "  ".join(part for part in (place, (source or "").strip()) if part)
