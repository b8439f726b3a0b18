"""Exercism's results.json, version 3 (exercism/docs, building/tooling/test-runners/interface.md).

`pass` is for all that counts; a bonus that was not earned is left out. `error` at the top only where nothing ran.
"""

from __future__ import annotations

import json
from typing import Any

from grader.formats.edition import Edition, Line, Outcome, text
from grader.visible import in_json

MOST_OUTPUT, MOST_MESSAGE = 500, 65_535
CUT = "\nOutput was truncated. Please limit to 500 chars"
RAN = (Outcome.PASSED, Outcome.FAILED, Outcome.CRASHED, Outcome.STUCK)


def exercism(of: Edition) -> bytes:
    """The whole file."""
    lines = [line for line in of.lines if not line.check.stretch or line.outcome is Outcome.PASSED]
    if not any(line.outcome in RAN for line in of.lines):
        reasons = dict.fromkeys(text(line, of) for line in lines if line.outcome is not Outcome.PENDING)
        message = "\n\n".join([*of.notices, *reasons]) or of.word("ci_pending")
        report: dict[str, Any] = {"version": 3, "status": "error", "message": message[:MOST_MESSAGE], "tests": []}
    else:
        tests = [_test(line, of) for line in lines]
        passed = of.complete and all(test["status"] == "pass" for test in tests)
        report = {"version": 3, "status": "pass" if passed else "fail", "message": None, "tests": tests}
    return in_json(json.dumps(report, indent=1, ensure_ascii=False).encode("utf-8")) + b"\n"


def _test(line: Line, of: Edition) -> dict[str, Any]:
    status = "pass" if line.outcome is Outcome.PASSED else "fail"
    if line.outcome in (Outcome.BROKEN, Outcome.PENDING):
        status = "error"
    output = line.told.get("printed", "")
    return {
        "name": f"{line.group}: {line.name}",
        "status": status,
        "message": None if status == "pass" else text(line, of)[:MOST_MESSAGE],
        "output": output if len(output) <= MOST_OUTPUT else output[: MOST_OUTPUT - len(CUT)] + CUT,
        "task_id": int(line.number.partition(".")[0]) if line.number.partition(".")[0].isdecimal() else 1,
    }
