"""Workflow commands of GitHub Actions: at most nine annotations and a last one that says how many more there are.

One for each exercise that fails, at the student's own line, the one that costs most first (GitHub shows ten of a kind
for each step and drops the rest). What we could not judge is a warning, what is not begun a notice with the score.
"""

from __future__ import annotations

from itertools import groupby

from grader.formats import escape
from grader.formats.edition import Edition, Line, Outcome, summary_line
from grader.result import State
from grader.words import explain

MOST = 9
WORST = (Outcome.UNLOADABLE, Outcome.CRASHED, Outcome.STUCK, Outcome.FAILED)
MESSAGE = 1500  # characters


def commands(of: Edition) -> bytes:
    """The lines to be written to the job's log, by whoever holds it alone."""
    failing = [[line for line in lines if line.fails] for _, lines in _exercises(of)]
    worst = sorted(filter(None, failing), key=_cost, reverse=True)
    told = [_error(lines, of) for lines in worst[:MOST]]
    if len(worst) > MOST:
        told.append(_command("error", "", None, "grade", of.word("ci_more", count=len(worst) - MOST)))
    broken = [line for line in of.lines if line.outcome is Outcome.BROKEN]
    if broken or not of.complete:
        told.append(_command("warning", "", None, "grade", " ".join(of.notices)))
    told.append(_command("notice", "", None, of.word("score"), _score(of)))
    return "".join(f"{line}\n" for line in told).encode("utf-8")


def _exercises(of: Edition):  # type: ignore[no-untyped-def]
    return groupby(of.lines, key=lambda line: line.exercise.id)


def _cost(lines: list[Line]) -> tuple[int, int]:
    return sum(line.check.max_points for line in lines), -min(WORST.index(line.outcome) for line in lines)


def _error(lines: list[Line], of: Edition) -> str:
    first = min(lines, key=lambda line: WORST.index(line.outcome))
    unloadable = first.outcome is Outcome.UNLOADABLE
    function = explain.function_name(first.check.function, of.course, of.lang)
    title = f"{explain.exercise_number(first.exercise.id)} {function}"
    said = (
        [first.told.get("cause", ""), first.told.get("seen", "")]
        if unloadable
        else [first.name, summary_line(first, of)]
    )
    more = len(lines) - 1
    said.append(of.word("ci_more_here", count=more) if more and not unloadable else "")
    if unloadable:
        title = explain.exercise_number(first.exercise.id)
    return _command("error", first.file, first.at, title, "\n".join(part for part in said if part))


def _score(of: Edition) -> str:
    idle = (State.MISSING, State.UNTOUCHED)
    names = [explain.exercise_number(exercise.id) for exercise in of.result.exercises if exercise.state in idle]
    return of.score + (f". {of.word('ci_not_begun', names=', '.join(names))}" if names else "")


def _command(kind: str, file: str, line: int | None, title: str, message: str) -> str:
    at = {"file": file, "line": "" if line is None or not file else str(line), "title": title}
    properties = ",".join(f"{key}={escape.command_property(value)}" for key, value in at.items() if value)
    return f"::{kind} {properties}::{escape.command_data(message[:MESSAGE])}"
