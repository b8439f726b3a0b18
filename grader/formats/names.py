"""The formats by name: what makes each, and the file that it goes to unless another is named."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grader.formats.edition import Edition

    Maker = Callable[[Edition], bytes]


class Format(str, Enum):
    """The forms of the result of one submission."""

    GRADESCOPE = "gradescope"
    CLASSROOM50 = "classroom50"
    CLASSROOM = "classroom"
    JUNIT = "junit"
    CTRF = "ctrf"
    EXERCISM = "exercism"
    ANNOTATIONS = "annotations"
    SUMMARY = "summary"
    JSON = "json"
    HTML = "html"


FILES = {
    Format.GRADESCOPE: "results.json",
    Format.CLASSROOM50: "result.json",
    Format.CLASSROOM: "grade-classroom.json",
    Format.JUNIT: "grade-junit.xml",
    Format.CTRF: "grade-ctrf.json",
    Format.EXERCISM: "grade-exercism.json",
    Format.ANNOTATIONS: "grade-annotations.txt",
    Format.SUMMARY: "grade-summary.md",
    Format.JSON: "grade-result.json",
    Format.HTML: "grade-report.html",
}


def maker(of: Format) -> Maker:
    """The function that makes it."""
    from grader.formats import annotations, classroom, classroom50, ctrf, exercism, gradescope, junit, summary

    makers: dict[Format, Maker] = {
        Format.GRADESCOPE: gradescope.gradescope,
        Format.CLASSROOM50: classroom50.classroom50,
        Format.CLASSROOM: classroom.classroom,
        Format.JUNIT: junit.junit,
        Format.CTRF: ctrf.ctrf,
        Format.EXERCISM: exercism.exercism,
        Format.ANNOTATIONS: annotations.commands,
        Format.SUMMARY: summary.summary,
        Format.JSON: _json,
        Format.HTML: _html,
    }
    return makers[of]


def _json(of: Edition) -> bytes:
    from grader.result import to_json

    return to_json(of.result)


def _html(of: Edition) -> bytes:
    from grader.pages import report

    return report.page(of.result, of.course, of.lang).encode("utf-8")
