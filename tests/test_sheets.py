"""The files of our own: any CSV reader gives back what went in, and no spreadsheet runs a cell of them."""

from __future__ import annotations

import csv
import io
from datetime import datetime

import pytest
from classes import book, entry

from grader.exports import fill, sheets
from grader.exports.policy import Policy
from grader.exports.table import is_formula
from grader.gradebook import EntryState
from grader.visible import UNSAFE

CLASS_DUE = datetime(2026, 2, 28, 23, 59)
CLASS = book(
    entry("Doe, Jane", id="a", student_id="12", email="j@x", submitted_at="2026-03-01T10:00:00Z", stretch=2, late=True),
    entry('=cmd|"x"!A1', id="-b", student_id="@13", email="+1 2"),
    entry("Zoë\nÖdön", id="zoë", group="\tred"),
    entry("王小明", id="c", state=EntryState.REFUSED, result=None, reason="=broken archive"),
)


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8"), newline="")))


def test_gradebook_has_everybody_with_the_points_as_they_are() -> None:
    read = rows(sheets.gradebook_csv(CLASS))
    assert [row["name"].lstrip("'") for row in read] == [each.name for each in CLASS.entries]
    assert (read[0]["score"], read[0]["max_score"], read[0]["stretch"], read[0]["passed"]) == ("61", "70", "2", "40")
    assert (read[0]["late"], read[1]["late"], read[3]["score"]) == ("yes", "", "")
    assert read[3]["reason"] == "'=broken archive"


@pytest.mark.parametrize("name", [*sheets.SHEETS, "gradebook"])
def test_no_cell_is_run(name: str) -> None:
    graded, _ = fill.grades(CLASS, Policy())
    content = sheets.SHEETS[name](CLASS, graded) if name in sheets.SHEETS else sheets.gradebook_csv(CLASS)
    assert not [cell for row in rows(content) for cell in row.values() if is_formula(cell)]
    assert content.decode("utf-8").splitlines()[0].isascii()


@pytest.mark.parametrize("name", [*sheets.SHEETS, "gradebook"])
def test_no_cell_steers_a_terminal(name: str) -> None:
    class_ = book(entry("\x1b[31mred\x07 \u202elive", id="a", email="\x9b@x"))
    graded, _ = fill.grades(class_, Policy())
    content = sheets.SHEETS[name](class_, graded) if name in sheets.SHEETS else sheets.gradebook_csv(class_)
    assert not UNSAFE.search(content.decode("utf-8").replace("\r\n", "\n"))
    assert "\\x1b[31mred\\x07" in content.decode("utf-8")


def test_csv_says_what_was_taken_off_and_why() -> None:
    late = Policy(due=CLASS_DUE, per_day=10, timezone="UTC")
    read = rows(sheets.csv(CLASS, fill.grades(CLASS, late)[0]))
    assert (read[0]["points"], read[0]["taken_off"], read[0]["days_late"], read[0]["score"]) == ("56", "7", "1", "61")
    assert read[0]["why"] == "late by 1 day begun; 10 % of 70 taken off"
    assert read[3]["points"] == ""


def test_names_are_parted_as_gradescope_has_them() -> None:
    graded, _ = fill.grades(CLASS, Policy())
    first = rows(sheets.gradescope(CLASS, graded))[0]
    assert (first["First Name"], first["Last Name"], first["SID"], first["Total Score"]) == ("Jane", "Doe", "12", "63")


@pytest.mark.parametrize(
    ("name", "parts"),
    [("Jane Doe", ("Jane", "Doe")), ("Doe, Jane M.", ("Jane M.", "Doe")), ("ada", ("ada", "")), ("", ("", ""))],
)
def test_how_names_are_parted(name: str, parts: tuple[str, str]) -> None:
    graded, _ = fill.grades(book(entry(name, id="x")), Policy())
    row = rows(sheets.gradescope(CLASS, graded))[0]
    assert (row["First Name"], row["Last Name"]) == parts


def test_classroom_50_has_whole_points() -> None:
    graded, _ = fill.grades(book(entry("Ada", score=60, max_score=68), entry("Grace")), Policy(digits=0))
    read = rows(sheets.classroom50(CLASS, graded))
    assert [(row["username"], row["score"], row["max_score"]) for row in read] == [
        ("ada", "62", "70"),
        ("grace", "61", "70"),
    ]
