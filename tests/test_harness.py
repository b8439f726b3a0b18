"""The island: it needs the standard library alone, imports nothing of grader, and comes up in every Python there is."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from world import linux

import grader

ISLAND = Path(grader.__file__).parent / "harness"
GIVEN = Path(grader.__file__).parent / "given"
FILES = sorted(ISLAND.glob("*.py"))
SENT = sorted(GIVEN.glob("*.py"))
VERSIONS = [f"3.{minor}" for minor in range(10, 15)]
COMES_UP = """
import json, os, socket, sys
sys.path.insert(0, sys.argv[1])
import grade_harness.__main__ as harness
from grade_harness import wire
ours, theirs = socket.socketpair()
if os.fork() == 0:
    ours.close()
    harness.main(theirs.detach())
    os._exit(0)
theirs.close()
ours.sendall(wire.line({"plan": {}, "probes": "unix:/nowhere", "whole": False, "scratch": sys.argv[2]}))
ready = wire.parse(ours.recv(1 << 16).strip())
calls, served = socket.socketpair()
read, write = os.pipe()
socket.send_fds(ours, [wire.line({"do": "stage", "start_method": None})], [served.fileno(), write])
stage = wire.parse(ours.recv(1 << 16).strip())
served.close(); os.close(write)
calls.sendall(wire.line({"n": 1, "do": "call", "given": "list", "args": [[1, 2]]}))
answer = wire.parse(calls.recv(1 << 16).strip())
calls.close(); ours.close()
os.wait()
print(json.dumps([ready["version"], stage["stage"] > 0, answer, sorted(m for m in sys.modules if "grader" in m)]))
"""


def python(version: str) -> str:
    """The Python of that version, or a skip."""
    if sys.version_info[:2] == tuple(map(int, version.split("."))):
        return sys.executable
    for found in (shutil.which(f"python{version}"), *_of_pyenv(version)):
        if found and subprocess.run([found, "-c", ""], capture_output=True, check=False).returncode == 0:
            return found
    pytest.skip(f"there is no Python {version} here")


def _of_pyenv(version: str) -> Iterator[str]:
    root = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    yield from map(str, sorted(root.glob(f"versions/{version}.*/bin/python{version}")))


def imported(path: Path) -> Iterator[tuple[str, int]]:
    """The first part of every module that a file imports, and how far up it starts."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((name.name.split(".")[0], 0) for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield (node.module or "").split(".")[0], node.level


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_file_imports_the_standard_library_and_the_island_alone(path: Path) -> None:
    outside = [name for name, level in imported(path) if level == 0 and name not in sys.stdlib_module_names]
    beyond = [name for name, level in imported(path) if level > 1]
    assert (outside, beyond) == ([], [])


@pytest.mark.parametrize("path", SENT, ids=[path.stem for path in SENT])
def test_what_is_sent_imports_the_standard_library_and_the_island_alone(path: Path) -> None:
    lines = re.findall(r"^ *(?:from|import) +(.*)$", path.read_text("utf-8"), re.MULTILINE)
    outside = [line for line in lines if re.split(r"[. ]", line)[0] not in sys.stdlib_module_names]
    assert [line for line in outside if not line.startswith("grader.harness.")] == []


def test_whole_island_is_looked_at() -> None:
    assert {path.stem for path in FILES} >= {"__main__", "stage", "probe", "wire", "walls", "given", "sent"}
    assert [path for path in ISLAND.rglob("*.py") if path not in FILES] == []
    assert [path for path in GIVEN.rglob("*.py") if path not in SENT] == []


@linux
@pytest.mark.parametrize("version", VERSIONS)
def test_island_comes_up_alone(version: str, tmp_path: Path) -> None:
    shutil.copytree(ISLAND, tmp_path / "grade_harness", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "scratch").mkdir()
    options = ["-I", "-S", "-B", "-W", "error", "-W", "ignore::ResourceWarning"]
    command = [python(version), *options, "-c", COMES_UP, str(tmp_path), str(tmp_path / "scratch")]
    done = subprocess.run(command, capture_output=True, timeout=60, check=False, cwd=tmp_path)
    assert (done.returncode, done.stderr.decode()) == (0, "")
    ready, forked, answer, ours = ast.literal_eval(done.stdout.decode().replace("true", "True"))
    assert ready.startswith(f"{version}.")
    assert (forked, answer, ours) == (True, {"n": 1, "returned": [1, 2]}, [])


PRINTS_AND_FORKS = """
import os, sys, threading
sys.path.insert(0, sys.argv[1])
from grade_harness.__main__ import printer
read, write = os.pipe()
out = printer(write)
threading.Thread(target=out.write, args=["x" * 1_000_000 + "\\n"], daemon=True).start()
os.read(read, 1)  # now the thread is in the midst of it, for the pipe takes no more
if (pid := os.fork()) == 0:
    out.flush()  # as every process does at its end
    os._exit(7)
print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
os._exit(0)
"""


@linux
def test_a_fork_while_a_thread_prints_comes_to_its_end(tmp_path: Path) -> None:
    (tmp_path / "grade_harness").symlink_to(ISLAND)
    command = [sys.executable, "-u", "-W", "ignore", "-c", PRINTS_AND_FORKS, str(tmp_path)]
    assert subprocess.run(command, capture_output=True, text=True, timeout=60, check=True).stdout == "7\n"
