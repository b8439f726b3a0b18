"""What `grade ci` leaves is whole and its own, whatever a submission does, lies in its way, or ends it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import ci_readers
import pytest
import results
from ci_jobs import FILE, HANGING, RIGHT, autograder, course, environment, github, grade, repository
from world import linux, until, written

from grader.commands import desk
from grader.commands.desk import Desk
from grader.formats import venue
from grader.formats.edition import edition
from grader.formats.names import FILES, Format
from grader.formats.venue import Place
from grader.result import from_json

__all__ = ["course", "repository"]

pytestmark = [linux, pytest.mark.frontend]


# --- submissions that forge

FORGE = """print("::error::forged")
print("  ::set-output name=score::100")
print("##[error]forged")
print("::endgroup::\\n::stop-commands::x")
print("<script>x</script> | `x` ]]> \\x1b[31m \\x00")
"""
FORGING = FORGE + RIGHT.replace(
    "return number * 2", FORGE.replace("\n", "\n    ").strip() + '\n    return "::error::x\\n::endgroup::"'
)
LOUD = RIGHT.replace("return number * 2", 'print("::error::" * 1_200_000)\n    return 0')
MEDDLING = (
    RIGHT
    + """
import os, glob
for name in ("results.json", "grade-junit.xml"):
    for folder in ("/", "/tmp", os.getcwd(), os.path.dirname(__file__)):
        try:
            open(os.path.join(folder, name), "w").write("forged")
        except OSError:
            pass
for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY"):
    try:
        open(os.environ[name], "a").write("score=100\\n")
    except (KeyError, OSError):
        pass
os._exit(0)
"""
)


@pytest.mark.parametrize("code", [FORGING, LOUD, MEDDLING, HANGING], ids=["forging", "loud", "meddling", "hanging"])
def test_nothing_that_a_submission_does_gets_into_the_log_raw(code: str, repository: Path, course: Path) -> None:
    forged = '<testsuites><testsuite><testcase name="all" classname="a" time="0"/></testsuite></testsuites>'
    written(repository, {FILE: code, "grade-junit.xml": forged, "result.json": "{}", "results.json": '{"score": 100}'})
    around = github(repository)
    formats = ("junit", "gradescope", "ctrf", "exercism", "classroom", "json", "html")
    done = grade(repository, course, *(part for name in formats for part in ("--format", name)), **around)
    assert done.returncode == 1, done.stdout + done.stderr
    for kind, _, message in ci_readers.commands(done.stdout + done.stderr):
        assert kind in ("error", "notice")
        assert not message.startswith("forged")
    assert len(done.stdout) < 200_000
    told = ci_readers.outputs(Path(str(around["GITHUB_OUTPUT"])).read_text())
    assert told["status"] == "fail" and int(told["score"]) < int(told["max-score"])
    ci_readers.markdown(Path(str(around["GITHUB_STEP_SUMMARY"])).read_bytes())
    assert "all" not in ci_readers.junit((repository / "grade-junit.xml").read_bytes()).get("a", {})
    ci_readers.ctrf((repository / "grade-ctrf.json").read_bytes())
    ci_readers.classroom((repository / "grade-classroom.json").read_bytes())
    assert from_json((repository / "grade-result.json").read_bytes()).complete


@pytest.mark.parametrize("asked", [(), ("exercises",), ("way/exercises",)])
def test_no_link_of_a_repository_leads_to_solutions(asked: tuple[str, ...], tmp_path: Path, course: Path) -> None:
    repository = written(tmp_path / "repository", {"README": "mine"})
    (repository / "exercises").symlink_to(course / "solutions")
    (repository / "way").symlink_to(course)
    done = grade(repository, course, *asked, "--format", "json", GITLAB_CI="true", CI_PROJECT_DIR=repository)
    assert done.returncode == (2 if asked else 1), done.stderr
    if not asked:
        result = from_json((repository / "grade-result.json").read_bytes())
        assert result.score == 0 < result.max_score


def test_our_own_failure_is_one_and_what_was_forged_is_gone(tmp_path: Path, course: Path) -> None:
    root = autograder(tmp_path, {FILE: RIGHT})
    written(root / "results", {"results.json": '{"score": 100}'})
    done = grade(tmp_path, course, "--sandbox", "bubblewrap", GRADE_AUTOGRADER=root, PATH="/nowhere")
    assert done.returncode not in (0, 1)
    report = ci_readers.gradescope((root / "results" / "results.json").read_bytes())
    assert "score" not in report and "not complete" in report["output"]


# --- jobs that are ended


@pytest.mark.parametrize(("number", "status"), [(signal.SIGTERM, 143), (signal.SIGINT, 130), (signal.SIGKILL, -9)])
def test_a_job_that_is_killed_leaves_what_was_graded(number: int, status: int, tmp_path: Path, course: Path) -> None:
    slow = RIGHT.replace("def run(target):", "def run(target):\n    while True:\n        pass")
    root = autograder(tmp_path, {FILE: slow})
    results = root / "results" / "results.json"
    command = [sys.executable, "-m", "grader", "ci", "--course", str(course), "--format", "json=result.json"]
    around = environment(GRADE_AUTOGRADER=root)
    with subprocess.Popen(
        command, cwd=tmp_path, env=around, stdout=subprocess.PIPE, preexec_fn=_heed_interrupts
    ) as job:
        until(lambda: job.poll() is not None or (results.is_file() and b'"passed"' in results.read_bytes()))
        job.send_signal(number)
        assert job.stdout
        log = job.stdout.read().decode()
    report = ci_readers.gradescope(results.read_bytes())
    assert "not complete" in report["output"] and report["extra_data"] == {**report["extra_data"], "complete": False}
    assert len(report["tests"]) == 4 and any("pending" in test["tags"] for test in report["tests"])
    assert not from_json((tmp_path / "result.json").read_bytes()).complete
    assert (job.returncode, "not complete" in log) == (status, status > 0)


def _heed_interrupts() -> None:
    """Whoever runs the tests in the background may have had them ignored."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def test_the_page_may_wait_and_comes_in_the_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {Format.HTML: tmp_path / "page", Format.JSON: tmp_path / "result"}
    made = Desk(venue.recognise({}, Place.ELSEWHERE), files.items())
    monkeypatch.setattr(desk, "PART", 1e9)
    told = edition(results.mixed(), results.course(), "en", [])
    for all_of_them, there in ((False, True), (False, False), (True, True)):
        for path in files.values():
            path.unlink(missing_ok=True)
        made.write(told, all_of_them=all_of_them)
        assert (files[Format.HTML].exists(), files[Format.JSON].exists()) == (there, True)


# --- what stands in the way


def test_what_stands_in_the_way_is_moved(tmp_path: Path) -> None:
    others = written(tmp_path / "others", {"file": "theirs"}) / "file"
    repository = written(tmp_path / "repository", {"grade-result.json/x": "theirs", "grade-ctrf.json": "forged"})
    os.mkfifo(repository / "grade-junit.xml")
    (repository / "grade-report.html").symlink_to(others)
    (repository / "grade-summary.md").symlink_to("/dev/full")
    at = venue.recognise({"GITLAB_CI": "true", "CI_PROJECT_DIR": str(repository)})
    made = Desk(at, [(form, repository / name) for form, name in FILES.items() if name.startswith("grade-")])
    made.check()
    made.write(edition(results.mixed(), results.course(), "en", []))
    assert all(sheet.path.is_file() and not sheet.path.is_symlink() for sheet in made.sheets)
    assert (repository / "grade-result.json.theirs" / "x").read_text() == others.read_text() == "theirs"


def test_a_folder_in_the_way_is_no_reason_to_fail(repository: Path, course: Path) -> None:
    written(repository, {"grade-junit.xml/x": "", "grade-junit.xml.theirs": ""})
    done = grade(repository, course, GITLAB_CI="true", CI_PROJECT_DIR=repository)
    assert done.returncode == 0, done.stderr
    ci_readers.junit((repository / "grade-junit.xml").read_bytes())


def test_elsewhere_too_what_has_one_of_our_names_is_moved(repository: Path, course: Path) -> None:
    written(repository, {"grade-summary.md/x": ""})
    os.mkfifo(repository / "grade-ctrf.json")
    done = grade(repository, course, "--format", "summary", "--format", "ctrf")
    assert done.returncode == 0, done.stderr
    assert (repository / "grade-summary.md.theirs" / "x").is_file()
    assert (repository / "grade-ctrf.json.theirs").is_fifo()
    ci_readers.ctrf((repository / "grade-ctrf.json").read_bytes())


def test_elsewhere_a_folder_that_was_named_is_wrong_use(repository: Path, course: Path) -> None:
    written(repository, {"mine/x": ""})
    assert grade(repository, course, "--format", "junit=mine").returncode == 2
    assert (repository / "mine" / "x").is_file()
