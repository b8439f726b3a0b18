"""Starts a harness behind the walls of a tier, and tells it which of them it has to put up from inside.

Who uses it: the sandbox. What goes in: its folder, its tier and its limits. What comes out: the PID of the harness and
the process that started it, which are two where bubblewrap stands between us.
"""

from __future__ import annotations

import base64
import compileall
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from grader import systems
from grader.finding import Broken
from grader.limits import Limits
from grader.walls import bubblewrap, landlock, room, seccomp
from grader.walls.zygote import last_words

HARNESS = Path(__file__).resolve().parent.parent / "harness"
OPTIONS = ("-I", "-B", "-X", "utf8", "-c")
BEGIN = (
    "import gc, sys; gc.disable(); sys.path.insert(0, {kit!r}); "
    "from grade_harness.__main__ import main; main({descriptor})"
)
USUAL_STACK_MB = 8
Started = tuple[int, "subprocess.Popen[bytes]"]


def make_ready() -> None:
    """Finds out beforehand what every sandbox of this process and of its forks needs."""
    if not sys.dont_write_bytecode:  # inside, nothing is written
        compileall.compile_dir(HARNESS, maxlevels=0, quiet=2)
    if systems.KERNEL_TELLS:  # elsewhere there is no tier that asks for them
        seccomp.program()
        bubblewrap.arguments()


def behind_walls(tier: str, home: Path, limits: Limits, descriptor: int) -> Started:
    """A harness that serves the socket `descriptor`; raises Broken where it cannot be started."""
    if tier == "bubblewrap":
        return _in_bubblewrap(home, limits, descriptor)
    for name in ("kit", "submission"):
        (home / name).chmod(0o755)
    scratch = home / "scratch"
    command = [bubblewrap.python(), *OPTIONS, BEGIN.format(kit=str(home / "kit"), descriptor=descriptor)]
    starter = _popen(command, limits, [descriptor], scratch.as_posix(), environment(scratch.as_posix()))
    return starter.pid, starter


def _in_bubblewrap(home: Path, limits: Limits, descriptor: int) -> Started:
    told, tell = os.pipe()
    with open(told, "rb") as file:
        try:
            starter = _popen(_command(home, limits, descriptor, tell), limits, [descriptor, tell], "/", {})
        finally:
            os.close(tell)
        info = file.read()  # to its end: it comes in pieces
    if not info:
        raise Broken("bubblewrap did not start: " + last_words(starter))
    return int(json.loads(info)["child-pid"]), starter


def _command(home: Path, limits: Limits, descriptor: int, tell: int) -> list[str]:
    walls = bubblewrap.command(
        submission=home / "submission",
        harness=HARNESS,
        run=home / "run",
        scratch_mb=limits.scratch_mb,
        info=tell,
    )
    python = bubblewrap.inside(bubblewrap.python())
    return [*walls, python, *OPTIONS, BEGIN.format(kit="/kit", descriptor=descriptor)]


def _stack_mb(limits: Limits) -> int:
    """How large the stack of each thread inside may be, whatever whoever started us has: forty fit into the memory."""
    there_mb = min(limits.memory_mb, *(systems.ceiling(name) / (1 << 20) for name in ("DATA", "AS")))
    return int(max(1, min(USUAL_STACK_MB, there_mb // 64)))


def _popen(
    command: list[str], limits: Limits, descriptors: list[int], folder: str, variables: dict[str, str]
) -> subprocess.Popen[bytes]:
    with systems.stacks_of(_stack_mb(limits)):
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            pass_fds=descriptors,
            cwd=folder,
            start_new_session=True,
            env=variables,
        )


def environment(scratch: str) -> dict[str, str]:
    """The variables of what runs inside, where no namespace of its own hides ours."""
    kept = {name: os.environ[name] for name in ("LD_LIBRARY_PATH", "SYSTEMROOT") if name in os.environ}
    return {"PATH": os.defpath, "HOME": scratch, "TMPDIR": scratch, **bubblewrap.USUAL, **kept}


def plan(tier: str, home: Path, limits: Limits, uid: int | None, is_whole: bool) -> dict[str, Any]:
    """The walls that the harness puts up itself; `is_whole`: every process that it may signal is the submission's."""
    behind, program = tier != "none", seccomp.program()
    return {
        "limits": {
            "processes": limits.processes + (0 if is_whole else room.tasks_of_mine()),
            "memory_mb": limits.memory_mb,
            "file_mb": limits.scratch_mb,
            "files": limits.files,
            "cpu_s": 600,
        },
        "uid": uid,
        "reads_all": tier == "landlock" and not landlock.is_open_to_all(bubblewrap.python()),
        "landlock": _landlock(home) if tier == "landlock" else None,
        "seccomp": base64.b64encode(program).decode() if behind and program else None,
    }


def _landlock(home: Path) -> dict[str, list[str]]:
    return landlock.allowed([home / name for name in ("submission", "kit", "run")], [home / "scratch"])
