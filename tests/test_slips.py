"""Slips in a source: which statements do less than they seem to, and which faults they explain."""

from __future__ import annotations

import sys

import pytest

from grader import course as courses
from grader.harness.slips import slips
from grader.judge import afterwards

COURSE = courses.load()
FOUND = [
    ("process.join", [("name_alone", 2, "process.join")]),
    ("report", [("name_alone", 2, "report")]),
    ("'a docstring'", []),
    ("...", []),
    ("process.join()", []),
    ("print(\n        report\n    )", []),
    ("map(report, values)", [("lazy_alone", 2, "")]),
    ("(report(value) for value in values)", [("lazy_alone", 2, "")]),
    ("list(map(report, values))", []),
    ("while not a.empty: b()", [("name_as_condition", 2, "a.empty")]),
    ("if b and a.is_alive: b()", [("name_as_condition", 2, "a.is_alive")]),
    ("return [c for c in b if os.path.isfile]", [("name_as_condition", 2, "os.path.isfile")]),
    ("while any(c.is_alive for c in b): a()", [("name_as_condition", 2, "c.is_alive")]),
    ("while not a.empty(): b()", []),
    ("if self.full or a.done: b()", []),
    ("c = (a(d) for d in b)\n    for d in c: d.start()\n    for d in c: d.join()", [("gone_through_twice", 4, "c")]),
    ("c = filter(a, b)\n    d = len(list(c))\n    return d, [e for e in c]", [("gone_through_twice", 4, "c")]),
    ("c = [a(d) for d in b]\n    for d in c: d.start()\n    for d in c: d.join()", []),
    ("c = map(a, b)\n    if a:\n        return list(c)\n    return set(c)", []),
    ("c = map(a, b)\n    for d in c:\n        if d: break\n    return list(c)", []),
    ("c = map(a, b)\n    d = list(c)\n    c = map(a, b)\n    return list(c)", []),
    ("c = (a.submit(d) for d in b)\n    return [d.result() for d in c]", [("started_lazily", 2, "")]),
    ("c = map(lambda d: a.apply_async(d), b)\n    return list(map(lambda d: d.get(), c))", [("started_lazily", 2, "")]),
    ("for c in (a.submit(d) for d in b):\n        c.result()", [("started_lazily", 2, "")]),
    ("c = [a.submit(d) for d in b]\n    return [d.result() for d in c]", []),
    ("c = (a.submit(d) for d in b)\n    e = list(c)\n    return [d.result() for d in e]", []),
    ("c = (a.submit(d).result() for d in b)\n    for d in c: d.get()", []),
    ("c = (a.submit(d) for d in b)\n    e = [d for d in c]", []),
    ("for a in b:\n        return a", [("return_in_loop", 3, "return")]),
    ("while a:\n        b()\n        break", [("return_in_loop", 4, "break")]),
    ("for a in b:\n        if a:\n            return a", []),
    ("for a in b:\n        if a:\n            continue\n        return a", []),
    ("for a in b:\n        def c():\n            return a", []),
    ("try:\n        return 1\n    finally:\n        return 2", [("return_in_finally", 5, "return")]),
    ("try:\n        return 1\n    finally:\n        if a:\n            return 2", [("return_in_finally", 6, "return")]),
    ("try:\n        a()\n    finally:\n        try: b()\n        except: return", [("return_in_finally", 6, "return")]),
    ("try:\n        return 1\n    finally:\n        def c():\n            return 2", []),
]


@pytest.mark.parametrize(("body", "found"), FOUND)
def test_slips_of_a_function(body: str, found: list[tuple[str, int, str]]) -> None:
    assert slips(f"def f(a, b):\n    {body}\n".encode(), ["f"]) == {"f": found}


@pytest.mark.skipif(sys.version_info < (3, 11), reason="`except*` is of Python 3.11")
def test_a_group_of_exceptions_has_a_finally_too() -> None:
    text = b"def f():\n    try:\n        g()\n    except* ValueError:\n        raise\n    finally:\n        return 2\n"
    assert slips(text, ["f"]) == {"f": [("return_in_finally", 7, "return")]}


def test_a_function_of_the_file_that_is_given_back_is_not_called() -> None:
    text = b"def g(): ...\ndef h():\n    return g\nx = 1\ndef f(a):\n    if a: return g\n    h()\n    return x\n"
    assert slips(text, ["f"]) == {"f": [("name_alone", 6, "g")]}


def test_slips_of_what_the_function_uses_come_after_its_own() -> None:
    text = b"def f():\n    g\n    Child()\n\nclass Child:\n    def run(self):\n        self.work\n\ndef no():\n    g\n"
    found = {"f": [("name_alone", 2, "g"), ("name_alone", 7, "self.work")], "missing": []}
    assert slips(text, ["f", "missing"]) == found


def test_slips_behind_a_name_at_the_top() -> None:
    text = b"def one():\n    a.start\n\nWAYS = {1: one}\n\ndef f():\n    WAYS[1]()\n"
    assert slips(text, ["f"])["f"] == [("name_alone", 2, "a.start")]


def test_a_slip_explains_only_what_it_can_bring_about() -> None:
    found = [("return_in_finally", 3, "return"), ("name_alone", 5, "p.join")]
    assert afterwards.of_slips("did_not_wait", found) == (("name_alone", {"line": "5", "text": "p.join"}), 5)
    assert afterwards.of_slips(None, found) == (("return_in_finally", {"line": "3", "text": "return"}), 3)
    assert afterwards.of_slips("wrong_type", found) is None
    assert set(afterwards.OF_SLIP) <= set(COURSE.causes)


PRINTED = """Process Process-1:
Traceback (most recent call last):
  File "/submission/ex01.py", line 3, in work
    values.put(1)
AttributeError: 'list' object has no attribute 'put'
"""


def test_what_a_child_raised_explains_a_call_that_never_came() -> None:
    raised = "raised_in_child", {"type": "AttributeError", "text": "'list' object has no attribute 'put'"}
    assert afterwards.of_output("never_called", PRINTED) == raised
    assert afterwards.of_output("wrong_type", PRINTED) is None
    assert afterwards.of_output("never_called", PRINTED.replace("Process Process-1:\n", "")) is None
    assert afterwards.of_output("never_called", "") is None


def test_what_the_check_had_raised_explains_nothing() -> None:
    ordered = PRINTED.replace('"/submission/ex01.py"', '"/x/grade_harness/probe.py"')
    assert afterwards.of_output("never_called", ordered) is None
