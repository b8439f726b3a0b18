"""The screen of `grade watch`: a last result above, and below, in the same place, how the course stands and the keys.

Who uses it: the command, with what watching.py has found. On a terminal the whole screen is painted each time, line by
line over what was there, so that nothing flickers or scrolls; before and afterwards the terminal is as it was. Where
the output is no terminal, or one that can only write on, each result is printed once.
"""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import rich.console
from rich.console import Group
from rich.progress_bar import ProgressBar
from rich.style import Style
from rich.table import Table
from rich.text import Text

from grader.result import ExerciseResult, Result, State
from grader.student.keys import Keyboard
from grader.student.watching import Standing
from grader.walls import staging
from grader.words import explain, gist
from grader.words.console import Screen
from grader.words.prose import prose

ENTER = "\x1b[?1049h\x1b[?25l"  # another screen, no cursor
LEAVE = "\x1b[?25h\x1b[?1049l"
HOME, TO_END_OF_LINE, BELOW = "\x1b[H", "\x1b[K", "\x1b[J"
BAR = 40


class Panel:
    """`folder` holds the exercise files; `keyboard` is where keys come from, if there are any."""

    def __init__(self, console: rich.console.Console, show: Screen, folder: Path) -> None:
        self.console, self.show, self.folder = console, show, folder
        self.is_screen = console.is_terminal and not console.is_dumb_terminal
        self.keyboard: Keyboard | None = None
        self._printed: object = None

    @contextlib.contextmanager
    def open(self) -> Iterator[None]:
        """Takes the screen, and gives it back as it was."""
        try:
            self.enter()
            yield
        finally:
            with contextlib.suppress(OSError, ValueError):  # the terminal has gone
                self.leave()

    def enter(self) -> None:
        """Takes the screen."""
        if self.is_screen:
            self._write(ENTER)

    def leave(self) -> None:
        """Gives it back."""
        if self.is_screen:
            self._write(LEAVE)

    def paint(self, standing: Standing) -> None:
        """Shows what stands."""
        if not self.is_screen:
            self._print(standing)
            return
        height = self.console.size.height
        below = self._lines(self.below(standing))
        above = self._lines(standing.note if standing.note is not None else self.above(standing.exercise()))
        room = max(1, height - len(below) - 1)
        if len(above) > room:
            more = self._word("watch_more", count=len(above) - room + 1)
            above[room - 1 :] = self._lines(Text(more, style="dim", no_wrap=True, overflow="ellipsis"))
        lines = [*above, *[""] * (room - len(above) + 1), *below][-height:]
        self._write(HOME + f"{TO_END_OF_LINE}\n".join(lines) + TO_END_OF_LINE + BELOW)

    def _print(self, standing: Standing) -> None:
        if not standing.running and standing.exercise() is not self._printed:
            self._printed = standing.exercise()
            self.console.print(self.above(standing.exercise()))
            self.console.print(self.below(standing))

    def _write(self, text: str) -> None:
        self.console.file.write(text)
        self.console.file.flush()

    def _lines(self, shown: Any) -> list[str]:
        with self.console.capture() as captured:
            self.console.print(shown, crop=True)  # each has to be one row: the screen is filled to its last
        return captured.get().removesuffix("\n").split("\n")

    # --- the last result

    def above(self, exercise: ExerciseResult) -> Group:
        """What is known of an exercise."""
        if exercise.state is State.UNLOADABLE:
            return Group(self.show.unloadable(exercise))
        head = self.show.progress_line(exercise)
        if exercise.state is not State.GRADED:
            return Group(head, Text(), prose(self._of_no_code(exercise)))
        if not exercise.checks:
            return Group(head, Text(), prose(self._word("list_not_graded")))
        found = Result(course="", kit="", python="", start_method="", submission="", sandbox="", exercises=[exercise])
        told: list[Any] = [head, Text(), self.show.failures(found)]
        if gist.is_whole(exercise) and exercise.id in self.show.course.exercises:
            told.insert(1, prose(self.show.course.exercises[exercise.id].praise.in_(self.show.lang)))
        return Group(*told)

    def _of_no_code(self, exercise: ExerciseResult) -> str:
        """Why there is nothing to grade: what else bears the file's name, or the state."""
        file = f"{explain.safe_line(exercise.id)}.py"
        why = staging.barred(self.folder / f"{exercise.id}.py")
        return self._word(f"barred_{why}" if why else f"told_{exercise.state.value}", file=file)

    # --- how all stands, and the keys

    def below(self, standing: Standing) -> Group:
        """The course's bar, the file, and the keys."""
        lines: list[Any] = [self._bar(standing.result), self._file(standing.current)]
        if standing.polls:
            lines.append(Text(self._word("watch_polls"), style="yellow"))
        return Group(*lines, self._last(standing))

    def _bar(self, result: Result) -> Table:
        whole = sum(gist.is_whole(found) for found in result.exercises)
        told = self._word("whole_of", whole=whole, all=len(result.exercises))
        if self.show.plain or self.show.ascii_only or self.console.width < 2 * BAR:
            bar: Any = Text(f"[{'#' * whole}{'-' * (len(result.exercises) - whole)}]")
        else:
            bar = ProgressBar(total=len(result.exercises), completed=whole, width=BAR)
        grid = Table.grid(padding=(0, 2, 0, 0))
        grid.add_row(bar, Text(told))
        return grid

    def _file(self, exercise: str) -> Text:
        path = self.folder / f"{exercise}.py"
        line = Text(self._word("watch_file") + self._word("colon"), no_wrap=True, overflow="ellipsis")
        return line.append(explain.safe_line(_near(path), 400), Style(link=path.absolute().as_uri(), underline=True))

    def _last(self, standing: Standing) -> Any:
        if standing.running:
            names = self._word("list_comma").join(map(explain.exercise_number, standing.running))
            of = sum(len(self.show.course.exercises[name].checks) for name in standing.running)
            told = self._word("watch_runs", names=names, graded=standing.graded, all=of)
            return Text(told, style="cyan", no_wrap=True, overflow="ellipsis")
        if not (self.keyboard and self.is_screen):
            return Text(self._word("watch_no_keys"), style="dim")
        line = Text()
        for key in standing.keys:
            line.append(key, "bold").append(f" {self._word(f'watch_key_{key}')}   ")
        line.rstrip()
        return line

    def _word(self, key: str, **facts: object) -> str:
        return explain.word(self.show.course, key, self.show.lang, **facts)


def _near(path: Path) -> str:
    """The path as it is shortest to say from here."""
    with contextlib.suppress(ValueError):
        return str(path.absolute().relative_to(Path.cwd()))
    return str(path)


def noted(command: Any, **arguments: Any) -> str:
    """What another command prints, to be shown in place of a result."""
    with contextlib.redirect_stdout(io.StringIO()) as out:
        command(**arguments)
    return out.getvalue().rstrip()
