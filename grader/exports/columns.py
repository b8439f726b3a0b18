"""What the columns of a course system's own export mean: who a row is about, and which columns take points.

Who uses it: fill. What goes in: a table, and the name of the format. What comes out: a Layout. The forms are those that
Canvas, Moodle (gradebook and grading worksheet), Gradescope and Classroom 50 write; header words in the language of
the site are known for some languages, and told by what stands below them for all others.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal

from grader.exports.people import Person, same
from grader.exports.table import NUMBER, NotATable, Row, Table, is_formula

TITLE = re.compile(r"(.*)\s\((\d+)\)")  # of an assignment in Canvas, with its number
CANVAS_TOTALS = re.compile(r"(Current|Final|Override) (Score|Points|Grade|Status)")
CANVAS_POSTING = re.compile(r"\s*(Muted|Manual Posting.*)?\s*", re.IGNORECASE)
IDENTIFIER = re.compile(r"(\D+)(\d+)")  # in Moodle's worksheet: a word in the site's language, and a number
TOTAL = re.compile(r"\btotal\b|summe|总分|總分|合計", re.IGNORECASE)
FEEDBACK = re.compile(r"feedback|\((?:percentage|letter)\)|反馈", re.IGNORECASE)
WORDS = {
    "id": "id;sid;student id;id number;username;user name;login;login id;sis user id;sis login id;student number;"
    "identifier;github username;github_username;roster_identifier;usernames;orgdefinedid;id-nummer;anmeldename;"
    "matrikelnummer;numéro d'identification;nom d'utilisateur;número de id;nombre de usuario;学号;用户名;编号;id 号码",
    "email": "email;e-mail;email address;e-mail address;mail;e-mail-adresse;adresse de courriel;dirección de correo;"
    "电子邮件;电子邮件地址;邮箱;邮箱地址",
    "name": "name;full name;student;student name;vollständiger name;nom complet;nombre completo;姓名;全名",
    "first": "first name;firstname;first_name;given name;vorname;prénom;nombre;名",
    "last": "last name;lastname;last_name;surname;family name;nachname;nom;nom de famille;apellido(s);姓;姓氏",
    "grade": "grade;bewertung;note;calificación;beoordeling;cijfer;valutazione;nota;оценка;成绩;成績;评分;評点",
    "changeable": "grade can be changed;bewertung kann geändert werden;成绩可以更改;成绩可以被更改",
    "no": "no;nein;non;nee;нет;否;不;いいえ",
}
KINDS = {word: kind for kind, words in WORDS.items() for word in words.split(";")}


@dataclass
class Layout:
    """What a table means. Rows and columns are counted from 0, rows below the header."""

    people: dict[int, Person]
    keys: list[int]  # the columns by which the course system itself finds a student
    candidates: list[int]  # the columns that could take points
    fixed: set[int] = field(default_factory=set)  # the columns that are never to be filled
    most: dict[int, Decimal] = field(default_factory=dict)  # what a column is out of, where the table says
    locked: dict[int, str] = field(default_factory=dict)  # rows that are to stay as they are, and why
    capped: bool = False  # whether the course system takes nothing above that, nor above 100 where it is not said
    remarks: list[str] = field(default_factory=list)


def canvas(table: Table) -> Layout:
    """The export of Canvas's gradebook; raises NotATable where its import would not take the header."""
    names = table.names()
    split = names[:3] == ["LastName", "FirstName", "ID"]
    if not split and not ("Student" in names[0] and len(names) > 3 and "ID" in names[1]):
        raise NotATable("its header does not begin with Student and ID, as an export of Canvas's gradebook does")
    if "Section" not in names:
        raise NotATable("its header has no column Section, as an export of Canvas's gradebook does")
    first, section = (2 if split else 1), names.index("Section")
    possible = next((row for row in table.rows if "Points Possible" in row.get(0)), None)
    layout, signs = Layout({}, [first], []), [n for n in range(first, section) if names[n] != "Root Account"]
    for number, row in enumerate(table.rows):
        if row is possible or all(CANVAS_POSTING.fullmatch(cell) for cell in row.cells):
            continue
        name = f"{row.get(1)} {row.get(0)}" if split else row.get(0)
        layout.people[number] = Person(ids=tuple(row.get(n) for n in signs), name=name)
    for column in range(section + 1, len(names)):
        said = possible.get(column) if possible else ""
        if TITLE.fullmatch(names[column]) and not CANVAS_TOTALS.search(names[column]) and "read only" not in said:
            layout.candidates.append(column)
            _put_most(layout, column, {said})
    layout.fixed = set(range(len(names))) - set(layout.candidates)
    return layout


def moodle(table: Table) -> Layout:
    """The export of Moodle's gradebook as CSV; one number that is too large, and its import takes nothing at all."""
    layout = plain(table)
    layout.capped = True
    return layout


def plain(table: Table) -> Layout:
    """Any table with words for who and numbers for what."""
    kinds, names = _kinds(table), table.names()
    layout = Layout(_people(table, kinds), [n for kind in ("id", "email") for n in kinds[kind]], [])
    layout.fixed = {n for columns in kinds.values() for n in columns}
    fits = [n for n in range(len(names)) if n not in layout.fixed and _takes_points(table, n, layout.people)]
    layout.candidates = [n for n in fits if _cells(table, n)] or fits  # Moodle writes `-` where there is no grade
    return layout


def worksheet(table: Table) -> Layout:
    """Moodle's offline grading worksheet."""
    kinds, names = _kinds(table), table.names()
    column = next((n for n in range(len(names)) if _is_identifier(table, n)), None)
    if column is None:
        raise NotATable("it has no column with an identifier for each student, as Moodle's grading worksheet has")
    layout = Layout(_people(table, kinds), [column], [])
    layout.fixed = {column, *(n for columns in kinds.values() for n in columns)}
    for number, person in list(layout.people.items()):
        found = IDENTIFIER.fullmatch(table.rows[number].get(column))
        layout.people[number] = Person((found.group(2) if found else "", *person.ids), person.email, person.name)
    tops = [n for n in range(1, len(names)) if _is_maximum(table, n)]
    grades = [n for n, name in enumerate(names) if KINDS.get(same(name)) == "grade"] or [n - 1 for n in tops]
    layout.candidates, layout.capped = grades, True
    for n in grades:
        if n + 1 in tops:
            _put_most(layout, n, {table.rows[min(layout.people)].get(n + 1)})
    changeable = [n for n, name in enumerate(names) if KINDS.get(same(name)) == "changeable"]
    for number in layout.people:
        if any(KINDS.get(same(table.rows[number].get(n))) == "no" for n in changeable):
            layout.locked[number] = "its grade cannot be changed"
    if table.delimiter != "," or table.encoding != "utf-8":
        layout.remarks.append("Moodle takes a worksheet with commas in UTF-8 alone, and this one has others")
    return layout


def gradescope(table: Table) -> Layout:
    """The grades of one assignment, or of a course, as Gradescope exports them."""
    layout, names = plain(table), table.names()
    totals = [n for n, name in enumerate(names) if name == "Total Score"]
    layout.candidates = totals or [n for n, name in enumerate(names) if f"{name} - Max Points" in names]
    for n in layout.candidates:
        title = "Max Points" if totals and "Max Points" in names else f"{names[n]} - Max Points"
        _put_most(layout, n, set(_cells(table, names.index(title))) if title in names else set())
    return layout


def classroom50(table: Table) -> Layout:
    """The scores.csv of Classroom 50."""
    layout, names = plain(table), table.names()
    layout.candidates = [n for n, name in enumerate(names) if name == "score"]
    return layout


FORMS: dict[str, Callable[[Table], Layout]] = {
    "canvas": canvas,
    "moodle": moodle,
    "moodle-worksheet": worksheet,
    "gradescope": gradescope,
    "classroom50": classroom50,
    "csv": plain,
}
HEADERS = {  # by which an export is known, whatever it is said to be
    "canvas": ("Canvas", {"Student", "ID", "Section"}),
    "gradescope": ("Gradescope", {"SID", "Total Score", "Max Points"}),
    "classroom50": ("Classroom 50", {"username", "score", "max_score"}),
}


def layout(form: str, table: Table) -> Layout:
    """What a table means that is said to be of this form; raises NotATable where it is none, or another one's."""
    for other, (whose, header) in HEADERS.items():
        if header <= set(table.names()) and form not in (other, "csv"):
            raise NotATable(f"it is no export for {form}: by its header it is one of {whose}, for --to {other}")
    return FORMS[form](table)


def _put_most(layout: Layout, column: int, cells: set[str]) -> None:
    """What a column is out of, where these cells say one number."""
    said = {cell.replace(",", ".") for cell in cells if NUMBER.fullmatch(cell)}
    with contextlib.suppress(ArithmeticError):  # `1,000.5`, `70 %`: no maximum that we could be sure of
        layout.most |= {column: Decimal(said.pop())} if len(said) == 1 else {}


def _kinds(table: Table) -> dict[str, list[int]]:
    """The columns that say who, by kind."""
    found: dict[str, list[int]] = {kind: [] for kind in ("id", "email", "name", "first", "last")}
    for column, name in enumerate(table.names()):
        kind = KINDS.get(same(name), "")
        if kind in found:
            found[kind].append(column)
        elif _cells(table, column) and all("@" in cell[1:] for cell in _cells(table, column)):
            found["email"].append(column)
    return found


def _people(table: Table, kinds: dict[str, list[int]]) -> dict[int, Person]:
    if not any(kinds.values()):
        raise NotATable("no column of it says who a row is about")
    return {n: _person(row, kinds) for n, row in enumerate(table.rows) if any(cell.strip() for cell in row.cells)}


def _person(row: Row, kinds: dict[str, list[int]]) -> Person:
    whole = next((row.get(n) for n in kinds["name"]), "")
    parts = " ".join(row.get(n) for kind in ("first", "last") for n in kinds[kind])
    email = next((row.get(n) for n in kinds["email"] if row.get(n)), "")
    return Person(tuple(row.get(n) for n in kinds["id"] if row.get(n)), email, whole or parts)


def _takes_points(table: Table, column: int, people: dict[int, Person]) -> bool:
    """Whether nothing but numbers stands there, and it is neither a sum nor a time."""
    cells, name = [table.rows[n].get(column) for n in people], table.names()[column]
    if TOTAL.search(name) or FEEDBACK.search(name) or any("%" in cell for cell in cells):
        return False
    times = {cell for cell in cells if re.fullmatch(r"\d{9,10}", cell)}
    return all(cell in ("", "-") or NUMBER.fullmatch(cell) for cell in cells) and not times


def _is_identifier(table: Table, column: int) -> bool:
    found = [IDENTIFIER.fullmatch(cell) for cell in _cells(table, column)]
    words = {each.group(1) for each in found if each}
    numbers = {each.group(2) for each in found if each}
    return bool(found) and None not in found and len(words) == 1 and len(numbers) == len(found)


def _is_maximum(table: Table, column: int) -> bool:
    """One number in every row, and beside it on the left what could be a grade."""
    cells, left = set(_cells(table, column)), _cells(table, column - 1)
    numeric = len(cells) == 1 and all(NUMBER.fullmatch(cell) and not is_formula(cell) for cell in cells)
    return numeric and all(cell == "-" or NUMBER.fullmatch(cell) for cell in left)


def _cells(table: Table, column: int) -> list[str]:
    return [cell for row in table.rows if (cell := row.get(column))]
