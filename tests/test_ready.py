"""What is ready to use in CI: each file is valid, and its own shell steps grade a student's repository made here."""

from __future__ import annotations

import io
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
from world import ROOT, linux, written

from grader import __version__, cli, places, ready
from grader.result import from_json

yaml = pytest.importorskip("ruamel.yaml", reason="it comes with check-jsonschema")
if not (ROOT / "action.yml").is_file():
    pytest.skip("there is no checkout", allow_module_level=True)

BUILD = "import sys, hatchling.build; print(hatchling.build.build_wheel(sys.argv[1]))"
EXERCISE = "ex12_iterators"
MODULES = ("pip", "venv", "grader/__init__", "grader/cli", "sitecustomize", "conftest", "typing")
FORGED = {f"{name}.py": 'raise SystemExit("forged")\n' for name in MODULES} | {
    "grader/course.toml": "", "pytest.ini": "[pytest]\npython_functions = none\n", "course.toml": 'id = "forged"\n',
    "pip.conf": "[global]\nindex-url = https://example.org\n", "results.json": '{"score": 100}', "result.json": "{}",
    "grade-junit.xml": "<testsuites/>", "release-body.md": "forged", f"checks/{EXERCISE}.py": "",
}  # fmt: skip


# --- valid


@pytest.mark.parametrize(
    ("schema", "file"),
    [
        ("github-workflows", "templates/github/grade.yml"),
        ("github-actions", "action.yml"),
        ("gitlab-ci", "templates/gitlab/.gitlab-ci.yml"),
    ],
)
def test_files_are_valid_by_their_schema(schema: str, file: str) -> None:
    pytest.importorskip("check_jsonschema")
    more = ["--data-transform", "gitlab-ci"] if schema == "gitlab-ci" else []
    command = [
        sys.executable,
        "-m",
        "check_jsonschema",
        "--builtin-schema",
        f"vendor.{schema}",
        *more,
        str(ROOT / file),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("file", ["templates/github/grade.yml", "action.yml"])
def test_nothing_that_others_say_is_put_into_a_script(file: str) -> None:
    assert [step["run"] for step in steps(load(ROOT / file)) if "${{" in step.get("run", "")] == []


@pytest.mark.parametrize("where", ready.WORKFLOWS)
def test_init_writes_the_workflow_with_the_version_pinned(
    where: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["grade", "init", str(tmp_path / "work"), "--ci", where])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 0
    assert f"prograde=={__version__}" in (tmp_path / "work" / ready.WORKFLOWS[where]).read_text("utf-8")


def test_zip_for_gradescope_has_its_files_at_the_root() -> None:
    with zipfile.ZipFile(io.BytesIO(ready.gradescope_zip(["--lang", "zh; rm -rf /"]))) as archive:
        assert archive.namelist() == ["setup.sh", "run_autograder"]
        assert all(info.external_attr >> 16 & 0o111 for info in archive.infolist())
        assert "'zh; rm -rf /'" in archive.read("run_autograder").decode()
        assert f"prograde=={__version__}" in archive.read("setup.sh").decode()


def test_zip_takes_a_course_along(tmp_path: Path) -> None:
    course = small_course.make(tmp_path / "course")
    with zipfile.ZipFile(io.BytesIO(ready.gradescope_zip([], course=course))) as archive:
        names = set(archive.namelist())
        assert '--course "$ROOT/source/course"' in archive.read("run_autograder").decode()
    assert {f"course/checks/{small_course.EXERCISE}.py", "course/course.toml"} <= names
    assert not any("solutions" in name or "submissions" in name for name in names)


# --- run


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("hatchling")
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-c", BUILD, str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return folder / done.stdout.split()[-1]


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """One exercise right, one wrong, one that hangs, and whatever else may mislead."""
    right = (places.SOLUTIONS / f"{EXERCISE}.py").read_text("utf-8")
    hangs = "def start_process(target):\n    import threading\n    threading.Event().wait()\n"
    return written(tmp_path / "repository", {f"{EXERCISE}.py": right, "ex01_first_process.py": hangs, **FORGED})


class Runner:
    """A machine of CI: `sudo` and `apt-get` only note that they were called, and pip installs without an index."""

    def __init__(self, home: Path, **around: object) -> None:
        self.tools = home / "tools"
        self.tools.mkdir(parents=True)
        for name in ("sudo", "apt-get", "apparmor_parser"):
            (self.tools / name).write_text('#!/bin/sh\necho "$0 $*" >> "$0.called"\n')
            (self.tools / name).chmod(0o755)
        python = Path(sys.executable).parent
        for name in ("python", "python3"):
            (self.tools / name).symlink_to(python / "python3")
        kept = {name: value for name, value in os.environ.items() if name in ("HOME", "USER", "TMPDIR")}
        self.around = {**kept, "PATH": f"{self.tools}:/usr/bin:/bin:/usr/sbin", "LANG": "C.UTF-8",
                       "PIP_NO_INDEX": "1", "PIP_NO_DEPS": "1"}  # fmt: skip
        self.around.update({name: str(value) for name, value in around.items()})

    def run(self, script: str, where: Path, **more: object) -> subprocess.CompletedProcess[str]:
        command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script]
        around = {**self.around, **{name: str(value) for name, value in more.items()}}
        return subprocess.run(command, cwd=where, env=around, capture_output=True, text=True, check=False, timeout=300)

    def complete(self, venv: Path) -> None:
        """What the grader needs, within reach of a virtual environment made without an index."""
        (packages,) = venv.glob("lib/python3.*/site-packages")
        (packages / "others.pth").write_text(f"{Path(rich.__file__).parent.parent}\n")


def load(path: Path) -> Any:
    return yaml.YAML(typ="safe").load(path.read_text("utf-8"))


def steps(file: Any) -> list[dict[str, Any]]:
    return list(file["runs"]["steps"] if "runs" in file else file["jobs"]["grade"]["steps"])


def filled(text: object, facts: Mapping[str, object]) -> str:
    return re.sub(r"\$\{\{ *([\w.-]+) *\}\}", lambda found: str(facts[found[1]]), str(text))


def github(file: Path, runner: Runner, repository: Path, facts: Mapping[str, object]) -> Iterator[Any]:
    """Runs the shell steps in their order; what each of them gave."""
    whole = load(file)
    for step in steps(whole):
        if "run" in step:
            own = {name: filled(value, facts) for name, value in step.get("env", {}).items()}
            yield runner.run(step["run"], Path(step.get("working-directory", repository)), **own)
            if (venv := Path(runner.around["RUNNER_TEMP"]) / "grade").is_dir():
                runner.complete(venv)


def graded(path: Path) -> dict[str, tuple[int, int]]:
    return {exercise.id: (exercise.score, exercise.max_score) for exercise in from_json(path.read_bytes()).exercises}


def check_points(points: dict[str, tuple[int, int]]) -> None:
    """The right one has all of its points, the others do not: whatever the repository says of checks."""
    score, most = points[EXERCISE]
    assert score == most > 0
    score, most = points["ex01_first_process"]
    assert 0 <= score < most


@linux
@pytest.mark.thorough
@pytest.mark.parametrize("file", ["templates/github/grade.yml", "action.yml"])
def test_github_steps_grade_a_repository(file: str, wheel: Path, repository: Path, tmp_path: Path) -> None:
    temp, told = tmp_path / "temp", {name: tmp_path / name for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
    temp.mkdir()
    runner = Runner(
        tmp_path, GITHUB_ACTIONS="true", GITHUB_WORKSPACE=repository, RUNNER_TEMP=temp, PROGRADE=wheel, **told
    )
    inputs = {
        "inputs.path": ".",
        "inputs.version": "",
        "inputs.exercises": "",
        "inputs.lang": "en",
        "inputs.reveal": "",
    }
    *before, last = github(ROOT / file, runner, repository, {**inputs, "github.action_path": wheel})
    assert [done.returncode for done in before] == [0, 0], [done.stderr for done in before]
    assert last.returncode == 1, last.stdout + last.stderr
    check_points(graded(temp / "report" / "result.json"))
    assert (temp / "report" / "report.html").is_file()
    errors = [command for command in ci_readers.commands(last.stdout) if command[0] == "error"]
    assert errors[0][1]["file"] == "ex01_first_process.py"
    assert ci_readers.outputs(told["GITHUB_OUTPUT"].read_text())["status"] == "fail"
    ci_readers.markdown(told["GITHUB_STEP_SUMMARY"].read_bytes())


@linux
@pytest.mark.thorough
def test_gitlab_script_grades_a_repository(wheel: Path, repository: Path, tmp_path: Path) -> None:
    script = load(ROOT / "templates/gitlab/.gitlab-ci.yml")["grade"]["script"]
    runner = Runner(tmp_path, GITLAB_CI="true", CI_PROJECT_DIR=repository, PROGRADE=wheel, GRADE_HOME=tmp_path / "home")
    done = runner.run("\n".join(script[:-1]), repository)
    assert done.returncode == 0, done.stderr
    runner.complete(tmp_path / "home")
    done = runner.run(script[-1], repository)
    assert done.returncode == 1, done.stdout + done.stderr
    check_points(graded(repository / "grade-result.json"))
    assert (repository / "grade-report.html").is_file()
    assert "failure" in {
        kind
        for kind, _ in ci_readers.junit((repository / "grade-junit.xml").read_bytes())["ex01.start_process"].values()
    }


@linux
@pytest.mark.thorough
def test_gradescope_zip_grades_a_submission(wheel: Path, repository: Path, tmp_path: Path) -> None:
    root = tmp_path / "autograder"
    with zipfile.ZipFile(io.BytesIO(ready.gradescope_zip(["--place", "gradescope"], wheel=wheel))) as archive:
        archive.extractall(root / "source")
    repository.rename(root / "submission")
    (root / "results").mkdir()
    runner = Runner(tmp_path, GRADE_AUTOGRADER=root)
    setup = (root / "source" / "setup.sh").read_text().replace('"$ROOT/venv/bin/grade" --version', "true")
    done = runner.run(setup, root)
    assert done.returncode == 0, done.stderr
    runner.complete(root / "venv")
    done = runner.run((root / "source" / "run_autograder").read_text(), root)
    assert done.returncode == 0, done.stderr
    tests = ci_readers.gradescope((root / "results" / "results.json").read_bytes())["tests"]
    check_points({EXERCISE: _points(tests, "12."), "ex01_first_process": _points(tests, "1.")})
    assert any("hung" in test["tags"] for test in tests)


def _points(tests: list[Any], number: str) -> tuple[int, int]:
    found = [test for test in tests if test["number"].startswith(number) and "bonus" not in test["tags"]]
    return sum(test["score"] for test in found), sum(test["max_score"] for test in found)


@linux
@pytest.mark.thorough
def test_classroom50_autograder_grades_a_repository(wheel: Path, repository: Path, tmp_path: Path) -> None:
    temp = tmp_path / "temp"
    temp.mkdir()
    script = tmp_path / "autograder.py"
    script.write_text(
        (ROOT / "templates/classroom50/autograder.py").read_text("utf-8").replace("{version}", __version__)
    )
    runner = Runner(
        tmp_path, GITHUB_ACTIONS="true", CLASSROOM="c", ASSIGNMENT="a", SUBMISSION_TAG="submit/2026-06-01T14-32-05Z-a",
        OWNER="ada", COMMIT_URL="https://example.org/c", GITHUB_OUTPUT=tmp_path / "out", RUNNER_TEMP=temp,
        PROGRADE=wheel,
    )  # fmt: skip
    packages = Path(rich.__file__).parent.parent  # put within reach by the last that is called before it grades
    (runner.tools / "sudo").write_text(
        f'#!/bin/sh\nfor folder in lib/python3.*/site-packages; do echo "{packages}" > "$folder/others.pth"; done\n'
    )
    done = runner.run(f"exec python {script}", repository)
    assert done.returncode == 0, done.stdout + done.stderr
    report = ci_readers.classroom50((repository / "result.json").read_bytes())
    assert report["owner"] == "ada" and 0 < report["score"] < report["max-score"]
    assert ci_readers.outputs((tmp_path / "out").read_text())["status"] == "fail"
