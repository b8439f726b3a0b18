"""One column of a course system's own export, filled with the points of a graded class.

Who uses it: the command export. What goes in: the table, its layout, the gradebook and a policy. What comes out: the
bytes to write, and all that is to be told: who got what and why, who is missing, unknown or in doubt. The header stays
as it is, no row is ever added, and what a student is excused from stays so.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from decimal import Decimal

from grader.exports import people, policy
from grader.exports.columns import TITLE, Layout
from grader.exports.people import Person, same
from grader.exports.policy import Grade, Policy
from grader.exports.table import NotATable, Table, is_formula
from grader.gradebook import Entry, EntryState, Gradebook

KEPT = {"EX": "excused", "N/A": "not assigned"}  # what Canvas writes where there is no score to be had
SHOWN = 12  # names in one sentence


@dataclass
class Filled:
    """What became of a table."""

    content: bytes = b""
    column: str = ""
    written: list[tuple[Entry, Grade]] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)  # who had another value, and which


def grades(gradebook: Gradebook, rules: Policy) -> tuple[list[tuple[Entry, Grade]], list[str]]:
    """The grade of everybody whose result is complete, and what is to be told of the rest and of the policy."""
    have = [entry for entry in gradebook.entries if entry.is_whole and entry.result is not None and entry.max_score]
    full = max((entry.max_score for entry in have), default=0)
    extensions, strangers = policy.extensions(rules, gradebook.entries)
    found = [(entry, policy.grade(rules, entry, full, extensions.get(entry.id))) for entry in have]
    told = []
    for state in (EntryState.BROKEN, EntryState.REFUSED, EntryState.WAITING):
        names = [called(entry) for entry in gradebook.entries if entry.state is state and entry not in have]
        told += sentence(f"no score, because {state.value}", names)
    told += sentence("named in the policy's extensions, where it fits nobody or more than one", strangers)
    return found, told


def fill(table: Table, layout: Layout, gradebook: Gradebook, rules: Policy, column: str | None) -> Filled:
    """Fills the column called `column`, else the only one there is.

    Raises NotATable, with a sentence, where it cannot be told which, or where nobody of the class is in the table.
    """
    at = choose(table, layout, column)
    graded, told = grades(gradebook, rules)
    filled = Filled(column=table.names()[at], told=told)
    rows = _without_formulas(table, layout, filled)
    found = people.match(gradebook.entries, rows)
    if graded and not found.of_row and not found.doubtful:
        raise NotATable("none of its rows is a student of this class")
    by_id = {entry.id: grade for entry, grade in graded}
    for number, entry in sorted(found.of_row.items()):
        if entry.id in by_id:
            _put(filled, table, layout, at, number, entry, by_id[entry.id])
    _tell(filled, layout, at, found, rows, set(by_id))
    dropped = layout.people.keys() - rows.keys()
    table.rows = [row for number, row in enumerate(table.rows) if number not in dropped]
    table.make_safe()
    filled.told += [f"cells that held a formula and are text now: {table.made_safe}"] if table.made_safe else []
    filled.content = table.to_bytes()
    return filled


def choose(table: Table, layout: Layout, column: str | None) -> int:
    """The column to fill: the one of that name, with its number or without, else the only one that fits."""
    names = table.names()
    there = ", ".join(repr(names[n]) for n in layout.candidates) or "none"
    if column is None:
        if len(layout.candidates) == 1:
            return layout.candidates[0]
        if not layout.candidates:
            raise NotATable(f"none of its columns takes points: they are {', '.join(map(repr, names))}")
        raise NotATable(f"which column is to be filled? Name one with --column: {there}")
    wanted = unicodedata.normalize("NFC", column).strip()
    for how in (lambda name: name, lambda name: found.group(1) if (found := TITLE.fullmatch(name)) else name, same):
        fits = [n for n, name in enumerate(names) if how(unicodedata.normalize("NFC", name)) == how(wanted)]
        if len(fits) == 1 and fits[0] not in layout.fixed:
            return fits[0]
        if len(fits) > 1:
            raise NotATable(f"more than one column is called {column!r}: {', '.join(repr(names[n]) for n in fits)}")
    raise NotATable(f"no column for points is called {column!r}: {there}")


def called(entry: Entry) -> str:
    """How an entry is named to the teacher."""
    return f"{entry.name} ({entry.id})" if entry.name and entry.name != entry.id else entry.id


def sentence(what: str, names: list[str]) -> list[str]:
    """'3 students: ... what'; nothing where there are none."""
    if not names:
        return []
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return [f"{'; '.join(names[:SHOWN])}{more}: {what}"]


def _without_formulas(table: Table, layout: Layout, filled: Filled) -> dict[int, Person]:
    """The rows whose student the course system can find by cells that no spreadsheet runs."""
    unsafe = {n for n in layout.people if any(is_formula(table.rows[n].get(key)) for key in layout.keys)}
    names = [layout.people[n].name or layout.people[n].email for n in sorted(unsafe)]
    filled.told += sentence("left out, because what they are found by is a formula", names)
    return {number: person for number, person in layout.people.items() if number not in unsafe}


def _put(filled: Filled, table: Table, layout: Layout, at: int, number: int, entry: Entry, grade: Grade) -> None:
    row, points, most = table.rows[number], grade.points, layout.most.get(at, max(Decimal(100), grade.out_of))
    kept = KEPT.get(row.get(at).upper()) or layout.locked.get(number)
    if kept:
        filled.told.append(f"{called(entry)}: left as it was, {kept}")
        return
    if layout.capped and points > most:
        filled.told.append(f"{called(entry)}: {policy.number(points)} is more than the column takes: {most}")
        points = most
    if _is_other(row.get(at), points):
        filled.replaced.append(f"{called(entry)} {row.get(at)}")
    row.put(at, policy.number(points, table.decimal))
    filled.written.append((entry, grade))


def _is_other(cell: str, points: Decimal) -> bool:
    """Whether a cell holds what is to be replaced by other than the same number."""
    try:
        return cell not in ("", "-") and Decimal(cell.replace(",", ".")) != points
    except ArithmeticError:
        return True


def _tell(
    filled: Filled, layout: Layout, at: int, found: people.Matches, rows: dict[int, Person], has: set[str]
) -> None:
    if filled.replaced:
        count = len(filled.replaced)
        filled.told += sentence(f"{count} of the cells held another value, which is replaced", filled.replaced)
    out_of = {grade.out_of for _, grade in filled.written}
    if (most := layout.most.get(at)) is not None and out_of and out_of != {most}:
        filled.told.append(
            f"the column is out of {policy.number(most)}, what was written is out of {policy.number(max(out_of))}: "
            "say out_of in the policy"
        )
    doubt = {id(entry) for there in found.doubtful.values() for entry in there}
    names = [f"{rows[row].name} fits {', '.join(map(called, there))}" for row, there in found.doubtful.items()]
    filled.told += sentence("not filled, because it is in doubt who is who", names)
    unknown = [called(e) for e in found.unknown.values() if e.id in has and id(e) not in doubt]
    filled.told += sentence("not in the file: unknown there", unknown)
    missing = [
        person.name or person.email or " ".join(person.ids)
        for row, person in rows.items()
        if row not in found.doubtful and (row not in found.of_row or found.of_row[row].id not in has)
    ]
    filled.told += sentence("nothing to write: missing", [name for name in missing if name != "Student, Test"])
    filled.told += sentence("found by the name alone", [called(entry) for entry in found.by_name])
    filled.told += layout.remarks
