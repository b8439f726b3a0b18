"""Lateness, scale and rounding: exact numbers, and a sentence for each thing taken off."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from classes import entry

from grader.exports import policy
from grader.exports.policy import NoPolicy, Policy

DUE = 'due = 2026-03-01T23:59:00\ntimezone = "Europe/Berlin"\nper_day = 10\n'


def read(folder: Path, text: str) -> Policy:
    (folder / "policy.toml").write_text(text, "utf-8")
    return policy.read(folder / "policy.toml")


def points(rules: Policy, **fields: Any) -> tuple[str, int]:
    made = policy.grade(rules, entry("Ada", **fields), 70)
    return policy.number(made.points), made.days_late


@pytest.mark.parametrize(
    ("more", "at", "expected"),
    [
        ("", "2026-03-01T22:59:00Z", ("61", 0)),
        ("", "2026-03-01T22:59:01Z", ("54", 1)),
        ("", "2026-03-02T23:59:00+01:00", ("54", 1)),
        ("", "2026-03-02T23:59:01", ("47", 2)),
        ("", None, ("61", 0)),
        ("", "yesterday", ("61", 0)),
        ("", "0001-01-01T00:00:00+08:00", ("61", 0)),
        ("grace_minutes = 15", "2026-03-02T00:14:00", ("61", 0)),
        ("grace_minutes = 15", "2026-03-02T00:14:01", ("54", 1)),
        ("cap = 25", "2026-03-30T10:00:00", ("43.5", 29)),
        ("", "2026-12-01T00:00:00", ("0", 275)),
        ('per_day_of = "score"', "2026-03-02T10:00:00", ("54.9", 1)),
        ('per_day_of = "score"\ndigits = 0', "2026-03-02T10:00:00", ("55", 1)),
        ('per_day_of = "score"\ndigits = 0\nrounding = "down"', "2026-03-02T10:00:00", ("54", 1)),
        ("out_of = 100\ndigits = 1", "2026-03-02T10:00:00", ("77.1", 1)),
    ],
)
def test_what_lateness_takes(tmp_path: Path, more: str, at: str | None, expected: tuple[str, int]) -> None:
    assert points(read(tmp_path, DUE + more), submitted_at=at) == expected


def test_what_was_taken_off_is_said(tmp_path: Path) -> None:
    made = policy.grade(read(tmp_path, DUE), entry("Ada", submitted_at="2026-03-03T10:00:00"), 70)
    assert (made.earned, made.taken_off, made.out_of) == (61, 14, 70)
    assert made.why == ("late by 2 days begun", "20 % of 70 taken off")


def test_who_is_marked_late_and_has_no_time_loses_nothing_and_it_is_said(tmp_path: Path) -> None:
    made = policy.grade(read(tmp_path, DUE), entry("Ada", late=True), 70)
    assert made.points == 61
    assert "marked late" in made.why[0]


def test_extensions_are_found_by_any_sign_of_one_student(tmp_path: Path) -> None:
    rules = read(
        tmp_path,
        DUE + '[extensions]\nada = 2\n"Hopper, Grace" = 2026-03-09\n"x@y" = 1\n"7" = 1\nTwin = 3\nnobody = 1\n',
    )
    class_ = [
        entry("Ada"), entry("Grace Hopper"), entry("Third", email="X@Y"), entry("Fourth", student_id="7"),
        entry("Twin", id="t1"), entry("Twin", id="t2"),
    ]  # fmt: skip
    found, strangers = policy.extensions(rules, class_)
    assert set(found) == {"ada", "grace_hopper", "third", "fourth"}
    assert strangers == ["Twin", "nobody"]
    late = {
        each.id: policy.grade(rules, entry("x", submitted_at="2026-03-09T12:00:00"), 70, found.get(each.id))
        for each in class_
    }
    assert [late[name].days_late for name in ("ada", "grace_hopper", "third", "t1")] == [6, 0, 7, 8]
    assert late["grace_hopper"].why == ("extension to 2026-03-09 23:59",)


def test_what_is_our_fault_costs_nothing() -> None:
    made = policy.grade(Policy(digits=6), entry("Ada", score=60, max_score=68), 70)
    assert made.points == Decimal("61.764706")
    assert "could not be judged" in made.why[0]
    assert policy.grade(Policy(), entry("Ada", score=68, max_score=68), 70).points == 70


def test_bonus_counts_unless_it_is_not_to() -> None:
    assert policy.grade(Policy(), entry("Ada", stretch=3), 70).points == 64
    assert policy.grade(Policy(bonus=False), entry("Ada", stretch=3), 70).points == 61


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("per_day = 10", "when it was due"),
        ("due = 2026-03-01\nper_day = 110", "policy.toml: per_day has to be a number from 0 to 100, and is 110$"),
        ("due = 2026-03-01\nper_days = 10", "says per_days, which there is not: there are due, .*, per_day, "),
        ('due = "today"', 'due has to be a time, such as 2026-03-01T23:59:00, and is "today"$'),
        (
            "[extensions]\nada = -1",
            "extensions has to be a table with a time, or a number of days from 0 to 36500, for each student$",
        ),
        ('timezone = "Mars/Olympus"', "Mars/Olympus"),
        ('rounding = "sideways"', "sideways"),
        ("due = ", "policy"),
        ("digits = 9", "6"),
        ("out_of = inf", "out_of has to be a number above 0, up to 1000000, and is inf$"),
        ("out_of = nan", "out_of has to be .*, and is nan$"),
        ("out_of = 1e400", "out_of has to be .*, and is inf$"),
        ("out_of = 1e40", r"out_of has to be .*, and is 1e\+40$"),
        (f"out_of = {'9' * 400}", r"out_of has to be .*, and is 9{60} \.\.\.$"),
        (f"out_of = {'9' * 5000}", "policy"),
        ("grace_minutes = inf", "grace_minutes has to be a number from 0 to 1000000, and is inf$"),
        ("due = 2026-03-01\nper_day = nan", "per_day has to be a number from 0 to 100, and is nan$"),
        ("cap = -inf", "cap has to be .*, and is -inf$"),
        ("digits = 1e400", "digits has to be .*, and is inf$"),
        ("bonus = nan", "bonus has to be true or false, and is nan$"),
        ("[extensions]\nada = inf", "extensions has to be a table"),
        (f"due = {'[' * 100_000}", "policy.toml is no policy: its lists go too deep$"),
        ("[extensions]\nada = 1e12", "extensions has to be a table"),
        ('timezone = "Europe"', "names the time zone Europe, which there is not$"),
        ('timezone = "Asia/Shanghai"\ndue = 0001-01-01', "says 0001-01-01T23:59:59: its year has to be from 1000 to"),
        ("[extensions]\nada = 9999-12-31T23:59:59-12:00", "says 9999-12-31T23:59:59-12:00: its year has to be"),
    ],
)
def test_what_is_no_policy(tmp_path: Path, text: str, why: str) -> None:
    with pytest.raises(NoPolicy, match=why):
        read(tmp_path, text)


def test_a_byte_order_mark_is_passed_over(tmp_path: Path) -> None:
    assert read(tmp_path, "\ufeffdigits = 1").digits == 1


def test_every_key_is_told_with_what_it_takes() -> None:
    assert set(Policy.__struct_fields__) == set(policy.ALLOWED)


def test_a_day_is_late_when_it_is_over(tmp_path: Path) -> None:
    rules = read(tmp_path, 'due = 2026-03-01\ntimezone = "UTC"\nper_day = 5\n')
    assert points(rules, submitted_at="2026-03-01T23:59:59Z")[1] == 0
    assert points(rules, submitted_at="2026-03-02T00:00:00Z")[1] == 1


@pytest.mark.parametrize(
    ("value", "text"), [("61", "61"), ("61.50", "61.5"), ("1E+2", "100"), ("0", "0"), ("-0.00", "0")]
)
def test_numbers(value: str, text: str) -> None:
    assert policy.number(Decimal(value)) == text
    assert policy.number(Decimal("61.5"), ",") == "61,5"
