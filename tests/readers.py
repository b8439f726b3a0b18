"""What course systems do with a file that is imported, written from their rules: what they would take in, or refuse.

Who uses it: test_fill. A reader gives the points by student, as the course system would have them, and
raises Refused where it would take nothing. Sources: the importers of Canvas and of Moodle.
"""

from __future__ import annotations

import csv
import io
import re
from decimal import Decimal, InvalidOperation


class Refused(Exception):
    """The course system would take nothing of the file."""


def canvas(content: bytes, known: dict[str, str], assignment: int, encoding: str = "utf-8-sig") -> dict[str, str]:
    """The cell of each known student (their ID and name) for the assignment of that number."""
    text = content.decode(encoding).lstrip("\ufeff")
    lines = text.splitlines()[:3]
    counts = {d: {len(next(csv.reader([line], delimiter=d))) for line in lines} for d in ";,"}
    semicolons = len(counts[";"]) == 1 and (len(counts[","]) > 1 or max(counts[";"]) > max(counts[","]))
    rows = [row for row in csv.reader(io.StringIO(text), delimiter=";" if semicolons else ",") if any(row)]
    header = rows[0]
    split = header[:2] == ["LastName", "FirstName"]
    if not (split and "ID" in header[2]) and not ("Student" in header[0] and "ID" in header[1]):
        raise Refused("Invalid header row")
    at_id, width = (2, 4) if split else (1, 3)
    if header[width - 1] == "SIS Login ID":
        width += 1
    elif header[width - 1 : width + 1] == ["SIS User ID", "SIS Login ID"]:
        width += 2 + (header[width + 1] == "Integration ID")
        width += header[width] == "Root Account"
    if "Section" not in header[width - 1]:
        raise Refused("Invalid header row")
    titles = [re.fullmatch(r"(.*)\s\((\d+)\)", name) for name in header[width:]]
    column = width + next(n for n, found in enumerate(titles) if found and int(found.group(2)) == assignment)
    found: dict[str, str] = {}
    for row in rows[1:]:
        if "Points Possible" in row[0] or all(
            re.fullmatch(r"(?i)\s*(Muted|Manual Posting.*)?\s*", cell) for cell in row
        ):
            continue
        who = row[at_id] if row[at_id] in known else next((n for n, name in known.items() if name == row[0]), None)
        if who is None:
            raise Refused(f"{row[0]} would be a new student")
        found[who] = _canvas_number(row[column].strip())
    return found


def _canvas_number(cell: str) -> str:
    if cell in ("", "-"):
        return ""
    if not re.fullmatch(r"-?[0-9.,]+%?", cell):
        return cell
    *before, last = re.split("[,.]", cell)
    return f"{''.join(before)}.{last}" if before else last


def moodle(
    content: bytes, known: set[str], by: str, item: str, encoding: str = "utf-8", delimiter: str = ","
) -> dict[str, str]:
    """The grade of each user, found by `by`; one who is unknown, or one bad number, and all is refused."""
    found = {}
    for row in csv.DictReader(io.StringIO(content.decode(encoding)), delimiter=delimiter):
        if row[by] not in known:
            raise Refused(f"no user {row[by]}")
        if row[item] in ("", "-"):
            continue
        try:
            found[row[by]] = str(Decimal(row[item].replace(",", ".")))
        except InvalidOperation:
            raise Refused(f"{row[item]} is no number") from None
        if Decimal(found[row[by]]) > 100:
            raise Refused("above the maximum")
    return found


def worksheet(content: bytes, prefix: str, words: tuple[str, str, str], users: set[int]) -> dict[int, str]:
    """The grade of each participant; `words` are Identifier, Grade and Last modified (grade) in the site's language."""
    rows = list(csv.reader(io.StringIO(content.decode("utf-8"))))
    if any(word not in rows[0] for word in words):
        raise Refused("columns are missing")
    identifier, grade, modified = (rows[0].index(word) for word in words)
    return {
        number: row[grade]
        for row in rows[1:]
        if (number := int(row[identifier][len(prefix) :])) in users and row[modified] is not None and row[grade]
    }
