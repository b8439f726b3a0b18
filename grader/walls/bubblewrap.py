"""The command that puts a harness behind bubblewrap's walls (bwrap(1)).

Who uses it: the sandbox of that tier. What goes in: the folders; what comes out: the arguments. As an ordinary user
the walls are a user namespace of its own; as root there is none, and the harness gives up uid 0 inside, which is why
three capabilities are left to it until then. Root that may become nobody else (users.py) is as an ordinary user here.
"""

from __future__ import annotations

import functools
import os
import shutil
import site
import subprocess
import sys
import sysconfig
from pathlib import Path

from grader.walls import users

SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/etc/ld.so.cache", "/etc/localtime")
# Read-only, as a process could take back there what the kernel has put down of it (proc(5), clear_refs).
PROC = ("--proc", "/proc", "--remount-ro", "/proc")
USUAL = {"LANG": "C.UTF-8", "MALLOC_ARENA_MAX": "1", "USER": "student", "LOGNAME": "student"}  # in every environment
ORDINARY = "1000"  # who root is inside, where it cannot become another one outside
COVERED = ("/tmp", "/dev", "/proc")  # inside, each is a folder of its own
ELSEWHERE = "/python"  # where an interpreter lies inside that lies below one of them outside
PACKAGE = Path(__file__).resolve().parent.parent
APPARMOR = Path("/proc/sys/kernel/apparmor_restrict_unprivileged_userns")  # 1 on Ubuntu 23.10 and later
RESTRICTED = "AppArmor restricts user namespaces here: load its profile bwrap-userns-restrict, see docs/ci.md"


def why_not() -> str | None:
    """Why this machine cannot have these walls; None where it can. Tries it (about 5 ms)."""
    if not shutil.which("bwrap"):
        return "bubblewrap (the command bwrap) is not installed"
    trial = [*_walls(), *_system(), *PROC, "--dev", "/dev", "true"]
    done = subprocess.run(trial, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    if done.returncode == 0:
        return None
    said = done.stderr.decode("utf-8", "replace").strip() or "bwrap failed"
    return f"{said} ({RESTRICTED})" if is_restricted() else said


def is_restricted() -> bool:
    """Whether AppArmor lets no ordinary user make a namespace, unless a profile allows it (Ubuntu from 23.10 on)."""
    try:
        return os.geteuid() != 0 and APPARMOR.read_text("ascii").strip() == "1"
    except OSError:
        return False


def command(*, submission: Path, harness: Path, run: Path, scratch_mb: int, info: int) -> list[str]:
    """The arguments up to the program to run; `info` is the descriptor that bwrap tells the inner PID on."""
    size = ["--size", str(scratch_mb << 20)]
    return [
        *_walls(),
        *("--as-pid-1", "--die-with-parent", "--new-session", "--hostname", "sandbox", "--info-fd", str(info)),
        *arguments(),
        *(*PROC, "--dev", "/dev"),
        *(*size, "--perms", "1777", "--tmpfs", "/dev/shm", *size, "--perms", "1777", "--tmpfs", "/tmp"),
        *(*_open_parents("/kit/x"), *_open_parents("/run/x")),
        *("--ro-bind", str(harness), "/kit/grade_harness"),
        *("--ro-bind", str(submission), "/submission"),
        *("--ro-bind", str(run), "/run/grade"),
        *("--remount-ro", "/dev", "--remount-ro", "/", "--chdir", "/tmp"),
    ]


@functools.cache
def arguments() -> list[str]:
    """Those that are the same for every sandbox: what the harness runs on."""
    return [*_environment(), *_system(), *_python()]


def _walls() -> list[str]:
    namespaces = ["--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts", "--unshare-cgroup-try"]
    if users.spare():
        left = ("CAP_SETUID", "CAP_SETGID", "CAP_SETPCAP")
        kept = [part for name in left for part in ("--cap-add", name)]
        return [_bwrap(), *namespaces, "--cap-drop", "ALL", *kept]
    other = ("--uid", ORDINARY, "--gid", ORDINARY) if users.is_root() else ()
    return [_bwrap(), *namespaces, "--unshare-user", *other, "--disable-userns", "--cap-drop", "ALL"]


def _bwrap() -> str:
    return shutil.which("bwrap") or "bwrap"


def _environment() -> list[str]:
    kept = {"PATH": "/usr/bin:/bin", "HOME": "/tmp", **USUAL}
    if sysconfig.get_config_var("Py_ENABLE_SHARED"):
        folders = [str(sysconfig.get_config_var("LIBDIR")), f"{sys.base_prefix}/lib"]  # two where Python was moved
        kept["LD_LIBRARY_PATH"] = ":".join(inside(folder) for folder in dict.fromkeys(folders))
    return ["--clearenv", *(part for name, value in kept.items() for part in ("--setenv", name, value))]


def _system() -> list[str]:
    bound: list[str] = []
    for path in SYSTEM:
        if os.path.islink(path):
            bound += ["--symlink", os.readlink(path), path]
        elif os.path.exists(path):
            bound += ["--ro-bind", path, path]
    return bound


def _python() -> list[str]:
    """The interpreter, without what is installed into it: no checks, no solutions, no packages in sight."""
    bound: list[str] = []
    for prefix in sorted({sys.base_prefix, sys.base_exec_prefix, str(Path(python()).parent.parent)}):
        if not prefix.startswith("/usr/") and prefix not in ("/", "/usr"):
            bound += [*_open_parents(inside(prefix)), "--ro-bind", prefix, inside(prefix)]
    seen = [part for part in bound if part.startswith("/")] + list(SYSTEM)
    for folder in installed():
        if folder.is_dir() and any(folder.is_relative_to(path) for path in seen):
            bound += ["--size", "4096", "--tmpfs", inside(str(folder))]
    return bound


def _open_parents(path: str) -> list[str]:
    """The folders above `path`, for everyone to pass: bwrap would make them for root alone."""
    above = [str(folder) for folder in reversed(Path(path).parents) if str(folder) != "/"]
    return [part for folder in above for part in ("--perms", "0755", "--dir", folder)]


def installed() -> list[Path]:
    """The folders of what is installed into the interpreter, and of the kit itself: not for a submission to see."""
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    places = {
        PACKAGE,
        PACKAGE.parent / "exercises",
        PACKAGE.parent / "solutions",
        Path("/usr/lib/python3/dist-packages"),
    }
    for base in {sys.base_prefix, sys.base_exec_prefix}:
        places |= {Path(base, "lib", version, name) for name in ("site-packages", "dist-packages")}
        places |= {Path(base, "local", "lib", version, "dist-packages")}
    places |= {Path(folder) for folder in site.getsitepackages()}
    whole = sorted(place for place in places if not place.is_symlink())
    return [place.resolve() for place in whole if not any(other in place.parents for other in whole)]


def inside(path: str) -> str:
    """Where the walls have a path of the interpreter's: Python finds what belongs to it from where it lies."""
    is_covered = any(Path(path).is_relative_to(folder) for folder in COVERED)
    return f"{ELSEWHERE}{path}" if is_covered else path


def python() -> str:
    """The interpreter itself, behind every virtual environment's link."""
    return os.path.realpath(sys.executable)
