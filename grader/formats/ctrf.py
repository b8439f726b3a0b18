"""CTRF, the Common Test Report Format (https://ctrf.io, version 1.0.0 of its schema).

A stuck or crashed check has failed, with our own verdict as `rawStatus`; what we could not judge is `other`, what we
have not come to `pending`. A bonus has a tag that says so.
"""

from __future__ import annotations

import json
from collections import Counter
from datetime import datetime, timezone
from typing import Any

from grader.formats.edition import FAILING, Edition, Line, Outcome, summary_line, text
from grader.visible import in_json
from grader.words import explain

STATUSES = ("passed", "failed", "skipped", "pending", "other")


def ctrf(of: Edition) -> bytes:
    """The whole report."""
    tests = [_test(line, of) for line in of.lines]
    counts = Counter(test["status"] for test in tests)
    duration_ms = round(of.result.duration_s * 1000)
    report = {
        "reportFormat": "CTRF",
        "specVersion": "1.0.0",
        "timestamp": datetime.fromtimestamp(of.now_ms // 1000, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "generatedBy": "grade",
        "results": {
            "tool": {"name": "grade", "version": of.result.kit},
            "summary": {
                "tests": len(tests),
                **{status: counts[status] for status in STATUSES},
                "suites": len(of.result.exercises),
                "start": max(of.now_ms - duration_ms, 0),
                "stop": max(of.now_ms, duration_ms),
                "duration": duration_ms,
                "extra": _whole(of),
            },
            "tests": tests,
        },
    }
    return in_json(json.dumps(report, indent=1, ensure_ascii=False).encode("utf-8")) + b"\n"


def _whole(of: Edition) -> dict[str, Any]:
    result = of.result
    points = {"score": result.score, "maxScore": result.max_score, "bonus": result.stretch}
    return {"complete": of.complete, **points, "sandbox": result.sandbox, "notices": of.notices}


def _test(line: Line, of: Edition) -> dict[str, Any]:
    shown = line.outcome is not Outcome.PASSED
    title = explain.exercise_title(line.exercise.id, of.course, of.lang)
    return {
        "testId": f"{line.exercise.id}.{line.check.id}",
        "name": f"{line.group}: {line.name}",
        "status": _status(line),
        "rawStatus": line.outcome.value,
        "duration": round(line.check.duration_s * 1000),
        "suite": [f"{explain.exercise_number(line.exercise.id)} {title}"],
        "filePath": line.file,
        **({"line": line.at} if line.at is not None else {}),
        **({"message": summary_line(line, of), "trace": text(line, of)} if shown else {}),
        **({"stdout": line.told["printed"].split("\n")} if "printed" in line.told else {}),
        **({"tags": ["bonus"]} if line.check.stretch else {}),
        "extra": {"points": line.check.points, "maxPoints": line.check.max_points, "section": line.check.section},
    }


def _status(line: Line) -> str:
    if line.outcome in FAILING:
        return "failed"
    names = {Outcome.PASSED: "passed", Outcome.PENDING: "pending", Outcome.BROKEN: "other"}
    return names.get(line.outcome, "skipped")
