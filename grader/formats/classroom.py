"""What the reporter of the former GitHub Classroom reads (classroom-resources/autograding-grading-reporter).

It gives each test of a runner the same weight, and reckons passed tests over all tests, times the maximum: so a check
that is worth two points is two tests here, and both ways of counting come to the same. A bonus has no place in it, nor
has what we could not judge. It prints names and texts into the job's log as they are.
"""

from __future__ import annotations

import json
from typing import Any

from grader.formats import escape
from grader.formats.edition import Edition, Line, Outcome, summary_line
from grader.visible import in_json

MOST = 500  # characters of a reason: all of it is one output of a step, of 1 MB at most


def classroom(of: Edition) -> bytes:
    """The whole, as JSON; the reporter is handed it in base64."""
    tests = [test for line in of.lines if line.counts for test in _tests(line, of)]
    broken = not of.complete or any(line.outcome is Outcome.BROKEN for line in of.lines)
    fails = any(test["status"] == "fail" for test in tests)
    report = {
        "version": 1,
        "status": "fail" if fails else "error" if broken else "pass",
        "max_score": len(tests),
        **({"message": escape.log(" ".join(of.notices))} if broken else {}),
        "tests": tests,
    }
    return in_json(json.dumps(report, ensure_ascii=False).encode("utf-8")) + b"\n"


def _tests(line: Line, of: Edition) -> list[dict[str, Any]]:
    passed = line.outcome is Outcome.PASSED
    reason = "" if passed else escape.log(summary_line(line, of)[:MOST])
    worth = line.check.max_points
    return [
        {
            "name": escape.log(f"{line.group}: {line.name}" + (f" [{part}/{worth}]" if worth > 1 else "")),
            "status": "pass" if passed else "fail",
            "message": reason,
            "test_code": reason,
            "filename": escape.log(line.file),
            "line_no": line.at or 0,
            "duration": line.check.duration_s,
            "score": 1 if passed else 0,
        }
        for part in range(1, worth + 1)
    ]
