"""The lists that say who is who: the teacher's roster, and those that course systems lay beside the submissions.

Who uses it: intake. What goes in: the text of a roster (CSV with a header: id, name, email), of Gradescope's
submission_metadata.yml, of GitHub Classroom's or Classroom 50's CSV of an assignment. What comes out: typed rows, or
what was handed in with these facts filled in. A list that cannot be read is the user's to mend: NotRead.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any

from grader.exports import columns, table
from grader.intake.downloads import HandedIn, Part, Understood
from grader.intake.pieces import Piece
from grader.misuse import Misuse

METADATA = "submission_metadata.yml"
OWN_COLUMNS = {  # the first of them that says something counts
    "id": ("id", "student_id", "studentid", "sid", "username", "login", "sis_user_id", "student_number"),
    "name": ("name", "full_name", "fullname", "student", "student_name"),
    "first": ("first_name", "firstname", "given_name"),
    "last": ("last_name", "lastname", "surname", "family_name"),
    "email": ("email", "email_address", "e_mail", "mail"),
}
COLUMNS = {  # behind them the words of exports, in other languages too
    kind: (*names, *(re.sub(r"\W+", "_", word).strip("_") for word in columns.WORDS[kind].split(";")))
    for kind, names in OWN_COLUMNS.items()
}
TIMES = ("submission_timestamp", "datetime", "submitted_at")  # the columns of GitHub Classroom and Classroom 50


class NotRead(Misuse):
    """A list that has not the form that it should have; the text says what is wrong (the user's failure)."""


@dataclass(frozen=True)
class Student:
    """A row of the roster."""

    id: str
    name: str
    email: str


def plain(text: str) -> str:
    """A name for comparing: composed, without regard to case and to what stands between the words.

    One of hardly any letters is what its other signs are: they stay.
    """
    composed = unicodedata.normalize("NFC", text).casefold()
    if _has_few_letters(composed):
        return composed.strip()
    return " ".join(sorted(re.findall(r"\w+", composed.replace("_", " "))))


def _has_few_letters(text: str) -> bool:
    return sum(char.isalpha() for char in text) < 2


# --- the roster


def roster(text: bytes) -> list[Student]:
    """The students of a roster, nobody twice; raises NotRead."""
    students: list[Student] = []
    for row in _rows(text):
        said = {kind: next((row[name] for name in names if row.get(name)), "") for kind, names in COLUMNS.items()}
        name = said["name"] or _full_name(said["first"], said["last"])
        if said["id"] or name or said["email"]:
            students.append(Student(said["id"], name, said["email"]))
    students = list(dict.fromkeys(students))  # who is in two sections can stand there twice, word for word
    ids = Counter(student.id.casefold() for student in students if student.id)
    if twice := [student.id for student in students if ids[student.id.casefold()] > 1]:
        raise NotRead(f"the id {twice[0]} stands in it {ids[twice[0].casefold()]} times: leave one line of it")
    if not students:
        raise NotRead("it names nobody: it needs a header with id, name or email, and a line for each student")
    return students


def _full_name(first: str, last: str) -> str:
    """As its bearer writes it: in Chinese, Japanese and Korean the family's comes first, and no space follows it."""
    return last + first if re.fullmatch(r"[\u3040-\u9fff\uac00-\ud7af]+", first + last) else f"{first} {last}".strip()


def _rows(text: bytes) -> Iterator[dict[str, str]]:
    """The rows of a CSV by the names of its columns, written small; it is written in any way that exports are."""
    try:
        read = table.read(text, least=1)
    except table.NoEncoding:
        raise NotRead("its encoding is not known: save it as CSV in UTF-8") from None
    except table.NotATable as error:
        raise NotRead(str(error)) from None
    names = [re.sub(r"\W+", "_", name.casefold()).strip("_") for name in read.names()]
    for row in read.rows:
        yield dict(zip(names, (cell.strip() for cell in row.cells), strict=False))


def put_in(students: list[Student], handed: list[HandedIn]) -> list[Student]:
    """Says of each submission whether its student is on the roster, and fills in what is known; who is missing."""
    left = list(students)
    for each in handed:
        match = _match(students, left, each)
        each.on_roster = match is not None
        if match is not None:
            left = [student for student in left if student is not match]
            each.name, each.email = match.name or each.name, each.email or match.email
            each.student_id = each.student_id or match.id
    return left


SIGNS: tuple[Callable[[Student], str], ...] = (
    lambda student: student.id,
    lambda student: student.email,
    lambda student: student.email.partition("@")[0],
)


def _match(students: list[Student], left: list[Student], handed: HandedIn) -> Student | None:
    """By id, then by e-mail, by login, by name; of two with one name the one of whom there is nothing yet."""
    known = {text.casefold() for text in (handed.student_id, handed.email, handed.stem) if text}
    for sign in SIGNS:
        found = [student for student in students if sign(student).casefold() in known]
        if len(found) == 1:
            return found[0]
        if found:
            signs = ", ".join(sorted({sign(student) for student in found}))
            handed.notes.append(f"{len(found)} on the roster fit {signs}: which of them it is, is not known by that")
    names = {plain(handed.name), plain(handed.stem)} - {""}
    same = [student for student in students if {plain(student.name), _squeezed(student.name)} & names]
    if len(same) > 1:
        handed.notes.append(f"{len(same)} on the roster are called {same[0].name}: which of them it is, is not known")
    return next((student for student in same if student in left), None)


def _squeezed(name: str) -> str:
    """As Canvas has names: the last one first, in one word."""
    if _has_few_letters(name):
        return plain(name)
    first, _, last = name.rpartition(" ")
    last, first = name.split(",", 1) if "," in name else (last, first)
    return "".join(re.findall(r"[\w-]", f"{last}{first}".casefold())).replace("-", "")


# --- beside the submissions


def gradescope(top: list[Piece], text: bytes) -> Understood:
    """Gradescope's export: folders, and a list of who handed each in; raises NotRead."""
    import yaml

    try:  # nothing but texts, lists and maps comes of this loader
        told = yaml.load(text, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        said = ", ".join(line.strip() for line in str(error).replace('in "<byte string>", ', "").splitlines())
        raise NotRead(f"it is no YAML: {said}") from None
    if not isinstance(told, dict):
        raise NotRead("it is no list of submissions")
    found = Understood()
    folders = {piece.name: piece for piece in top if piece.is_folder}
    for piece in top:
        if piece.name != METADATA and piece.name not in told:
            found.nobody(piece, f"{METADATA} does not name it")
    for name, said in told.items():
        if name not in folders:
            found.rest.append(f"{METADATA}: {name} is not in the download")
            continue
        facts = said if isinstance(said, dict) else {}
        submitters = _submitters(facts)
        for number, who in enumerate(submitters):
            handed = found.of(f"{name} {number}", who.get(":name") or name, source=folders[name].path)
            handed.name, handed.email = who.get(":name") or "", who.get(":email") or ""
            handed.student_id = who.get(":sid") or ""
            handed.group = name if len(submitters) > 1 else ""
            handed.submitted_at = iso(facts.get(":created_at"))
            handed.parts.append(Part(folders[name]))
    return found


def _submitters(facts: dict[str, Any]) -> list[dict[str, str]]:
    listed = facts.get(":submitters")
    found = [who for who in listed if isinstance(who, dict)] if isinstance(listed, list) else []
    return [{key: text for key, text in who.items() if isinstance(text, str)} for who in found] or [{}]


def iso(told: Any) -> str | None:
    """A time as Ruby writes it, as ISO 8601; None where it is none."""
    if isinstance(told, dict):
        told = told.get("utc") or told.get("time")
    if not isinstance(told, str):
        return None
    text = re.sub(r"\.(\d{1,6})\d*", lambda digits: "." + digits[1].ljust(6, "0"), told.strip())
    text = re.sub(r"\s*(?:Z|UTC)$", "+00:00", text)
    text = re.sub(r"\s+([+-]\d\d):?(\d\d)$", r"\1:\2", text)
    try:
        time = datetime.fromisoformat(text)
    except ValueError:
        return None
    return (time if time.tzinfo else time.replace(tzinfo=timezone.utc)).isoformat()


def put_in_times(text: bytes, handed: dict[str, HandedIn]) -> None:
    """What a CSV of GitHub Classroom or Classroom 50 says of the repositories that were handed in."""
    for row in _rows(text):
        names = {row.get(key, "").casefold() for key in ("student_repository_name", "github_username", "username")}
        for key, each in handed.items():
            if {key.casefold(), each.student_id.casefold()} & (names - {""}):
                told = next((row[column] for column in TIMES if row.get(column)), None)
                each.submitted_at = iso(told) or each.submitted_at
                each.name = row.get("roster_identifier") or _whole_name(row) or each.name
                each.email = row.get("email") or each.email
                each.late = {"true": True, "false": False}.get(row.get("late", "").casefold(), each.late)


def _whole_name(row: dict[str, str]) -> str:
    return f"{row.get('first_name', '')} {row.get('last_name', '')}".strip()
