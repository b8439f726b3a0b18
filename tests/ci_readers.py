"""Readers of the formats, written from the rules of those who read them: they refuse what the place would refuse.

Who uses it: the tests of formats, of `grade ci` and of the templates. Each takes bytes and gives what the place would
make of them.
"""

from __future__ import annotations

import base64
import json
import re
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jsonschema
from markdown_it import MarkdownIt

SCHEMAS = Path(__file__).resolve().parent / "schemas"
VISIBLE = ("visible", "hidden", "after_due_date", "after_published")
FORMATS = ("text", "html", "simple_format", "md", "ansi")
KINDS = ("failure", "error", "skipped")  # the first that is there counts
NUMBER = (int, float)
LOG_COMMAND = re.compile(r"^\s*::([a-z-]+)(?: ([^:]*))?::(.*)$")


def gradescope(content: bytes) -> dict[str, Any]:
    """results.json, by Gradescope's specification; the points that it would show under "shown"."""
    report: dict[str, Any] = json.loads(content.decode("utf-8"))
    top = {"score", "execution_time", "output", "output_format", "test_output_format", "test_name_format",
           "visibility", "stdout_visibility", "extra_data", "tests", "leaderboard"}  # fmt: skip
    each = {"score", "max_score", "status", "name", "name_format", "number", "output", "output_format", "tags",
            "visibility", "extra_data"}  # fmt: skip
    assert set(report) <= top
    assert b"\r" not in content
    assert type(report.get("score", 0)) in NUMBER and type(report["execution_time"]) in NUMBER
    assert report["visibility"] in VISIBLE
    assert {report["output_format"], report["test_output_format"], report["test_name_format"]} <= set(FORMATS)
    for test in report["tests"]:
        assert set(test) <= each
        assert test.get("status", "passed") in ("passed", "failed")
        assert test["visibility"] in VISIBLE
        assert all(type(test[key]) is str for key in ("name", "number", "output"))
        assert all(type(tag) is str for tag in test["tags"])
        assert type(test.get("score", 0)) in NUMBER and test.get("score", 0) <= test.get("max_score", 0)
    assert "score" in report or all("score" not in test for test in report["tests"])
    return report


def classroom50(content: bytes) -> dict[str, Any]:
    """result.json, by the rules of classroom50/result/v1."""
    report: dict[str, Any] = json.loads(content)
    assert report["schema"] == "classroom50/result/v1"
    names = ("classroom", "assignment", "owner", "assignment_type", "submission", "commit", "release", "review")
    assert all(type(report[name]) is str and report[name] for name in names)
    assert report["submission"].startswith("submit/")
    for key in ("datetime", "graded_at"):
        assert datetime.strptime(report[key], "%Y-%m-%dT%H:%M:%SZ")
    for part in (report, *report["tests"]):
        assert type(part["score"]) is type(part["max-score"]) is int
        assert 0 <= part["score"] <= part["max-score"]
    assert all(type(test["test-name"]) is str and test["test-name"].strip() for test in report["tests"])
    assert all(type(test["passed"]) is bool for test in report["tests"])
    assert len({test["test-name"] for test in report["tests"]}) == len(report["tests"])
    for key in ("score", "max-score"):
        assert report[key] == sum(test[key] for test in report["tests"])
    return report


def classroom(content: bytes) -> dict[str, Any]:
    """What the reporter makes of a runner's result: both its ways to count points, and whether the step fails."""
    report = json.loads(content)
    assert report["status"] in ("pass", "fail", "error")
    for test in report["tests"]:
        assert test["status"] in ("pass", "fail", "error")
        assert type(test["line_no"]) is int and type(test["name"]) is str
        assert no_commands(test["name"]) and no_commands(test["test_code"]) and no_commands(test["message"])
    passed = sum(test["status"] == "pass" for test in report["tests"])
    share = passed / len(report["tests"]) * report["max_score"] if report["tests"] else 0
    told = sum(test["score"] for test in report["tests"])
    assert abs(share - told) < 1e-9
    return {
        "points": told,
        "most": report["max_score"],
        "fails": report["status"] != "pass",
        "status": report["status"],
    }


def junit(content: bytes) -> dict[str, dict[str, tuple[str, str]]]:
    """What GitLab shows: by class name and name, what became of it, and the text."""
    root = ElementTree.fromstring(content)
    assert root.tag == "testsuites"
    assert len(content) < 30 << 20
    assert sum(1 for _ in root.iter()) < 250_000
    suites: dict[str, dict[str, tuple[str, str]]] = {}
    for case in root.iter("testcase"):
        name, group = case.attrib["name"], case.attrib["classname"]
        assert name and group and float(case.attrib["time"]) >= 0
        assert name not in suites.setdefault(group, {}), "GitLab ignores the second of two with one key"
        found = {kind: part.text or "" for kind in KINDS if (part := case.find(kind)) is not None}
        suites[group][name] = next(iter(found.items()), ("success", ""))
    return suites


def ctrf(content: bytes) -> dict[str, Any]:
    """A report, valid against the published schema."""
    report: dict[str, Any] = json.loads(content)
    jsonschema.validate(report, json.loads((SCHEMAS / "ctrf.schema.json").read_text("utf-8")))
    results: dict[str, Any] = report["results"]
    statuses = [test["status"] for test in results["tests"]]
    for status in ("passed", "failed", "skipped", "pending", "other"):
        assert results["summary"][status] == statuses.count(status)
    assert results["summary"]["tests"] == len(statuses)
    assert results["summary"]["start"] <= results["summary"]["stop"]
    return results


def exercism(content: bytes) -> dict[str, Any]:
    """results.json of version 3."""
    report: dict[str, Any] = json.loads(content)
    assert report["version"] == 3
    assert report["status"] in ("pass", "fail", "error")
    if report["status"] == "error":
        assert 0 < len(report["message"]) <= 65_535
    else:
        assert report["tests"] and report["message"] is None
    for test in report["tests"]:
        assert test["status"] in ("pass", "fail", "error") and test["name"]
        assert test["status"] == "pass" or test["message"]
        assert len(test["output"]) <= 500
        assert type(test["task_id"]) is int
    if report["status"] == "pass":
        assert all(test["status"] == "pass" for test in report["tests"])
    return report


def commands(log: str) -> list[tuple[str, dict[str, str], str]]:
    """The workflow commands in a job's log, as the runner of GitHub Actions would take them."""
    assert "##[" not in log
    found = []
    for line in log.replace("\r", "\n").split("\n"):
        if line.lstrip().startswith("::"):
            parts = LOG_COMMAND.match(line)
            assert parts, line
            pairs = (pair.partition("=")[::2] for pair in (parts[2] or "").split(",") if pair)
            found.append((parts[1], {key: _unescaped(value) for key, value in pairs}, _unescaped(parts[3])))
    return found


def _unescaped(text: str) -> str:
    for code, sign in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(code, sign)
    return text


def no_commands(text: str) -> bool:
    """Whether it can be printed into a log."""
    return not commands(text)


def outputs(content: str) -> dict[str, str]:
    """The outputs of a step: a line each, and no block of several lines."""
    told: dict[str, str] = {}
    for line in content.splitlines():
        name, found, value = line.partition("=")
        assert found and re.fullmatch(r"[a-z-]+", name), line
        assert name not in told
        told[name] = value
    if "result" in told:
        classroom(base64.b64decode(told["result"]))
    return told


def markdown(content: bytes) -> tuple[str, list[str]]:
    """A summary as GitHub would render it: the HTML, and the links in it."""
    assert len(content) < 1 << 20
    text = MarkdownIt("commonmark", {"html": True}).enable("table").render(content.decode("utf-8"))
    tags = set(re.findall(r"<([a-z0-9]+)", text))
    assert tags <= {
        "h2",
        "h3",
        "p",
        "strong",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "blockquote",
        "pre",
        "code",
        "a",
    }
    return text, re.findall(r'href="([^"]*)"', text)
