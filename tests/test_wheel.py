"""The wheel: what is in it, and that it grades where it is installed, far from any checkout."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import rich
from world import ROOT, linux, written

from grader import __version__, places

pytestmark = pytest.mark.outside
pytest.importorskip("hatchling", reason="hatchling, which builds the wheel, is not installed")
if not (ROOT / "pyproject.toml").is_file() or places.PACKAGE.parent != ROOT:
    pytest.skip("there is no checkout to build from", allow_module_level=True)

BUILD = "import sys, hatchling.build; print(hatchling.build.build_wheel(sys.argv[1]))"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-c", BUILD, str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return folder / done.stdout.split()[-1]


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The Python of a virtual environment with the wheel in it, and what it depends on within reach."""
    folder = tmp_path_factory.mktemp("installed") / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    python = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    ask = "import sysconfig; print(sysconfig.get_path('purelib'))"
    packages = Path(subprocess.run([python, "-c", ask], capture_output=True, text=True, check=True).stdout.strip())
    with zipfile.ZipFile(wheel) as archive:  # which is all that installing a pure wheel is, but for the commands
        archive.extractall(packages)
    (packages / "others.pth").write_text(f"{Path(rich.__file__).parent.parent}\n")
    yield python
    shutil.rmtree(folder)


def names(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return {name for name in archive.namelist() if not name.endswith("/")}


def test_all_that_the_package_needs_is_in_it(wheel: Path) -> None:
    tracked = subprocess.run(
        ["git", "ls-files", "grader", "exercises", "solutions"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.splitlines()
    wanted = {name if name.startswith("grader/") else f"grader/{name}" for name in tracked}
    assert wanted - names(wheel) == set()
    for name in (
        "course.toml", "words.toml", "student/handout.toml", "help.toml", "lessons.toml",
        "checks/pytest.ini", "checks/ex12_iterators.py",
        "harness/__main__.py", "exercises/ex13_summary.py", "solutions/ex13_summary.py",
    ):  # fmt: skip
        assert f"grader/{name}" in names(wheel)
    for part in ("grader/templates/", ".bpf"):
        assert any(part in name for name in names(wheel))


def test_nothing_else_is_in_it(wheel: Path) -> None:
    tops = {name.split("/")[0] for name in names(wheel)}
    assert tops == {"grader", f"prograde-{__version__}.dist-info"}
    endings = {Path(name).suffix for name in names(wheel) if name.startswith("grader/")}
    assert endings <= {".py", ".toml", ".html", ".css", ".js", ".svg", ".ini", ".bpf", ".typed", ".yml", ".sh", ""}
    assert sorted(
        name for name in names(wheel) if "test" in name.lower().removeprefix("grader/judge/pytest_plugin")
    ) == [
        "grader/checks/pytest.ini",
        "grader/testview.py",
    ]


def test_wheel_says_what_it_is(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        told = {Path(name).name: archive.read(name).decode() for name in archive.namelist() if ".dist-info/" in name}
    assert wheel.name == f"prograde-{__version__}-py3-none-any.whl"
    assert "[console_scripts]\ngrade = grader.start:main" in told["entry_points.txt"]
    assert "Requires-Python: >=3.10" in told["METADATA"]
    assert "MIT" in told["LICENSE"]


@linux
def test_installed_it_grades_from_an_empty_folder(python: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    solution = (places.SOLUTIONS / "ex12_iterators.py").read_text("utf-8")
    folder = written(tmp_path / "handed in", {"ex12_iterators.py": solution})
    where = "import grader, grader.places as p; print(grader.__file__, p.EXERCISES, p.SOLUTIONS, sep='\\n')"
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [python, *arguments], cwd=tmp_path / "empty", env=environment, capture_output=True, text=True, check=False
        )

    assert all(line.startswith(str(python.parent.parent)) for line in run("-c", where).stdout.splitlines())
    graded = run(
        "-m", "grader", "run", str(folder), "--exercise", "ex12", "--json", "../result.json", "--html", "../page.html"
    )
    assert (graded.returncode, graded.stderr) == (0, "")
    result = json.loads((tmp_path / "result.json").read_bytes())
    assert result["score"] == result["max_score"] > 0
    assert "<html" in (tmp_path / "page.html").read_text("utf-8")
    assert list((tmp_path / "empty").iterdir()) == []
