"""Taking a submission in: which files are copied, and that nothing odd in a folder can lead anywhere or hold us up."""

from __future__ import annotations

import errno
import os
import socket
import stat
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from grader.walls import staging

posix = pytest.mark.skipif(os.name != "posix", reason="file names and kinds of POSIX")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    (tmp_path / "source").mkdir()
    return tmp_path / "source"


@pytest.fixture
def target(tmp_path: Path) -> Path:
    (tmp_path / "target").mkdir()
    return tmp_path / "target"


@pytest.fixture
def umask() -> Iterator[None]:
    before = os.umask(0o077)
    yield
    os.umask(before)


def write(folder: Path, *names: str, text: str = "x") -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)


def files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_regular_files_are_copied_with_their_folders(source: Path, target: Path) -> None:
    write(source, "ex01.py", "helpers/__init__.py", "helpers/deep/er.py", ".hidden", "data.csv")
    (source / "empty").mkdir()
    assert staging.take_in(source, target) == 5
    assert files(target) == [".hidden", "data.csv", "ex01.py", "helpers/__init__.py", "helpers/deep/er.py"]
    assert not (target / "empty").exists()


@posix
def test_what_stays_behind_is_called_what_it_is(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(source, "file")
    (source / "folder").mkdir()
    (source / "dangling").symlink_to("nowhere")
    (source / "link").symlink_to("file")
    os.mkfifo(source / "pipe")
    names = ("file", "folder", "dangling", "link", "pipe", "nothing")
    assert [staging.barred(source / name) for name in names] == [None, "folder", "link", "link", "special", None]

    def refuse(path: Path) -> int:
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    monkeypatch.setattr(staging, "open_file", refuse)  # whoever runs as root may read everything
    assert staging.barred(source / "file") == "closed"


def test_content_is_the_same_to_the_byte(source: Path, target: Path) -> None:
    content = {"crlf.py": b"\xef\xbb\xbfa\r\nb\r", "large.bin": os.urandom(3 << 20), "empty.py": b""}
    for name, data in content.items():
        (source / name).write_bytes(data)
    staging.take_in(source, target)
    assert {path.name: path.read_bytes() for path in target.iterdir()} == content


@posix
def test_copy_can_be_read_by_all_and_run_by_none(source: Path, target: Path, umask: None) -> None:
    write(source, "ex01.py", "helpers/deep/er.py")
    (source / "ex01.py").chmod(0o4777)
    staging.take_in(source, target)
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in target.rglob("*")}
    assert modes == {"ex01.py": 0o644, "helpers": 0o755, "deep": 0o755, "er.py": 0o644}


@pytest.mark.parametrize("name", sorted(staging.LEFT_OUT))
def test_what_no_student_writes_is_left_out(source: Path, target: Path, name: str) -> None:
    write(source, "ex01.py", f"{name}/inside.py", f"helpers/{name}/inside.py")
    staging.take_in(source, target)
    assert files(target) == ["ex01.py"]


def test_virtual_environments_and_compiled_code_are_left_out(source: Path, target: Path) -> None:
    write(source, "ex01.py", "ex01.pyc", "ex02.pyo", "mine/pyvenv.cfg", "mine/lib/os.py", "venv.py", "git/x.py")
    staging.take_in(source, target)
    assert files(target) == ["ex01.py", "git/x.py", "venv.py"]


@posix
def test_links_are_left_behind_wherever_they_point(source: Path, target: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    write(secret, "key.txt")
    write(source, "ex01.py")
    for name, to in {
        "file.py": secret / "key.txt", "folder": secret, "itself": source, "loop": source / "loop", "up": Path(".."),
        "near.py": Path("ex01.py"), "nowhere.py": tmp_path / "nowhere", "null.py": Path("/dev/null"),
    }.items():  # fmt: skip
        (source / name).symlink_to(to)
    assert staging.take_in(source, target) == 1
    assert os.listdir(target) == ["ex01.py"]


@posix
def test_submission_may_itself_be_reached_by_a_link(source: Path, target: Path, tmp_path: Path) -> None:
    write(source, "ex01.py")
    (tmp_path / "link").symlink_to(source)
    assert staging.take_in(tmp_path / "link", target) == 1


@posix
def test_pipes_and_sockets_neither_hold_us_up_nor_are_copied(source: Path, target: Path) -> None:
    write(source, "ex01.py")
    os.mkfifo(source / "ex02.py")
    with socket.socket(socket.AF_UNIX) as server:
        folder = os.open(source, os.O_RDONLY)
        server.bind(f"/proc/self/fd/{folder}/ex03.py" if sys.platform == "linux" else str(source / "ex03.py"))
        os.close(folder)
        assert (source / "ex03.py").exists()
        assert staging.take_in(source, target) == 1
    assert os.listdir(target) == ["ex01.py"]


def swapped(at: Path, change: Callable[[], object]) -> Callable[[Path], int]:
    """To open files by: `change` happens after `at` was seen, and before it is opened."""
    open_file = staging.open_file

    def opened(path: Path) -> int:
        if path == at:
            change()
        return open_file(path)

    return opened


@posix
@pytest.mark.parametrize("to", ["pipe", "link", "nothing"])
def test_file_that_turns_into_something_else_meanwhile_is_left_out_and_no_other(
    source: Path, target: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, to: str
) -> None:
    write(tmp_path, "secret.txt")
    write(source, "ex01.py", "ex02.py", "ex03.py")

    def change() -> None:
        (source / "ex02.py").unlink()
        if to == "pipe":
            os.mkfifo(source / "ex02.py")
        elif to == "link":
            (source / "ex02.py").symlink_to(tmp_path / "secret.txt")

    monkeypatch.setattr(staging, "open_file", swapped(source / "ex02.py", change))
    left: list[str] = []
    assert staging.take_in(source, target, left.append) == 2
    assert files(target) == ["ex01.py", "ex03.py"]
    assert len(left) == 1
    assert left[0].startswith("ex02.py: ")


@pytest.mark.parametrize("error", [PermissionError(13, "Permission denied"), FileNotFoundError(2, "No such file")])
def test_folder_that_cannot_be_read_is_left_out_and_no_other(
    source: Path, target: Path, monkeypatch: pytest.MonkeyPatch, error: OSError
) -> None:
    write(source, "ex01.py", "closed/x.py", "open/x.py")
    scandir = os.scandir

    def scanned(folder: Path) -> Any:
        if folder == source / "closed":
            raise error
        return scandir(folder)

    monkeypatch.setattr(os, "scandir", scanned)
    left: list[str] = []
    assert staging.take_in(source, target, left.append) == 2
    assert left == [f"closed: {error.strerror}, left out"]
    monkeypatch.undo()
    assert files(target) == ["ex01.py", "open/x.py"]


def test_descriptor_that_is_not_to_be_had_is_our_failure(
    source: Path, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise OSError(errno.EMFILE, "Too many open files")

    write(source, "ex01.py", "ex02.py")
    monkeypatch.setattr(staging, "open_file", swapped(source / "ex02.py", fail))
    with pytest.raises(OSError, match="Too many open files"):
        staging.take_in(source, target)


ODD_NAMES = [
    b"-rf", b"--help.py", "练习一.py".encode(), "进程/池.py".encode(), b"new\nline.py", b"tab\t.py", b" ", b"a b.py",
    b"\xff\xfe.py", b"\xff/x.py", b"'\"$(x)`.py", b"*", b"..py", b"...", "e\u0301.py".encode(), "\u202eyp.py".encode(),
]  # fmt: skip


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse some of these names")
def test_odd_names_stay_as_they_are(source: Path, target: Path) -> None:
    for name in ODD_NAMES:
        path = os.path.join(os.fsencode(source), name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(name)
    assert staging.take_in(source, target) == len(ODD_NAMES)
    for name in ODD_NAMES:
        with open(os.path.join(os.fsencode(target), name), "rb") as file:
            assert file.read() == name


# --- too much


def test_nearest_files_come_first_where_there_are_too_many(
    source: Path, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(staging, "FILES", 4)
    write(source, *(f"a/{number}.py" for number in range(9)), "z1.py", "z2.py", "z3.py")
    assert staging.take_in(source, target) == 4
    assert files(target) == ["a/0.py", "z1.py", "z2.py", "z3.py"]


def test_crowd_of_folders_is_not_walked_to_its_end(source: Path, target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staging, "FOLDERS", 3)
    write(source, *(f"{number}/x.py" for number in range(9)), "ex01.py")
    staging.take_in(source, target)
    assert files(target) == ["0/x.py", "1/x.py", "ex01.py"]


def test_file_that_is_too_large_is_left_out_and_no_other(
    source: Path, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(staging, "BYTES", 100)
    write(source, "a.bin", text="x" * 101)
    write(source, "b.bin", text="x" * 60)
    write(source, "c.bin", text="x" * 60)
    write(source, "ex01.py", text="x" * 40)
    assert staging.take_in(source, target) == 2
    assert files(target) == ["b.bin", "ex01.py"]


def test_file_that_grows_meanwhile_is_cut(source: Path, target: Path) -> None:
    write(source, "ex01.py", text="x" * 50)
    with open(source / "ex01.py", "rb") as file:
        staging._copy(file.fileno(), target / "ex01.py", 20)
    assert (target / "ex01.py").read_bytes() == b"x" * 20


@posix
def test_file_with_a_hole_is_judged_by_its_length(source: Path, target: Path) -> None:
    write(source, "ex01.py")
    with open(source / "a.bin", "wb") as file:
        file.truncate(1 << 40)
    assert staging.take_in(source, target) == 1


@posix
def test_chain_of_folders_beyond_all_paths_is_left_at_its_limit(source: Path, target: Path) -> None:
    write(source, "ex01.py")
    here = os.open(source, os.O_RDONLY)
    for _ in range(60):
        os.mkdir("n" * 200, dir_fd=here)
        above, here = here, os.open("n" * 200, os.O_RDONLY, dir_fd=here)
        os.close(above)
        os.close(os.open("x.py", os.O_WRONLY | os.O_CREAT, dir_fd=here))
    os.close(here)
    assert staging.take_in(source, target) == 5
    assert max(len(name) for name in files(target)) <= staging.PATH_BYTES


def test_what_is_not_there_is_an_error(source: Path, target: Path) -> None:
    with pytest.raises(FileNotFoundError):
        staging.take_in(source / "nowhere", target)
    with pytest.raises(NotADirectoryError):
        write(source, "file")
        staging.take_in(source / "file", target)
