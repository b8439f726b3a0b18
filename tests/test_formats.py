"""The formats: each is read by a reader of its place, whatever the submission had a say in, and however far it came."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

import ci_readers
import pytest
import results
from msgspec.structs import replace

from grader.formats import classroom50, edition, escape
from grader.formats.edition import Edition
from grader.formats.gradescope import VISIBILITIES
from grader.formats.names import Format, maker
from grader.result import CheckResult, Excerpt, Result, Reveal, State, Verdict, from_json
from grader.visible import UNSAFE

pytestmark = pytest.mark.frontend
COURSE = results.course()
READERS: dict[Format, Callable[[bytes], Any]] = {
    Format.GRADESCOPE: ci_readers.gradescope,
    Format.CLASSROOM50: ci_readers.classroom50,
    Format.CLASSROOM: ci_readers.classroom,
    Format.JUNIT: ci_readers.junit,
    Format.CTRF: ci_readers.ctrf,
    Format.EXERCISM: ci_readers.exercism,
    Format.ANNOTATIONS: lambda content: ci_readers.commands(content.decode("utf-8")),
    Format.SUMMARY: ci_readers.markdown,
    Format.JSON: from_json,
    Format.HTML: lambda content: content.decode("utf-8"),
}
HOSTILE = [
    "::error file=x.py,line=1,title=forged::mine\n::endgroup::\n  ::set-output name=score::100\n##[error]forged",
    "::stop-commands::token\n::add-mask::1\nEOF\nscore=100\nresult<<EOF\n",
    "<script>alert(1)</script>]]> &lt; \" ' </pre><img src=x onerror=y> <!-- ",
    "# h\n```\n````\n[x](javascript:1) | a | b | **b** _i_ @everyone #1 https://example.net <u>\n> q\n- l\n1. n\n",
    "\x00\x01\x08\x0b\x0c\x1b[31m\x7f\x85\u2028\u202e\ud800\udfff\ufffe\uffff \r :: \r\n::debug::x",
    "\u00a0::error::a\u3000\n\u2003::warning::b\n\ufeff::notice::c",
    "\x1b]0;x\x07section_end:1:x\r\x1b[0K",
]
KEPT = ("id", "function", "section", "because", "kit", "course", "python", "start_method", "sandbox", "cause", "hang")


def told(result: Result, lang: str = "en", **more: Any) -> Edition:
    return edition.edition(result, more.pop("course", COURSE), lang, COURSE.exercises, **more)


def made(form: Format, result: Result, lang: str = "en", **more: Any) -> Any:
    return READERS[form](maker(form)(told(result, lang, **more)))


def halfway() -> Result:
    """Cut off after the first check of the second exercise."""
    result = results.mixed()
    result.complete = False
    del result.exercises[2:], result.exercises[1].checks[1:]
    result.add_up()
    return result


@pytest.mark.parametrize("form", Format)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_format_holds_whatever_there_is(form: Format, lang: str) -> None:
    for result in (results.mixed(), results.perfect(), results.empty(), halfway()):
        made(form, result, lang)


@pytest.mark.parametrize("form", Format)
@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_every_format_holds_whatever_a_submission_says(form: Format, text: str) -> None:
    if form is Format.JSON:  # a result comes out of JSON, so that there is no lone surrogate in it
        text = text.encode("utf-8", "replace").decode("utf-8")
    result = results.hostile(text, keep=KEPT)
    made(form, result)
    made(form, replace(result, complete=False))


@pytest.mark.parametrize("form", Format)
def test_ten_megabytes_are_cut(form: Format) -> None:
    result = results.mixed()
    result.exercises[1].checks[0].output = result.exercises[1].checks[0].seen = "::error::`<&|\n" * 800_000
    content = maker(form)(told(result))
    if form is not Format.JSON:  # what a check printed was cut to --output before it got there
        assert len(content) < 8 << 20
        READERS[form](content)


def test_a_result_says_the_same_everywhere() -> None:
    result = results.mixed()
    points = (result.score, result.max_score)
    shown = made(Format.GRADESCOPE, result)
    assert shown["score"] == result.score + result.stretch
    fifty = made(Format.CLASSROOM50, result)
    assert (fifty["score"], fifty["max-score"]) == points
    reporter = made(Format.CLASSROOM, result)
    assert (reporter["points"], reporter["most"]) == points
    assert reporter["fails"]
    assert f"{points[0]} of {points[1]} points" in made(Format.SUMMARY, result)[0]


def test_what_hangs_fails_and_is_explained() -> None:
    suites = made(Format.JUNIT, results.mixed())
    kind, text = suites["ex07.transfer_large"]["Any amount of data arrives"]
    assert kind == "failure"
    assert "stuck" in text and "At line 31" in text and "writer started" in text
    test = next(test for test in made(Format.GRADESCOPE, results.mixed())["tests"] if "hung" in test["tags"])
    assert (test["status"], test["score"]) == ("failed", 0)
    case = next(test for test in made(Format.CTRF, results.mixed())["tests"] if test["rawStatus"] == "stuck")
    assert case["status"] == "failed"
    assert "stuck" in made(Format.SUMMARY, results.mixed())[0]


def test_our_own_fault_is_an_error_and_never_a_zero() -> None:
    suites = made(Format.JUNIT, results.mixed())
    assert suites["ex05.run_in_processes"]["All items run at the same time"][0] == "error"
    test = next(test for test in made(Format.GRADESCOPE, results.mixed())["tests"] if "broken" in test["tags"])
    assert "score" not in test and "status" not in test
    assert "grader" in made(Format.GRADESCOPE, results.mixed())["output"]
    nothing = results.empty()
    nothing.complete = True
    assert "score" not in made(Format.GRADESCOPE, nothing)
    assert made(Format.CTRF, results.mixed())["summary"]["other"] == 1
    assert classroom50.state(told(results.mixed())) == "error"


@pytest.mark.parametrize("form", [form for form in Format if form not in (Format.ANNOTATIONS,)])
def test_a_part_says_that_it_is_one(form: Format) -> None:
    content = maker(form)(told(halfway())).decode("utf-8")
    whole = maker(form)(told(results.perfect())).decode("utf-8")
    said = {Format.JSON: '"complete": false', Format.CLASSROOM50: '"complete": false'}.get(form, "not complete")
    if form is Format.EXERCISM:
        said = "not graded yet"
    assert said in content
    assert said not in whole


def test_what_is_still_to_come_is_pending_and_counts_in_the_maximum() -> None:
    part = halfway()
    whole = sum(
        COURSE.points(check)
        for each in COURSE.exercises.values()
        for check in each.checks.values()
        if not check.stretch
    )
    summary = made(Format.CTRF, part)["summary"]
    assert (summary["tests"], summary["passed"], summary["failed"], summary["pending"]) == (16, 4, 1, 11)
    assert made(Format.CLASSROOM50, part)["max-score"] == whole
    assert made(Format.EXERCISM, part)["status"] == "fail"
    assert made(Format.CLASSROOM, part)["fails"]


def test_annotations_are_ten_at_most_and_the_worst_comes_first() -> None:
    course = replace(COURSE, exercises={f"ex{n:02}_x": COURSE.exercises["ex01_first_process"] for n in range(14)})
    result = results.perfect()
    first = result.exercises[0]
    result.exercises = [
        replace(
            first, id=name, checks=[failed(check, line=number + 1) for check in first.checks[: 1 + (number == 5) * 2]]
        )
        for number, name in enumerate(course.exercises)
    ]
    log = maker(Format.ANNOTATIONS)(edition.edition(result, course, "en", course.exercises)).decode()
    errors = [command for command in ci_readers.commands(log) if command[0] == "error"]
    assert len(errors) == 10
    assert errors[0][1]["file"] == "ex05_x.py" and errors[0][1]["line"] == "6"
    assert "2 more checks" in errors[0][2]
    assert "And 5 more exercises" in errors[-1][2]


def failed(check: CheckResult, **more: Any) -> CheckResult:
    return replace(check, verdict=Verdict.FAILED, points=0, **more)


def test_an_annotation_points_into_the_repository_and_nowhere_else() -> None:
    result = results.mixed()
    result.exercises[1].checks[2].file = "/etc/passwd"
    assert "passwd" not in maker(Format.ANNOTATIONS)(told(result, prefix="work/")).decode()
    result.exercises[1].checks[2].file = "helper.py"
    log = maker(Format.ANNOTATIONS)(told(result, prefix="work/", files=frozenset({"helper.py"}))).decode()
    assert {"work/helper.py"} <= {command[1].get("file") for command in ci_readers.commands(log)}


def test_an_annotation_without_a_line_of_its_own_points_at_the_function() -> None:
    result = results.perfect()
    definition = Excerpt(first=7, lines=["def start_process(target):"], of="start_process")
    for checks in (result.exercises[0].checks, result.exercises[1].checks):
        checks[0] = failed(checks[0], line=None, file=None, excerpt=replace(definition, of=None))
        checks[1] = failed(checks[1], line=None, file=None, excerpt=definition)
        del checks[2:]
    result.exercises[1].checks.pop(0)
    result.exercises[0].checks.pop(1)
    log = maker(Format.ANNOTATIONS)(told(result)).decode()
    at = {command[1]["file"]: command[1].get("line") for command in ci_readers.commands(log) if command[0] == "error"}
    assert at == {"ex01_first_process.py": None, "ex02_name_and_pid.py": "7"}
    kind = told(result, course=replace(COURSE, reveal=Reveal.KIND))
    assert "line=" not in maker(Format.ANNOTATIONS)(kind).decode()


def test_two_checks_of_one_title_are_two_tests() -> None:
    result = results.perfect()
    checks = result.exercises[0].checks
    checks.append(replace(checks[1], points=0, verdict=Verdict.FAILED))
    suites = made(Format.JUNIT, result)
    assert len(suites["ex01.start_process"]) == 2


def test_gradescope_shows_it_to_whom_the_teacher_says() -> None:
    for visibility in VISIBILITIES:
        report = made(Format.GRADESCOPE, halfway(), visibility=visibility)
        assert {report["visibility"], *(test["visibility"] for test in report["tests"])} == {visibility}
        assert ("points, " in report["output"]) is (visibility == "visible")
        assert "not complete" in report["output"]


def test_classroom50_takes_who_it_is_from_its_runner() -> None:
    facts = {
        "CLASSROOM": "cs", "ASSIGNMENT": "ex", "SUBMISSION_TAG": "submit/2026-06-01T14-32-05Z-a1b2c3d", "OWNER": "ada",
        "COMMIT_URL": "https://example.org/c", "RELEASE_URL": "https://example.org/r",
    }  # fmt: skip
    report = made(Format.CLASSROOM50, results.mixed(), facts=facts)
    assert (report["classroom"], report["assignment"], report["owner"]) == ("cs", "ex", "ada")
    assert report["datetime"] == "2026-06-01T14:32:05Z"
    assert (report["review"], report["release"]) == ("https://example.org/c", "https://example.org/r")


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        assert not attrs
        self.tags.add(tag)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_gradescope_html_has_only_our_tags(text: str) -> None:
    for test in made(Format.GRADESCOPE, results.hostile(text, keep=KEPT))["tests"]:
        parser = Tags()
        parser.feed(test["output"])
        assert parser.tags <= {"p", "pre", "strong", "code"}


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_markdown_links_only_where_the_course_does(text: str) -> None:
    _, links = made(Format.SUMMARY, results.hostile(text, keep=KEPT))
    assert {link for link in links if not link.startswith("https://example.org/unit#")} == set()


JSON = (Format.JSON, Format.CLASSROOM, Format.CLASSROOM50, Format.CTRF, Format.EXERCISM, Format.GRADESCOPE)


@pytest.mark.parametrize("form", JSON)
def test_json_steers_no_terminal(form: Format) -> None:
    content = maker(form)(told(results.hostile("\x9b31m \u202eevil 中", keep=KEPT))).decode("utf-8")
    assert not UNSAFE.search(content)
    assert json.loads(content)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_no_line_of_a_log_is_a_command(text: str) -> None:
    assert ci_readers.no_commands(escape.log(text))


@pytest.mark.parametrize(
    ("reveal", "there", "gone"),
    [
        (Reveal.FULL, ["writer-4f1c", "Process-1", "target=work", "hello from the child", "what args takes"], []),
        (Reveal.OWN, ["Process-1", "hello from the child", "os.kill"], ["writer-4f1c", "target=work()", "what args"]),
        (
            Reveal.KIND,
            ["crashed"],
            ["writer-4f1c", "Process-1", "target=work", "hello from the child", "what args", "os.kill", "expected ':'"],
        ),
    ],
)
@pytest.mark.parametrize(
    "form", [Format.GRADESCOPE, Format.JUNIT, Format.CTRF, Format.SUMMARY, Format.JSON, Format.HTML]
)
def test_a_failure_reveals_what_the_course_says(
    form: Format, reveal: Reveal, there: list[str], gone: list[str]
) -> None:
    content = maker(form)(told(results.mixed(), course=replace(COURSE, reveal=reveal))).decode("utf-8")
    said = html.unescape(re.sub(r"</?(mark|span|code)[^>]*>", "", content))
    assert [text for text in gone if text in said] == []
    if form is not Format.JSON:  # which carries facts and keys alone
        assert [text for text in there if text not in said] == []


def test_a_check_of_its_own_can_reveal_less() -> None:
    exercise = COURSE.exercises["ex02_name_and_pid"]
    checks = {
        **exercise.checks,
        "check_child_is_called_name": replace(exercise.checks["check_child_is_called_name"], reveal=Reveal.KIND),
    }
    course = replace(COURSE, exercises={**COURSE.exercises, "ex02_name_and_pid": replace(exercise, checks=checks)})
    content = json.dumps(made(Format.CTRF, results.mixed(), course=course))
    assert "writer-4f1c" not in content and "Process-1" not in content
    assert "ended by SIGKILL" in content


def test_missing_files_are_no_failure_of_a_check_and_have_no_points() -> None:
    result = results.mixed()
    assert result.exercises[4].state is State.MISSING
    assert made(Format.JUNIT, result)["ex09.pool_transfer"]["The values come back in order"][0] == "skipped"
    assert made(Format.JUNIT, result)["ex11.is_iterable"]["A string is iterable"][0] == "failure"
