"""Classroom 50's result.json, of the form classroom50/result/v1, and the text of its release.

All scores are whole numbers, and the sums are those of the tests. A bonus is a test of its own that is worth nothing
there; what we could not judge is worth nothing either, and says so. Who and which submission it is comes from the
environment that its runner sets; the submission's instant stands in its tag.
"""

from __future__ import annotations

import json
import re
from datetime import datetime, timezone
from typing import Any

from grader.formats.edition import Edition, Line, Outcome, summary_line
from grader.formats.summary import summary
from grader.visible import in_json

TAG = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)Z")


def classroom50(of: Edition) -> bytes:
    """The whole file."""
    facts = of.facts
    tag = facts.get("SUBMISSION_TAG", "")
    commit = facts.get("COMMIT_URL") or "unknown"
    report = {
        "schema": "classroom50/result/v1",
        "classroom": facts.get("CLASSROOM") or "unknown",
        "assignment": facts.get("ASSIGNMENT") or of.result.course,
        "assignment_type": facts.get("ASSIGNMENT_TYPE") or "individual",
        "owner": facts.get("OWNER") or facts.get("USERNAME") or "unknown",
        "submission": tag if tag.startswith("submit/") else f"submit/{tag or 'unknown'}",
        "commit": commit,
        "release": facts.get("RELEASE_URL") or "unknown",
        "review": facts.get("REVIEW_URL") or commit,
        "datetime": _instant(tag) or _iso(of.now_ms),
        "graded_at": _iso(of.now_ms),
        "score": of.result.score,
        "max-score": of.result.max_score,
        "tests": [_test(line, of) for line in of.lines],
        "complete": of.complete,
    }
    return in_json(json.dumps(report, indent=1, ensure_ascii=False).encode("utf-8")) + b"\n"


def release_body(of: Edition) -> bytes:
    """release-body.md."""
    return summary(of)


def state(of: Edition) -> str:
    """What goes into the runner's output as `status`: pass, fail or error."""
    if not of.complete or any(line.outcome is Outcome.BROKEN for line in of.lines):
        return "error"
    return "pass" if all(line.outcome is Outcome.PASSED or line.check.stretch for line in of.lines) else "fail"


def _test(line: Line, of: Edition) -> dict[str, Any]:
    worth = line.check.max_points if line.counts else 0
    bonus = {"bonus-points": line.check.points} if line.check.stretch else {}
    return {
        "test-name": f"{line.number} {line.group}: {line.name}",
        "passed": line.outcome is Outcome.PASSED,
        "score": min(line.check.points, worth),
        "max-score": worth,
        "verdict": line.outcome.value,
        "detail": "" if line.outcome is Outcome.PASSED else summary_line(line, of),
        **bonus,
    }


def _instant(tag: str) -> str | None:
    found = TAG.search(tag)
    return f"{found[1]}T{found[2]}:{found[3]}:{found[4]}Z" if found else None


def _iso(at_ms: int) -> str:
    return datetime.fromtimestamp(at_ms // 1000, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
