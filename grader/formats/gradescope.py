"""Gradescope's results.json (https://gradescope-autograders.readthedocs.io/en/latest/specs/).

One test for each check. `score` at the top is always set where anything was judged, since it overrides the sum of the
tests; a bonus is part of it. What we could not judge has no score, and never a zero.
"""

from __future__ import annotations

import html
import json
from typing import Any

from grader.formats import escape
from grader.formats.edition import Edition, Line, Outcome, verdict
from grader.visible import in_json
from grader.words import explain

VISIBILITIES = ("visible", "hidden", "after_due_date", "after_published")
JUDGED = tuple(outcome for outcome in Outcome if outcome not in (Outcome.BROKEN, Outcome.PENDING))
PRE = ("expected", "seen", "waiting", "your_line", "printed")  # what is shown as it is


def gradescope(of: Edition) -> bytes:
    """The whole file."""
    told = [*([of.score] if of.visibility == "visible" else []), *of.notices]  # it is shown whoever may see the tests
    judged = any(line.outcome in JUDGED for line in of.lines)
    report = {
        **({"score": of.result.score + of.result.stretch} if judged else {}),
        "execution_time": round(of.result.duration_s, 3),
        "output": "".join(f"<p>{html.escape(sentence)}</p>" for sentence in told),
        "output_format": "html",
        "test_output_format": "html",
        "test_name_format": "text",
        "visibility": of.visibility,
        "tests": [_test(line, of) for line in of.lines],
        "extra_data": {"complete": of.complete, "kit": of.result.kit, "sandbox": of.result.sandbox},
    }
    return in_json(json.dumps(report, indent=1, ensure_ascii=False).encode("utf-8")) + b"\n"


def _test(line: Line, of: Edition) -> dict[str, Any]:
    bonus = f" ({of.word('bonus')})" if line.check.stretch else ""
    points = {"score": line.check.points, "max_score": line.check.max_points} if line.outcome in JUDGED else {}
    status = {"status": "passed" if line.outcome is Outcome.PASSED else "failed"}
    return {
        **points,
        **(status if line.outcome in JUDGED else {}),
        "name": f"{line.group}: {line.name}{bonus}",
        "number": line.number,
        "output": _output(line, of),
        "tags": _tags(line),
        "visibility": of.visibility,
        "extra_data": {"check": line.check.id, "verdict": line.outcome.value},
    }


def _tags(line: Line) -> list[str]:
    tags = [line.outcome.value, "hung" if line.outcome is Outcome.STUCK else "", "bonus" if line.check.stretch else ""]
    return [tag for tag in tags if tag]


def _output(line: Line, of: Edition) -> str:
    parts = [f"<p><strong>{html.escape(verdict(line, of))}</strong></p>"]
    for key in explain.FIELDS:
        if key in line.told:
            said = line.told[key]
            shown = f"<pre>{html.escape(said)}</pre>" if key in PRE else f"<p>{escape.prose(said)}</p>"
            parts.append(f"<p>{html.escape(of.word(key))}</p>{shown}")
    return "\n".join(parts)
