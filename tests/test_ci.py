"""`grade ci`: how it knows where it is, what it writes for each place, and how it exits there."""

from __future__ import annotations

import json
from pathlib import Path

import ci_readers
import pytest
from ci_jobs import FILE, HANGING, RIGHT, autograder, course, github, grade, repository
from world import linux, written

from grader.formats import venue
from grader.formats.venue import Place

__all__ = ["course", "repository"]

pytestmark = [linux, pytest.mark.frontend]


# --- where it is


def test_places_are_recognised(tmp_path: Path) -> None:
    fifty = {"GITHUB_ACTIONS": "true", "CLASSROOM": "c", "ASSIGNMENT": "a", "SUBMISSION_TAG": "submit/x"}
    found = autograder(tmp_path, {FILE: RIGHT})
    nothing = {"GRADE_AUTOGRADER": str(tmp_path / "nowhere")}
    assert venue.recognise(fifty).place is Place.CLASSROOM50
    assert venue.recognise({"GITHUB_ACTIONS": "true"}).place is Place.GITHUB
    assert venue.recognise({"GITLAB_CI": "true"}).place is Place.GITLAB
    assert venue.recognise({"GRADE_AUTOGRADER": str(found)}).place is Place.GRADESCOPE
    assert venue.recognise(nothing).place is Place.ELSEWHERE
    assert venue.recognise(nothing, Place.GITLAB).place is Place.GITLAB


# --- GitHub


def test_github_has_outputs_a_summary_and_annotations(repository: Path, course: Path) -> None:
    written(repository, {FILE: RIGHT.replace("number * 2", "number")})
    around = github(repository)
    done = grade(repository, course, **around)
    assert done.returncode == 1, done.stderr
    told = ci_readers.outputs(Path(str(around["GITHUB_OUTPUT"])).read_text())
    assert (told["status"], told["complete"]) == ("fail", "true")
    assert int(told["score"]) < int(told["max-score"])
    errors = [command for command in ci_readers.commands(done.stdout) if command[0] == "error"]
    assert [command[1]["file"] for command in errors] == [FILE]
    text, _ = ci_readers.markdown(Path(str(around["GITHUB_STEP_SUMMARY"])).read_bytes())
    assert "double gives twice the number" in text


def test_github_is_content_with_what_is_right(repository: Path, course: Path) -> None:
    done = grade(repository, course, **github(repository))
    assert done.returncode == 0, done.stdout + done.stderr
    assert [command[0] for command in ci_readers.commands(done.stdout)] == ["notice"]
    assert "Sandbox" in done.stdout


def test_what_others_wrote_into_the_summary_stays(repository: Path, course: Path) -> None:
    around = github(repository)
    Path(str(around["GITHUB_STEP_SUMMARY"])).write_text("before\n\n")
    Path(str(around["GITHUB_OUTPUT"])).write_text("other=1\n")
    grade(repository, course, **around)
    assert Path(str(around["GITHUB_STEP_SUMMARY"])).read_text().startswith("before\n\n## ")
    assert ci_readers.outputs(Path(str(around["GITHUB_OUTPUT"])).read_text())["other"] == "1"


# --- the others


def test_gitlab_has_a_report_and_an_exit_status(repository: Path, course: Path) -> None:
    written(repository, {FILE: HANGING})
    done = grade(repository, course, GITLAB_CI="true", CI_PROJECT_DIR=repository)
    assert done.returncode == 1, done.stderr
    suites = ci_readers.junit((repository / "grade-junit.xml").read_bytes())
    kind, text = suites["ex01.double"]["double gives twice the number."]
    assert kind == "failure" and "stuck" in text and "waits for the lock `lock`" in text


@pytest.mark.parametrize(("code", "most"), [(RIGHT, True), (HANGING, False), ("def x(:\n", False)])
def test_gradescope_is_told_and_the_exit_status_is_0(code: str, most: bool, tmp_path: Path, course: Path) -> None:
    root = autograder(tmp_path, {FILE: code})
    done = grade(tmp_path, course, GRADE_AUTOGRADER=root)
    assert done.returncode == 0, done.stderr
    report = ci_readers.gradescope((root / "results" / "results.json").read_bytes())
    assert (report["score"] == sum(test["max_score"] for test in report["tests"])) is most
    assert [test["number"] for test in report["tests"]] == ["1.1", "1.2", "1.3", "1.4"]


def test_what_a_place_reads_is_written_whatever_else_is_asked_for(tmp_path: Path, course: Path) -> None:
    root = autograder(tmp_path, {FILE: RIGHT})
    asked = [part for name in ("gradescope=a", "json=b", "json=c") for part in ("--format", name)]
    assert grade(tmp_path, course, *asked, GRADE_AUTOGRADER=root).returncode == 0
    assert (root / "results" / "results.json").read_bytes() == (tmp_path / "a").read_bytes()
    assert (tmp_path / "b").read_bytes() == (tmp_path / "c").read_bytes()


def test_a_submission_without_any_file_has_no_points_and_is_no_error(tmp_path: Path, course: Path) -> None:
    root = autograder(tmp_path, {"essay.txt": "sorry"})
    done = grade(tmp_path, course, GRADE_AUTOGRADER=root)
    assert done.returncode == 0, done.stderr
    assert ci_readers.gradescope((root / "results" / "results.json").read_bytes())["score"] == 0


def test_files_in_the_only_folder_of_an_upload_are_found(tmp_path: Path, course: Path) -> None:
    root = autograder(tmp_path, {f"my exercises/{FILE}": RIGHT, "__MACOSX/x": ""})
    grade(tmp_path, course, GRADE_AUTOGRADER=root)
    assert ci_readers.gradescope((root / "results" / "results.json").read_bytes())["score"] > 0


def test_classroom50_has_its_result_and_the_exit_status_is_0(repository: Path, course: Path) -> None:
    written(repository, {FILE: HANGING, "result.json": "forged"})
    runner = {"CLASSROOM": "c", "ASSIGNMENT": "a", "SUBMISSION_TAG": "submit/2026-06-01T14-32-05Z-a1b2c3d"}
    around = github(repository)
    done = grade(repository, course, OWNER="ada", COMMIT_URL="https://x.org/c", **runner, **around)
    assert done.returncode == 0, done.stderr
    report = ci_readers.classroom50((repository / "result.json").read_bytes())
    assert report["owner"] == "ada" and report["complete"]
    ci_readers.markdown((repository / "release-body.md").read_bytes())
    told = ci_readers.outputs(Path(str(around["GITHUB_OUTPUT"])).read_text())
    assert told == {"status": "fail", "summary": f"{report['score']}/{report['max-score']}"}


# --- everywhere


def test_what_the_time_does_not_allow_is_skipped_and_told(repository: Path, course: Path) -> None:
    assert all(venue.recognise({}, place).budget_s for place in Place if place is not Place.ELSEWHERE)
    written(repository, {FILE: RIGHT.replace("return number * 2", "while True:\n        pass")})
    done = grade(repository, course, "--budget", 1, GITLAB_CI="true", CI_PROJECT_DIR=repository)
    assert done.returncode == 1, done.stderr
    suites = ci_readers.junit((repository / "grade-junit.xml").read_bytes())
    kind, text = suites["ex01.run"]["run has the target called in a child."]
    assert kind == "skipped" and "used up the time" in text


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--format", "excel"), "there is no format excel"),
        (("--visibility", "soon"), "there is no visibility soon"),
        (("--format", "junit=nowhere/x.xml"), "nowhere"),
        (("nowhere",), "nowhere is not there"),
        (("--format", "json=x", "--format", "ctrf=./x"), "x cannot hold two formats"),
    ],
)
def test_wrong_use_is_a_sentence(arguments: tuple[str, ...], said: str, repository: Path, course: Path) -> None:
    done = grade(repository, course, *arguments)
    assert (done.returncode, said in done.stderr) == (2, True), done.stderr


def test_how_much_is_revealed_holds_for_all_that_is_written(repository: Path, course: Path) -> None:
    written(repository, {FILE: RIGHT.replace("number * 2", "'my own text'")})
    formats = ("junit", "json", "html", "gradescope")
    for reveal, shown in (("full", True), ("own", True), ("kind", False)):
        done = grade(repository, course, "--reveal", reveal, *(p for name in formats for p in ("--format", name)))
        texts = [(repository / f"{name}").read_text() for name in
                 ("grade-junit.xml", "grade-result.json", "grade-report.html", "results.json")]  # fmt: skip
        assert all(("my own text" in text) is shown for text in [*texts, done.stdout])
        assert all(
            ("Try it with" in text) is (reveal == "full") for text in (texts[0], texts[2], texts[3], done.stdout)
        )
        wrong = json.loads(texts[1])["exercises"][0]["checks"][1]
        assert (wrong["expected"] is not None) is (reveal == "full")
