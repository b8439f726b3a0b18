"""JUnit XML as GitLab reads it (docs.gitlab.com/ci/testing/unit_test_reports).

GitLab shows the text of a failure and takes name and class name together for a key: all that is told is in the text,
and no key is there twice. What hangs or crashes is a failure, what we could not judge an error. A bonus that was not
earned is a failure, too, and says that it is one: reports never fail a job, the exit status does.
"""

from __future__ import annotations

import re
from itertools import groupby
from xml.etree import ElementTree

from grader.formats.edition import FAILING, Edition, Line, Outcome, text
from grader.words import explain

INVALID = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit(of: Edition) -> bytes:
    """The whole document."""
    root = ElementTree.Element("testsuites", name=_ok(of.course.title.in_(of.lang)))
    for exercise, lines in groupby(of.lines, key=lambda line: line.exercise.id):
        _suite(root, explain.exercise_title(exercise, of.course, of.lang), list(lines), of)
    if not of.complete:
        suite = ElementTree.SubElement(
            root, "testsuite", name="grade", tests="1", failures="0", errors="1", skipped="0"
        )
        case = ElementTree.SubElement(suite, "testcase", classname="grade", name=of.word("incomplete"), time="0")
        ElementTree.SubElement(case, "error", type="incomplete").text = _ok("\n".join(of.notices))
    ElementTree.indent(root, " ")
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"


def _suite(root: ElementTree.Element, title: str, lines: list[Line], of: Edition) -> None:
    kinds = [_kind(line) for line in lines]
    suite = ElementTree.SubElement(
        root,
        "testsuite",
        name=_ok(f"{explain.exercise_number(lines[0].exercise.id)} {title}"),
        tests=str(len(lines)),
        failures=str(kinds.count("failure")),
        errors=str(kinds.count("error")),
        skipped=str(kinds.count("skipped")),
        time=f"{sum(line.check.duration_s for line in lines):.3f}",
    )
    for line, kind in zip(lines, kinds, strict=True):
        case = ElementTree.SubElement(
            suite,
            "testcase",
            classname=_ok(line.group),
            name=_ok(line.name),
            file=_ok(line.file),
            time=f"{line.check.duration_s:.3f}",
        )
        if kind:
            ElementTree.SubElement(case, kind, type=line.outcome.value).text = _ok(text(line, of))


def _kind(line: Line) -> str:
    if line.outcome is Outcome.PASSED:
        return ""
    if line.outcome is Outcome.BROKEN:
        return "error"
    return "failure" if line.outcome in FAILING else "skipped"


def _ok(text: str) -> str:
    """Only characters that XML 1.0 has; `safe` has made most others visible already."""
    return INVALID.sub("\ufffd", text)
