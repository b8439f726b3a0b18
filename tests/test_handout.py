"""A folder to work in: all is there, nothing of the student's is ever lost, and `grade` grades it as it is."""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import small_course
from world import linux, written

from grader import course as courses
from grader import places
from grader.misuse import Misuse
from grader.student import handout

EX03 = "ex03_arguments_and_globals"
STUBS = [f"{name}.py" for name in courses.read(places.KIT.course).exercises]
OTHERS = ["README.md", "conftest.py", ".gitignore", ".vscode/settings.json"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "我的 练习"


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_all_is_there(folder: Path) -> None:
    done = handout.hand_out(places.KIT, folder, "en")
    assert done.made == [*STUBS, *OTHERS]
    assert (done.there, done.saved) == ([], {})
    assert sorted(contents(folder)) == sorted(done.made)
    assert all((folder / name).read_bytes() == (places.EXERCISES / name).read_bytes() for name in STUBS)
    assert json.loads((folder / ".vscode/settings.json").read_bytes())["python.testing.pytestEnabled"] is True
    assert sys.executable in (folder / ".vscode/settings.json").read_text("utf-8")


@pytest.mark.parametrize(("lang", "said"), [("en", "Each `ex*.py` file is one exercise"), ("zh", "每个 `ex*.py` 文件")])
def test_readme_is_in_the_language_that_is_asked_for(folder: Path, lang: str, said: str) -> None:
    handout.hand_out(places.KIT, folder, lang)
    readme = (folder / "README.md").read_text("utf-8")
    assert said in readme
    assert not re.search(r"\{\w+\}", readme)


def test_nothing_is_written_over(folder: Path) -> None:
    written(folder, {f"{EX03}.py": "mine = 1\n", "README.md": "my own\n"})
    done = handout.hand_out(places.KIT, folder, "en")
    assert done.there == [f"{EX03}.py", "README.md"]
    assert contents(folder)["README.md"] == b"my own\n"
    assert contents(folder)[f"{EX03}.py"] == b"mine = 1\n"


def test_a_link_to_nowhere_is_something(folder: Path) -> None:
    folder.mkdir()
    (folder / "README.md").symlink_to("nowhere")
    assert handout.hand_out(places.KIT, folder, "en").there == ["README.md"]
    assert not (folder / "nowhere").exists()


def test_by_force_a_copy_of_each_is_kept(folder: Path) -> None:
    for number, copy in ((1, ".bak"), (2, ".bak2"), (3, ".bak3")):
        written(folder, {f"{EX03}.py": f"mine = {number}\n"})
        done = handout.hand_out(places.KIT, folder, "en", force=True)
        assert done.saved == {f"{EX03}.py": f"{EX03}.py{copy}"}
        assert contents(folder)[f"{EX03}.py{copy}"] == f"mine = {number}\n".encode()
    assert handout.is_stub(places.KIT, folder, EX03)
    assert handout.hand_out(places.KIT, folder, "en", force=True).made == []


def test_one_stub_is_put_back(folder: Path) -> None:
    handout.hand_out(places.KIT, folder, "en")
    written(folder, {f"{EX03}.py": "mine = 1\n", STUBS[0]: "mine = 2\n"})
    assert handout.put_back(places.KIT, folder, EX03) == folder / f"{EX03}.py.bak"
    assert handout.is_stub(places.KIT, folder, EX03)
    assert contents(folder)[STUBS[0]] == b"mine = 2\n"
    (folder / f"{EX03}.py").unlink()
    assert handout.put_back(places.KIT, folder, EX03) is None


def folder_at(path: Path) -> None:
    path.mkdir(parents=True)


def pipe_at(path: Path) -> None:
    path.parent.mkdir(parents=True)
    os.mkfifo(path)


@linux
@pytest.mark.parametrize(("put", "said"), [(folder_at, "is a folder"), (pipe_at, "no ordinary file")])
def test_what_is_no_file_is_told_and_left(folder: Path, put: Callable[[Path], None], said: str) -> None:
    put(folder / f"{EX03}.py")
    with pytest.raises(Misuse, match=said):
        handout.put_back(places.KIT, folder, EX03)
    with pytest.raises(Misuse, match=said):
        handout.hand_out(places.KIT, folder, "en", force=True)
    assert not (folder / f"{EX03}.py").is_file()


def test_where_no_copy_can_be_kept_nothing_is_replaced(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(folder, {f"{EX03}.py": "mine = 1\n"})

    def full(path: Path, content: bytes, *, durable: bool = False) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", str(path))

    monkeypatch.setattr(handout, "write_atomically", full)
    with pytest.raises(OSError, match="No space"):
        handout.put_back(places.KIT, folder, EX03)
    assert contents(folder) == {f"{EX03}.py": b"mine = 1\n"}


def test_a_course_of_ones_own_is_handed_out_too(folder: Path, tmp_path: Path) -> None:
    home = places.home(small_course.make(tmp_path / "course"))
    assert handout.hand_out(home, folder, "en").made == [f"{small_course.EXERCISE}.py", *OTHERS]
    assert str(home.course.parent) in (folder / "conftest.py").read_text("utf-8")


def test_what_is_not_to_be_handed_in_is_ignored(folder: Path) -> None:
    git = shutil.which("git")
    assert git, "git is not installed"
    handout.hand_out(places.KIT, folder, "en")
    handout.put_back(places.KIT, written(folder, {f"{EX03}.py": "mine = 1\n", "report.html": "x"}), EX03)
    import subprocess

    subprocess.run([git, "init", "-q", str(folder)], check=True)
    listed = subprocess.run([git, "-C", str(folder), "status", "--short", "-uall"], capture_output=True, check=True)
    assert b".bak" not in listed.stdout
    assert b"report.html" not in listed.stdout
    assert b"README.md" in listed.stdout
