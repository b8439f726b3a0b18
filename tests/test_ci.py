"""`grade ci`: what it writes where, when it is whole, what gets into the log, and how it exits."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import ci_readers
import pytest
import results
import small_course
from world import NET_S, TIERS, linux, until, written

from grader.commands import desk
from grader.commands.desk import Desk
from grader.formats import venue
from grader.formats.edition import edition
from grader.formats.names import FILES, Format
from grader.formats.venue import Place
from grader.limits import Limits
from grader.result import from_json
from grader.walls import bubblewrap, room, tiers

pytestmark = [linux, pytest.mark.frontend]
RIGHT = small_course.SOLUTION
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
HANGING = RIGHT.replace(
    "return number * 2",
    "import threading\n    lock = threading.Lock()\n    lock.acquire()\n    lock.acquire()",
)
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
FILE = f"{small_course.EXERCISE}.py"


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_course.make(tmp_path_factory.mktemp("course"))


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    return written(tmp_path / "repository", {FILE: RIGHT})


def environment(**more: object) -> dict[str, str]:
    ours = ("GITHUB_", "CI_", "GITLAB_", "GRADE_", "CLASSROOM", "ASSIGNMENT", "SUBMISSION_TAG")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return {**kept, "LANG": "C.UTF-8", **{name: str(value) for name, value in more.items()}}


def grade(where: Path, course: Path, *arguments: object, **more: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "grader", "ci", "--course", str(course), *map(str, arguments)]
    return subprocess.run(
        command, cwd=where, env=environment(**more), capture_output=True, text=True, check=False, timeout=NET_S
    )


def github(repository: Path) -> dict[str, object]:
    files = {name: repository.parent / name.lower() for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
    for path in files.values():
        path.write_text("")
    return {"GITHUB_ACTIONS": "true", "GITHUB_WORKSPACE": repository, **files}


def autograder(tmp_path: Path, files: Mapping[str, str]) -> Path:
    written(tmp_path / "autograder" / "submission", files)
    (tmp_path / "autograder" / "results").mkdir()
    return tmp_path / "autograder"


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


def test_our_own_failure_is_one_and_what_was_forged_is_gone(tmp_path: Path, course: Path) -> None:
    root = autograder(tmp_path, {FILE: RIGHT})
    written(root / "results", {"results.json": '{"score": 100}'})
    done = grade(tmp_path, course, "--sandbox", "bubblewrap", GRADE_AUTOGRADER=root, PATH="/nowhere")
    assert done.returncode not in (0, 1)
    report = ci_readers.gradescope((root / "results" / "results.json").read_bytes())
    assert "score" not in report and "not complete" in report["output"]


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
        (("--visibility", "soon"), "there is no format soon"),
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


# --- what there is


def test_limits_fit_into_the_container(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "GROUPS", tmp_path)
    monkeypatch.setattr(room, "OWN", tmp_path / "own")
    assert room.limits() == Limits()
    written(tmp_path, {"memory.max": "max\n", "own": "0::/job\n", "job/memory.max": str(768 << 20)})
    assert room.limit_mb() == 768
    assert room.limits().total_memory_mb + room.OURS_MB == 768
    written(tmp_path, {"memory.max": str(512 << 20), "memory/memory.limit_in_bytes": str(2**63 - 4096)})
    assert room.limit_mb() == 512
    assert room.limits(100).memory_mb == 100


OWN_GROUP = {
    "version 2": {"own": "0::/a/b\n", "a/memory.max": str(512 << 20), "a/b/memory.max": "max\n"},
    "version 1": {
        "own": "4:memory:/a/b\n0::/\n",
        "memory/a/memory.limit_in_bytes": str(512 << 20),
        "memory/a/b/memory.limit_in_bytes": str(2**63 - 4096),
    },
}


@pytest.mark.parametrize("version", OWN_GROUP)
def test_limit_of_a_group_above_ours_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str) -> None:
    monkeypatch.setattr(room, "GROUPS", tmp_path)
    monkeypatch.setattr(room, "OWN", tmp_path / "own")
    written(tmp_path, OWN_GROUP[version])
    assert room.limit_mb() == 512


@pytest.mark.skipif("landlock" not in TIERS, reason="this kernel has no Landlock")
def test_what_is_in_force_is_said_and_why_no_more(repository: Path, course: Path) -> None:
    said = "bwrap: setting up uid map: Permission denied"
    bwrap = written(repository.parent / "bin", {"bwrap": f"#!/bin/sh\necho '{said}' >&2; exit 1\n"}) / "bwrap"
    bwrap.chmod(0o755)
    around = github(repository)
    done = grade(repository, course, **around, PATH=f"{bwrap.parent}:{os.environ['PATH']}", GRADE_SANDBOX="auto")
    assert done.returncode == 0, done.stderr
    assert f"Landlock (files and signals shut in). bubblewrap could not be had: {said}" in done.stdout
    text, _ = ci_readers.markdown(Path(str(around["GITHUB_STEP_SUMMARY"])).read_bytes())
    assert "Permission denied" in text and "Landlock" in text


def test_apparmor_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bubblewrap, "APPARMOR", tmp_path / "restricted")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    written(
        tmp_path,
        {"restricted": "1\n", "bwrap": "#!/bin/sh\necho 'setting up uid map: Permission denied' >&2; exit 1\n"},
    )
    (tmp_path / "bwrap").chmod(0o755)
    monkeypatch.setattr(bubblewrap.shutil, "which", lambda name: str(tmp_path / "bwrap"))
    reason = bubblewrap.why_not()
    assert reason is not None and "Permission denied" in reason and "AppArmor" in reason
    assert tiers.passed_over("landlock") == {"bubblewrap": reason}
    written(tmp_path, {"restricted": "0\n"})
    assert "AppArmor" not in str(bubblewrap.why_not())
