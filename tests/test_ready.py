"""What is ready to use in CI: valid where a schema is published, pinned, and each shell step run as its place runs it.

What the steps reach out for is on this machine: the package index is a folder with the wheel of this checkout, and
apt-get and sudo do nothing.
"""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import json
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import ci_readers
import pytest
import rich
import small_course
import yaml
from world import ROOT, linux, written

from grader import __version__, cli, places
from grader.formats import ready
from grader.result import from_json

BUILD = "import sys, hatchling.build; print(hatchling.build.build_wheel(sys.argv[1]))"
ACTION = ROOT / "action.yml"
SHELLS = {"bash": ["bash", "--noprofile", "--norc", "-eo", "pipefail"], "sh": ["bash", "-eo", "pipefail"]}
HOSTILE = {  # what must have no say in what is installed, nor in what is graded
    **{f"{name}.py": "raise SystemExit('theirs')\n" for name in ("grader", "pip", "pytest", "sitecustomize", "json")},
    "conftest.py": "raise SystemExit('theirs')\n",
    "pytest.ini": "[pytest]\naddopts = --collect-only\n",
    "pyproject.toml": "[project\n",
    "grade-result.json": "{}",
    "grade-junit.xml": "<testsuites/>",
    "result.json": "{}",
}


def grade(monkeypatch: pytest.MonkeyPatch, *arguments: object) -> Any:
    monkeypatch.setattr(sys, "argv", ["grade", *map(str, arguments)])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    return ended.value.code


# --- as they stand


@pytest.mark.parametrize("where", ["github", "gitlab"])
def test_workflow_is_made_and_valid(where: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert grade(monkeypatch, "init", tmp_path / "made", "--ci", where, "--lang", "en") == 0
    path = tmp_path / "made" / ready.WORKFLOWS[where]
    validate(path, {"github": "vendor.github-workflows", "gitlab": "vendor.gitlab-ci"}[where])
    assert ready.PINNED in path.read_text("utf-8")


@pytest.mark.skipif(not ACTION.is_file(), reason="the action is in the checkout alone")
def test_action_is_valid() -> None:
    validate(ACTION, "vendor.github-actions")


def validate(path: Path, schema: str) -> None:
    pytest.importorskip("check_jsonschema")
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_templates_are_pinned_and_whole() -> None:
    for path in (path for path in places.TEMPLATES.rglob("*") if path.is_file()):
        text = path.read_text("utf-8")
        assert set(re.findall(r"prograde==([\w.]+)", text)) <= {__version__}, path
        assert not re.search(r"(?<!\$)\{(?:version|package|arguments)\}", text), path


def test_zip_is_the_same_twice_and_has_what_was_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    course = small_course.make(tmp_path / "course")
    wheel = written(tmp_path, {"a b-1.whl": "wheel"}) / "a b-1.whl"
    for name in ("one.zip", "two.zip"):
        options = ("--course", course, "--wheel", wheel, "--exercise", "ex01", "--reveal", "own", "--lang", "zh")
        assert grade(monkeypatch, "gradescope-zip", tmp_path / name, *options, "--visibility", "after_due_date") == 0
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "one.zip") as archive:
        run, setup = (archive.read(name).decode() for name in ("run_autograder", "setup.sh"))
        names = set(archive.namelist())
        modes = {name: archive.getinfo(name).external_attr >> 16 & 0o777 for name in ("run_autograder", "setup.sh")}
    assert "ci --place gradescope --lang zh --visibility after_due_date --reveal own --exercise ex01_double" in run
    assert run.rstrip().endswith('--course "$ROOT/source/course"')
    assert "'./a b-1.whl'" in setup and ready.PINNED not in setup
    assert {"a b-1.whl", "course/course.toml", "course/checks/ex01_double.py"} <= names
    assert not any("solutions" in name for name in names)
    assert set(modes.values()) == {0o755}
    for text in (run, setup):
        subprocess.run(["bash", "-n"], input=text, text=True, check=True)


def test_zip_refuses_what_is_no_wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert grade(monkeypatch, "gradescope-zip", tmp_path / "x.zip", "--wheel", tmp_path / "no.whl") == 2
    assert grade(monkeypatch, "gradescope-zip", tmp_path / "x.zip", "--visibility", "never") == 2
    assert not (tmp_path / "x.zip").exists()


# --- as they run


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel of this checkout; with it installed, what it depends on is within reach."""
    pytest.importorskip("hatchling", reason="hatchling, which builds the wheel, is not installed")
    if places.PACKAGE.parent != ROOT:
        pytest.skip("there is no checkout to build from")
    folder = tmp_path_factory.mktemp("index")
    command = [sys.executable, "-c", BUILD, str(folder)]
    subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    (wheel,) = folder.glob("*.whl")
    _add(wheel, "others.pth", f"{Path(rich.__file__).parent.parent}\n".encode())
    return folder


def _add(wheel: Path, name: str, content: bytes) -> None:
    """`name` is in the wheel, too, and in its list."""
    with zipfile.ZipFile(wheel) as archive:
        files = {each: archive.read(each) for each in archive.namelist()}
    record = next(each for each in files if each.endswith(".dist-info/RECORD"))
    digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
    line = io.StringIO()
    csv.writer(line).writerow([name, f"sha256={digest}", len(content)])
    files |= {name: content, record: files[record].rstrip() + b"\n" + line.getvalue().encode()}
    with zipfile.ZipFile(wheel, "w") as archive:
        for each, data in files.items():
            archive.writestr(each, data)


@pytest.fixture
def machine(tmp_path: Path, index: Path) -> dict[str, str]:
    """The environment of a runner."""
    fake = f'#!/bin/sh\necho "$(basename "$0") $*" >> {tmp_path}/asked\n'
    python = f'#!/bin/sh\nexec {sys.executable} "$@"\n'
    tools = {"apt-get": fake, "sudo": fake, "python": python, "python3": python}
    for path in (written(tmp_path / "bin", tools) / name for name in tools):
        path.chmod(0o755)
    kept = {name: os.environ[name] for name in ("HOME", "TMPDIR", "GRADE_SANDBOX") if name in os.environ}
    return {
        **kept,
        "PATH": f"{tmp_path / 'bin'}:{os.environ['PATH']}",
        "LANG": "C.UTF-8",
        "PIP_NO_INDEX": "1",
        "PIP_NO_DEPS": "1",
        "PIP_FIND_LINKS": str(index),
    }


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A student's: one exercise is right, one is wrong, and there is more in it than exercises."""
    right = (places.SOLUTIONS / "ex12_iterators.py").read_text("utf-8")
    wrong = (places.EXERCISES / "ex01_first_process.py").read_text("utf-8") + "\nx = 1\n"
    files = {"exercises/ex12_iterators.py": right, "exercises/ex01_first_process.py": wrong, **HOSTILE}
    return written(tmp_path / "work" / "hw-ada", files)


def shell(script: str, where: Path, environment: Mapping[str, str], kind: str = "bash") -> int:
    done = subprocess.run([*SHELLS[kind], "-c", script], cwd=where, env=environment, capture_output=True, text=True)
    assert "theirs" not in done.stdout + done.stderr, done.stderr
    assert done.returncode in (0, 1), done.stdout + done.stderr
    return done.returncode


def github(tmp_path: Path, repository: Path) -> dict[str, str]:
    files = {name: str(tmp_path / name) for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
    for path in files.values():
        Path(path).write_text("")
    (tmp_path / "temp").mkdir()
    return {
        "GITHUB_ACTIONS": "true",
        "GITHUB_WORKSPACE": str(repository),
        "RUNNER_TEMP": str(tmp_path / "temp"),
        **files,
    }


def steps(listed: list[dict[str, Any]], inputs: Mapping[str, str]) -> Iterator[tuple[dict[str, Any], dict[str, str]]]:
    """The steps with a script of their own, and what stands in their environment."""

    def filled(found: re.Match[str]) -> str:
        return inputs[found[1]]

    for step in listed:
        if "run" in step:
            assert "${{" not in step["run"], "an expression in a script is a hole"
            said = {key: re.sub(r"\$\{\{ (\S+) \}\}", filled, value) for key, value in step.get("env", {}).items()}
            yield step, said


def run_all(listed: Any, repository: Path, environment: Mapping[str, str], inputs: Mapping[str, str]) -> list[int]:
    statuses = []
    for step, said in steps(listed, inputs):
        where = Path(step.get("working-directory", repository))
        statuses.append(shell(step["run"], where, {**environment, **said}))
    return statuses


def seen_on_github(tmp_path: Path) -> dict[str, str]:
    result = from_json((tmp_path / "temp" / "report" / "result.json").read_bytes())
    assert result.complete and 0 < result.score < result.max_score
    assert "<html" in (tmp_path / "temp" / "report" / "report.html").read_text("utf-8")
    assert "| Exercise |" in (tmp_path / "GITHUB_STEP_SUMMARY").read_text("utf-8")
    return ci_readers.outputs((tmp_path / "GITHUB_OUTPUT").read_text("utf-8"))


@linux
@pytest.mark.thorough
def test_workflow_of_github_runs(tmp_path: Path, machine: dict[str, str], repository: Path) -> None:
    workflow = yaml.safe_load((places.TEMPLATES / "github" / "grade.yml").read_text("utf-8"))
    environment = {**machine, **github(tmp_path, repository), **workflow["env"]}
    assert run_all(workflow["jobs"]["grade"]["steps"], repository, environment, {}) == [0, 0, 1]
    assert seen_on_github(tmp_path)["status"] == "fail"
    assert "bubblewrap" in (tmp_path / "asked").read_text()


@linux
@pytest.mark.thorough
@pytest.mark.skipif(not ACTION.is_file(), reason="the action is in the checkout alone")
@pytest.mark.parametrize(("asked", "status"), [("ex12", 0), ("ex01 ex12", 1)])
def test_action_runs(asked: str, status: int, tmp_path: Path, machine: dict[str, str], repository: Path) -> None:
    action = yaml.safe_load(ACTION.read_text("utf-8"))
    inputs = {f"inputs.{name}": told.get("default", "") for name, told in action["inputs"].items()}
    asked_for = {"inputs.exercises": asked, "inputs.version": __version__, "inputs.reveal": "kind"}
    inputs |= {"github.action_path": str(ROOT), **asked_for}
    environment = {**machine, **github(tmp_path, repository)}
    assert run_all(action["runs"]["steps"], repository, environment, inputs) == [0, 0, status]
    told = ci_readers.outputs((tmp_path / "GITHUB_OUTPUT").read_text("utf-8"))
    values = {f"${{{{ steps.grade.outputs.{name} }}}}" for name in told}
    assert {output["value"] for output in action["outputs"].values()} <= values
    assert "Hint" not in (tmp_path / "GITHUB_STEP_SUMMARY").read_text("utf-8")


@linux
@pytest.mark.thorough
def test_job_of_gitlab_runs(tmp_path: Path, machine: dict[str, str], repository: Path) -> None:
    job = yaml.safe_load((places.TEMPLATES / "gitlab" / ".gitlab-ci.yml").read_text("utf-8"))["grade"]
    around = {"GITLAB_CI": "true", "CI_PROJECT_DIR": str(repository), "GRADE_HOME": str(tmp_path / "grade")}
    script = "\n".join(job["script"])
    assert shell(script, repository, {**machine, **around, **job["variables"]}, "sh") == 1
    kept = job["artifacts"]
    assert kept["when"] == "always" and all((repository / name).is_file() for name in kept["paths"])
    suites = ci_readers.junit((repository / kept["reports"]["junit"]).read_bytes())
    assert ("success", "") in [found for group, cases in suites.items() if "ex12" in group for found in cases.values()]
    assert from_json((repository / "grade-result.json").read_bytes()).score > 0


@linux
@pytest.mark.thorough
def test_autograder_of_classroom50_runs(tmp_path: Path, machine: dict[str, str], repository: Path) -> None:
    hook = places.TEMPLATES / "classroom50" / "autograder.py"
    around = {
        "CLASSROOM": "c",
        "ASSIGNMENT": "a",
        "SUBMISSION_TAG": "submit/2026-06-01T14-32-05Z-a1b2c3d",
        "OWNER": "ada",
    }
    assert shell(f"python {hook}", repository, {**machine, **github(tmp_path, repository), **around}) == 0
    report = ci_readers.classroom50((repository / "result.json").read_bytes())
    assert (report["owner"], report["complete"]) == ("ada", True) and 0 < report["score"] < report["max-score"]
    assert (repository / "release-body.md").is_file()


@linux
@pytest.mark.thorough
def test_zip_of_gradescope_runs(
    tmp_path: Path, machine: dict[str, str], repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    box = tmp_path / "autograder"
    for name in ("source", "results"):
        (box / name).mkdir(parents=True)
    repository.rename(box / "submission")
    assert grade(monkeypatch, "gradescope-zip", tmp_path / "made.zip", "--lang", "en", "--exercise", "ex12") == 0
    zipfile.ZipFile(tmp_path / "made.zip").extractall(box / "source")
    environment = {**machine, "GRADE_AUTOGRADER": str(box)}
    assert shell(f"bash {box}/source/setup.sh", box, environment) == 0
    assert shell(f"bash {box}/source/run_autograder", box, environment) == 0
    report = ci_readers.gradescope((box / "results" / "results.json").read_bytes())
    assert report["score"] == sum(test["max_score"] for test in report["tests"]) > 0
    assert json.dumps(report["extra_data"]["complete"]) == "true"
