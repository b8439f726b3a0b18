"""What this machine can do for the grader, and how to get the rest: facts, tried and not guessed.

Who uses it: `grade doctor`. What comes out: a Fact for each thing, with keys of words.toml; nothing is changed here.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from grader.kernel import frames
from grader.walls import bubblewrap, landlock, tiers

CLONE = Path("/proc/sys/kernel/unprivileged_userns_clone")  # 0 where Debian's kernel allows none
MOST = Path("/proc/sys/user/max_user_namespaces")  # 0 where none is allowed (namespaces(7))
ROOM_MB = 512
NET_S = 10.0
WAITS = "import sys; print(flush=True); sys.stdin.read()"
MINORS = range(10, 15)


@dataclass(frozen=True)
class Fact:
    """One thing: `about` and `told` are keys of words.toml, `ways` the keys of how to get it where it is not there."""

    about: str
    fine: bool | None  # None: neither good nor bad
    told: str
    facts: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)
    ways: tuple[str, ...] = ()


def facts(lang: str) -> Iterator[Fact]:
    """All that is worth telling, the most important first; takes a second at most."""
    yield _python()
    yield _sandbox()
    yield _bubblewrap()
    yield _landlock()
    yield from _witness()
    yield _pythons()
    yield _start_methods()
    yield _room()
    yield _language(lang)
    yield _kept()


def _python() -> Fact:
    told = {"python": platform.python_version(), "where": sys.executable, "system": platform.platform(terse=True)}
    return Fact("doctor_python", sys.version_info >= (3, 10), "doctor_python_told", told)


# --- walls


def _sandbox() -> Fact:
    try:
        tier = tiers.choose("auto")
    except tiers.NoSight as error:
        return Fact("doctor_sandbox", False, error.said)
    except tiers.NoWall:
        return Fact("doctor_sandbox", False, "doctor_sandbox_none", ways=("doctor_way_none",))
    if tier == "none":
        return Fact("doctor_sandbox", None, "doctor_sandbox_elsewhere")
    return Fact("doctor_sandbox", True, "doctor_sandbox_told", {"tier": tier})


def _bubblewrap() -> Fact:
    if sys.platform != "linux":
        return Fact("doctor_bubblewrap", None, "doctor_needs_linux")
    reason = bubblewrap.why_not()
    if reason is None:
        return Fact(
            "doctor_bubblewrap", True, "doctor_works", ways=("doctor_apparmor_root",) if _is_restricted() else ()
        )
    if not shutil.which("bwrap"):
        return Fact("doctor_bubblewrap", False, "doctor_bwrap_missing", ways=("doctor_way_bwrap",))
    return Fact("doctor_bubblewrap", False, "doctor_fails", {"reason": reason.splitlines()[0]}, tuple(_namespaces()))


def _namespaces() -> Iterator[str]:
    """Why no namespace is to be had, as far as the kernel's settings tell; what to do about it."""
    if _is_restricted():
        yield from ("doctor_apparmor", "doctor_way_apparmor")
    elif _read(CLONE) == "0" or _read(MOST) == "0":
        yield "doctor_way_sysctl"
    else:
        yield "doctor_way_container"


def _is_restricted() -> bool:
    return _read(bubblewrap.APPARMOR) == "1"


def _read(path: Path) -> str:
    try:
        return path.read_text("ascii").strip()
    except (OSError, ValueError):
        return ""


def _landlock() -> Fact:
    if sys.platform != "linux":
        return Fact("doctor_landlock", None, "doctor_needs_linux")
    if (version := landlock.abi()) < 1:
        return Fact("doctor_landlock", False, "doctor_landlock_missing", ways=("doctor_way_landlock",))
    if reason := landlock.why_not():
        return Fact("doctor_landlock", False, "doctor_landlock_not_so", {"reason": reason}, ("doctor_way_user",))
    return Fact("doctor_landlock", True, "doctor_landlock_told", {"version": str(version)})


# --- what can be seen of processes


def _witness() -> Iterator[Fact]:
    """Whether the kernel and py-spy tell of a process that waits, one of the user that there is behind the walls."""
    if sys.platform != "linux":
        yield Fact("doctor_kernel", None, "doctor_needs_linux")
        return
    nothing, python = subprocess.DEVNULL, bubblewrap.python()
    user = tiers.throwaway_uid() if landlock.is_open_to_all(python) else None
    other: dict[str, Any] = {} if user is None else {"user": user, "group": user, "extra_groups": []}
    command = [python, "-I", "-c", WAITS]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=nothing, **other) as child:
        assert child.stdin and child.stdout
        child.stdout.readline()
        yield _kernel(child.pid, is_other=user is not None)
        yield _py_spy(child.pid)
        child.stdin.close()


def _kernel(pid: int, *, is_other: bool) -> Fact:
    closed = [name for name in ("stat", "status", "syscall", "wchan") if not _is_readable(f"/proc/{pid}/{name}")]
    if not hasattr(os, "pidfd_open"):
        closed.append("pidfd")
    if closed:
        ways = ("doctor_way_ptrace" if is_other else "doctor_way_kernel",)
        return Fact("doctor_kernel", False, "doctor_kernel_closed", {"names": tuple(closed)}, ways)
    return Fact("doctor_kernel", True, "doctor_kernel_told", {"release": platform.release()})


def _is_readable(path: str) -> bool:
    try:
        with open(path, "rb") as file:
            return bool(file.read())
    except OSError:
        return False


def _py_spy(pid: int) -> Fact:
    spy = frames.executable()
    if spy is None:
        return Fact("doctor_py_spy", False, "doctor_py_spy_missing", ways=("doctor_way_py_spy",))
    command = [spy, "dump", "--nonblocking", "--json", "--pid", str(pid)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=NET_S, check=False)
        seen = bool(json.loads(done.stdout))
    except (OSError, ValueError, subprocess.TimeoutExpired):
        seen = False
    if seen:
        return Fact("doctor_py_spy", True, "doctor_py_spy_told")
    return Fact("doctor_py_spy", False, "doctor_py_spy_blind", ways=("doctor_way_ptrace",))


# --- the rest


def _pythons() -> Fact:
    by_pyenv = {int(found[1]) for name in _of_pyenv() if (found := re.match(r"3\.(\d+)", name))}
    found_minors = [minor for minor in MINORS if minor in by_pyenv or shutil.which(f"python3.{minor}")]
    minors = sorted({*found_minors, sys.version_info.minor})
    return Fact("doctor_pythons", None, "doctor_pythons_told", {"names": tuple(f"3.{minor}" for minor in minors)})


def _of_pyenv() -> list[str]:
    """What stands among pyenv's versions; nothing where that folder may not be read, as another user's."""
    try:
        return os.listdir(Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv") / "versions")
    except OSError:
        return []


def _start_methods() -> Fact:
    default = multiprocessing.get_context().get_start_method()
    names = tuple(multiprocessing.get_all_start_methods())
    return Fact("doctor_methods", None, "doctor_methods_told", {"names": names, "default": default})


def _room() -> Fact:
    folder = tempfile.gettempdir()
    free_mb = shutil.disk_usage(folder).free >> 20
    told = {"folder": folder, "free": str(free_mb), "cores": str(os.cpu_count() or 1)}
    return Fact(
        "doctor_room", free_mb >= ROOM_MB, "doctor_room_told", told, () if free_mb >= ROOM_MB else ("doctor_way_room",)
    )


def _language(lang: str) -> Fact:
    encoding = sys.stdout.encoding or "ascii"
    told = {"lang": {"en": "English", "zh": "中文"}[lang], "encoding": encoding}
    try:
        "✓∞中".encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return Fact("doctor_language", False, "doctor_language_told", told, ("doctor_way_encoding",))
    return Fact("doctor_language", True, "doctor_language_told", told, ("doctor_way_language",))


def _kept() -> Fact:
    import platformdirs

    folder = platformdirs.user_state_path("prograde", appauthor=False)
    above = next((each for each in (folder, *folder.parents) if os.path.exists(each)), folder)
    fine = os.path.isdir(above) and os.access(above, os.W_OK)
    told = {"folder": str(folder)}
    return Fact("doctor_kept", fine, "doctor_kept_told" if fine else "doctor_kept_not", told)
