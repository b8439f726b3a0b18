"""The walls, tried from inside: a child Python puts them up, does what it may not do and what it may, and reports.

Each child runs the island alone, from a copy that every user can read. It gets its plan and a piece of code, and prints
one line of JSON. As root there are two ways to an ordinary user: the wall 'uid', and having been started as one.
"""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from grader.harness import walls
from grader.walls import seccomp

ISLAND = Path(walls.__file__).parent
# They belong to nobody, and to no other run of these tests, so no other process counts against their limits.
THROWAWAY_UID, OTHER_UID, COUNTED_UID = (base + os.getpid() for base in (0x5000_0000, 0x5800_0000, 0x6000_0000))
DEVICES = ["/dev/null", "/dev/zero", "/dev/full", "/dev/urandom"]
NET_S = 60

CHILD = """
import errno, json, os, socket, sys
folder, plan, code = sys.argv[1:]
sys.path.insert(0, folder)
from harness import walls

def tried(action, *args):
    try:
        action(*args)
    except OSError as error:
        return errno.errorcode[error.errno]
    return "done"

try:
    up = walls.put_up(json.loads(plan))
except walls.WallFailed as error:
    seen = [error.name, error.reason]
else:
    exec(code)
print(json.dumps(seen))
"""


class Yard:
    """A folder that all can read: the island, a box that all can write in, a secret that only Landlock hides."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.box, self.secret = folder, folder / "box", folder / "secret.txt"
        folder.chmod(0o755)
        shutil.copytree(ISLAND, folder / "harness", ignore=shutil.ignore_patterns("__pycache__"))
        self.secret.write_text("secret")
        self.box.mkdir()
        self.box.chmod(0o1777)

    def landlock(self) -> dict[str, list[str]]:
        system = ["/usr", "/lib", "/lib64", "/etc", "/proc", sys.prefix, sys.base_prefix, str(self.folder / "harness")]
        return {"read": [path for path in system if reachable(path)], "write": [str(self.box), "/dev/shm", *DEVICES]}

    def run(self, plan: dict[str, Any], code: str, *, start: tuple[str, ...] = (), python: str = "") -> Any:
        done = self.start(plan, code, start=start, python=python or python_for_all())
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout.splitlines()[-1])

    def start(self, plan: dict[str, Any], code: str, *, start: tuple[str, ...], python: str) -> Any:
        command = [*start, python, "-I", "-B", "-c", CHILD, str(self.folder), json.dumps(plan), code]
        environment = {"TMPDIR": str(self.box), "MALLOC_ARENA_MAX": "1", "PATH": os.defpath}
        return subprocess.run(
            command, env=environment, capture_output=True, text=True, timeout=NET_S, check=False, cwd=self.box
        )


def reachable(path: str) -> bool:
    """Whether a user with no rights of its own gets there."""
    real = Path(path).resolve()
    return real.exists() and all(each.stat().st_mode & 0o001 for each in (real, *real.parents))


def python_for_all() -> str:
    """A Python that an ordinary user may start: this one, or else the system's."""
    if os.geteuid() != 0:
        return sys.executable
    for python in (sys.executable, "/usr/local/bin/python3", "/usr/bin/python3"):
        if reachable(python):
            return python
    pytest.skip("no Python on this machine can be started by an ordinary user")


@pytest.fixture(scope="module")
def yard() -> Iterator[Yard]:
    folder = Path(tempfile.mkdtemp(prefix="walls-"))
    yield Yard(folder)
    shutil.rmtree(folder)


@pytest.fixture
def as_root() -> dict[str, Any]:
    """The part of a plan that makes a root process ordinary."""
    if os.geteuid() != 0:
        pytest.skip("only root can change the user")
    return {"uid": THROWAWAY_UID}


@pytest.fixture
def as_user() -> tuple[str, ...]:
    """The command that starts a program as an ordinary user."""
    if os.geteuid() != 0:
        return ()
    setpriv = shutil.which("setpriv") or pytest.skip("setpriv is not installed")
    return (setpriv, f"--reuid={OTHER_UID}", f"--regid={OTHER_UID}", "--clear-groups", "--")


@pytest.fixture(params=["becomes ordinary", "is ordinary"])
def who(request: pytest.FixtureRequest) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Both ways to an ordinary user: what the plan says, and how the child is started."""
    if request.param == "becomes ordinary":
        return request.getfixturevalue("as_root"), ()
    return {}, request.getfixturevalue("as_user")


@pytest.fixture
def filtered() -> dict[str, str]:
    program = seccomp.program()
    if program is None:
        pytest.skip("no seccomp program for this architecture")
    return {"seccomp": base64.b64encode(program).decode()}


@pytest.fixture
def fenced(yard: Yard) -> dict[str, Any]:
    if walls.landlock_abi() < 1:
        pytest.skip("this kernel has no Landlock")
    return {"landlock": yard.landlock()}
