"""The step summary: Markdown with the score, a table, what fails and why, and who waits for whom.

GitHub takes 1 MiB of it for a step; what would not fit is counted. What a submission said stands in fenced blocks.
"""

from __future__ import annotations

from collections import Counter

from grader.formats import escape
from grader.formats.edition import Edition, Line, Outcome, verdict
from grader.result import ExerciseResult, State
from grader.words import explain

MOST = 900 << 10  # bytes
SHOWN = (Outcome.FAILED, Outcome.CRASHED, Outcome.STUCK, Outcome.UNLOADABLE, Outcome.BROKEN)
FENCED = ("expected", "seen", "waiting", "your_line", "printed")


def summary(of: Edition) -> bytes:
    """The whole text."""
    parts = [_head(of), _table(of)]
    room = MOST - sum(len(part.encode("utf-8")) for part in parts)
    shown = _shown(of)
    for index, line in enumerate(shown):
        part = _failure(line, of)
        room -= len(part.encode("utf-8"))
        if room < 0:
            parts.append(escape.markdown(of.word("ci_more_checks", count=len(shown) - index)) + "\n")
            break
        parts.append(part)
    return "\n".join(parts).encode("utf-8")


def _shown(of: Edition) -> list[Line]:
    """What is told in full; of a file that cannot be loaded, once."""
    seen: set[str] = set()
    lines = []
    for line in of.lines:
        again = line.outcome is Outcome.UNLOADABLE and line.exercise.id in seen
        if line.outcome in SHOWN and not again:
            seen.add(line.exercise.id)
            lines.append(line)
    return lines


def _head(of: Edition) -> str:
    title = f"## {escape.markdown(of.course.title.in_(of.lang))}\n"
    notices = [f"> {escape.markdown(sentence)}\n" for sentence in of.notices]
    return "\n".join([title, f"**{escape.markdown(of.word('score') + of.word('colon') + of.score)}**\n", *notices])


def _table(of: Edition) -> str:
    head = " | ".join(escape.markdown(of.word(key)) for key in ("exercise", "found", "points"))
    rows = [_row(exercise, of) for exercise in of.result.exercises]
    return "\n".join([f"| {head} |", "| --- | --- | ---: |", *rows, ""])


def _row(exercise: ExerciseResult, of: Edition) -> str:
    name = f"{explain.exercise_number(exercise.id)} {explain.exercise_title(exercise.id, of.course, of.lang)}"
    lines = [line for line in of.lines if line.exercise.id == exercise.id]
    if exercise.state is not State.GRADED:
        found = of.word(f"state_{exercise.state.value}")
    else:
        counts = Counter(verdict(line, of) for line in lines)
        found = of.word("list_comma").join(f"{count} {word}" for word, count in counts.items())
    points = f"{exercise.score}/{exercise.max_score}" + (f" +{exercise.stretch}" if exercise.stretch else "")
    return "| " + " | ".join(escape.markdown(cell) for cell in (name, found, points)) + " |"


def _failure(line: Line, of: Edition) -> str:
    sign = explain.SIGNS[line.check.verdict] if line.outcome is not Outcome.UNLOADABLE else "!"
    function = explain.function_name(line.check.function, of.course, of.lang)
    number = explain.exercise_number(line.exercise.id)
    title = f"{number} {function}{of.word('colon')}{line.name}" if line.outcome is not Outcome.UNLOADABLE else number
    bonus = f"{of.word('comma')}{of.word('bonus')}" if line.check.stretch else ""
    parts = [f"### {sign} {escape.markdown(f'{title} ({verdict(line, of)}{bonus})')}"]
    for key in explain.FIELDS:
        if key in line.told:
            said = line.told[key]
            shown = escape.fenced(said) if key in FENCED else escape.markdown_prose(said)
            shown = _linked(said) if key == "section" else shown
            parts.append(f"**{escape.markdown(of.word(key))}**\n\n{shown}")
    return "\n\n".join(parts) + "\n"


def _linked(section: str) -> str:
    """The section's title and link, which are words of the course."""
    title, _, link = section.partition("  ")
    return f"[{escape.markdown(title)}]({link})" if link.startswith("https://") else escape.markdown(section)
