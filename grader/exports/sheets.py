"""A graded class as a CSV file of our own: gradebook.csv, and the forms of course systems that need no file of theirs.

Who uses it: batch writes gradebook.csv; the command export the others. What goes in: a gradebook, and the grades that a
policy made. What comes out: the bytes of a CSV file in UTF-8 in which no cell is run by a spreadsheet.
"""

from __future__ import annotations

from collections.abc import Callable

from grader.exports import policy
from grader.exports.policy import Grade
from grader.exports.table import to_csv
from grader.gradebook import Entry, Gradebook
from grader.result import Verdict

Graded = list[tuple[Entry, Grade]]
WHO = ["id", "name", "email", "student_id", "group"]


def gradebook_csv(gradebook: Gradebook) -> bytes:
    """Everybody of the class, with the points as they are."""
    counts = [verdict.value for verdict in Verdict]
    rows = [[*WHO, "state", "score", "max_score", "stretch", *counts, "submitted_at", "late", "graded_at", "reason"]]
    for e in gradebook.entries:
        points = [str(e.score), str(e.max_score), str(e.stretch)] if e.result is not None else ["", "", ""]
        verdicts = [str(e.verdicts.get(name, 0)) if e.result is not None else "" for name in counts]
        late = "" if e.late is None else "yes" if e.late else "no"
        when = [e.submitted_at or "", late, e.graded_at or ""]
        rows.append([*_who(e), e.state.value, *points, *verdicts, *when, e.reason])
    return to_csv(rows)


def csv(gradebook: Gradebook, graded: Graded) -> bytes:
    """Everybody, with what the policy made of the points, and why."""
    by_id = {entry.id: grade for entry, grade in graded}
    found = ["state", "score", "stretch", "max_score", "submitted_at"]
    rows = [[*WHO, *found, "days_late", "taken_off", "points", "out_of", "why"]]
    for e in gradebook.entries:
        cells = [*_who(e), e.state.value]
        if (g := by_id.get(e.id)) is not None:
            made = [policy.number(g.taken_off), policy.number(g.points), policy.number(g.out_of), "; ".join(g.why)]
            cells += [str(e.score), str(e.stretch), str(e.max_score), e.submitted_at or "", str(g.days_late), *made]
        rows.append(cells + [""] * (len(rows[0]) - len(cells)))
    return to_csv(rows)


def gradescope(gradebook: Gradebook, graded: Graded) -> bytes:
    """In the form of Gradescope's own export of one assignment."""
    rows = [["First Name", "Last Name", "SID", "Email", "Total Score", "Max Points", "Status", "Submission Time"]]
    for e, g in graded:
        first, last = _parted(e.name)
        points = [policy.number(g.points), policy.number(g.out_of), "Graded", e.submitted_at or ""]
        rows.append([first, last, e.student_id or e.id, e.email, *points])
    return to_csv(rows)


def classroom50(gradebook: Gradebook, graded: Graded) -> bytes:
    """In the form of Classroom 50's scores.csv: whole points, none below zero."""
    rows = [["username", "first_name", "last_name", "email", "section", "score", "max_score", "datetime"]]
    for e, g in graded:
        first, last = _parted(e.name)
        points = [policy.number(g.points), policy.number(g.out_of.to_integral_value()), e.submitted_at or ""]
        rows.append([e.student_id or e.id, first, last, e.email, e.group, *points])
    return to_csv(rows)


SHEETS: dict[str, Callable[[Gradebook, Graded], bytes]] = {
    "csv": csv,
    "gradescope": gradescope,
    "classroom50": classroom50,
}


def _parted(name: str) -> tuple[str, str]:
    """First and last name, of `Jane Doe` and of `Doe, Jane`; one word alone is the first."""
    last, comma, first = name.partition(",")
    if not comma:
        first, _, last = name.rpartition(" ")
    return (first.strip(), last.strip()) if first else (last.strip(), "")


def _who(entry: Entry) -> list[str]:
    return [entry.id, entry.name, entry.email, entry.student_id, entry.group]
