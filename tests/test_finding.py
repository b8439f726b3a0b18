"""The two failures: a Finding carries what a result needs, and no more of it than can be read."""

from __future__ import annotations

from grader.finding import Broken, Finding, short
from grader.result import Verdict, Waiting


def test_finding_is_a_failure_unless_it_says_more() -> None:
    plain = Finding(cause="raised")
    assert (plain.verdict, plain.cause, plain.facts, plain.expected, plain.seen) == (
        Verdict.FAILED, "raised", {}, None, None,
    )  # fmt: skip
    assert (plain.place, plain.hang, plain.waiting, str(plain)) == (None, None, [], "raised")
    stuck = Finding(Verdict.STUCK, hang="settled", waiting=[Waiting(who="main", pid=1, waits_for="join")])
    assert (stuck.verdict, stuck.hang, stuck.waiting[0].who, str(stuck)) == (Verdict.STUCK, "settled", "main", "stuck")


def test_theirs_and_ours_are_never_caught_as_one() -> None:
    assert not issubclass(Finding, Broken)
    assert not issubclass(Broken, Finding)


def test_what_is_long_loses_its_middle() -> None:
    assert short("x" * 4000) == "x" * 4000
    cut = short("a" * 900_000 + "z")
    assert (len(cut) < 4000, cut[:2], cut[-2:], " ... " in cut) == (True, "aa", "az", True)
    found = Finding(expected="", seen="x" * 10_000, facts={"text": "x" * 10_000})
    assert found.expected == ""
    assert found.seen == found.facts["text"] == short("x" * 10_000)


def test_facts_are_a_copy() -> None:
    facts = {"type": "E"}
    found = Finding(facts=facts)
    facts["type"] = "other"
    assert found.facts == {"type": "E"}
