"""The documentation: every command in it runs, in the order of its page, in a fresh copy with the package on the PATH.

Not run are the lines that set a machine up (they are named here), because they install into the system.
"""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from world import ROOT, linux, written

from grader import places

if places.PACKAGE.parent != ROOT or not (ROOT / "README.md").is_file():
    pytest.skip("there is no checkout to read", allow_module_level=True)

PAGES = [ROOT / "README.md", ROOT / "README.zh.md", *sorted((ROOT / "docs").rglob("*.md"))]
BLOCK = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r".*<<'(\w+)'.*\n(?:.*\n)*?\1$|(?:.*\\\n)*.+", re.MULTILINE)
SETS_UP = ("source .venv/bin/activate", "(SUDO=$(command -v sudo || true); ", "pip install ")
NEEDS = {"grade similar ": "copydetect"}  # what a command needs that is not installed with the rest
INSTALLED = re.compile(r"&& \.venv/bin/(grade .*)$")  # what such a line does when all is set up
BIN = Path(sys.executable).parent
FINE = "0|1"  # 1: not all is right, which is no fault of the command
LANG_ZH = re.compile(r" --lang zh$|(?<=export GRADE_LANG=)\w+")
LINK = re.compile(r"\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)")


def commands(page: Path) -> list[str]:
    """The commands of a page: a line each, but for what a backslash or a here-document goes on with."""
    text = "\n".join(BLOCK.findall(page.read_text("utf-8")))
    found = []
    for command in (each[0] for each in COMMAND.finditer(text)):
        if not command.startswith(SETS_UP):
            found.append(command)
        elif installed := INSTALLED.search(command):
            found.append(installed[1])
    missing = tuple(start for start, module in NEEDS.items() if importlib.util.find_spec(module) is None)
    return [command for command in found if command.strip() and not command.startswith(("#", *missing))]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A fresh copy of what is under version control, and a course folder may be made in it."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False).stdout
    names = [name for name in listed.decode().split("\0") if name and (ROOT / name).is_file()]
    if not names:
        pytest.skip("git does not know this checkout")
    for name in names:
        (tmp_path / "clone" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, tmp_path / "clone" / name)
    return tmp_path / "clone"


def test_every_page_is_read() -> None:
    assert {"README.md", "README.zh.md", "students.md", "teachers.md"} <= {page.name for page in PAGES}
    assert sum(len(commands(page)) for page in PAGES) > 40


@linux
@pytest.mark.thorough
@pytest.mark.timeout(900)
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_runs(page: Path, copy: Path, tmp_path: Path) -> None:
    if not (BIN / "grade").is_file():
        pytest.skip("the package is not installed beside this Python")
    steps = [
        f'{line}\ncase $? in {FINE}) ;; *) echo "FAILED: "{_quoted(line)} >&2; exit 3;; esac' for line in commands(page)
    ]
    script = written(tmp_path, {"script.sh": "\n".join(steps) + "\n"}) / "script.sh"
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "GRADE_"))}
    environment |= {"PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}", "HOME": str(tmp_path), "BROWSER": "true"}
    done = subprocess.run(
        ["bash", str(script)], cwd=copy, env={**environment, "PYTHONIOENCODING": "utf-8"}, stdin=subprocess.DEVNULL,
        capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode in (0, 1), done.stderr[-3000:]
    assert "grade: " not in done.stderr
    assert "Traceback" not in done.stderr + done.stdout
    assert "say out_of in the policy" not in done.stdout  # whatever an exercise is worth by now


def _quoted(line: str) -> str:
    return "'" + line.replace("'", "'\\''") + "'"


def test_the_pages_for_students_say_the_same() -> None:
    english, chinese = (
        [LANG_ZH.sub("", line) for line in commands(page)] for page in (ROOT / "docs/students.md", PAGES[1])
    )
    assert english == chinese


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    links = LINK.findall(page.read_text("utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []
