"""Where there is no POSIX: all but the walls imports, and the command helps, although nothing can be walled in.

A child Python has everything of others imported first; then the modules and names that only POSIX has are taken away.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from results import mixed

import grader
from grader.result import to_json

PACKAGE = Path(grader.__file__).parent
WORKFLOW = Path(__file__).resolve().parent.parent / ".github" / "workflows" / "tests.yml"
WALLS = {
    "harness.walls",
    "walls.landlock",
    "walls.bubblewrap",
    "classes.cluster",
}  # and seccomp: each is asked for before it is imported
MODULES = sorted(
    ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__")
    for path in PACKAGE.rglob("*.py")
    if not {"__main__", "checks", "seccomp"} & {path.stem, path.parent.name}
)
TAKEN_AWAY = """
import sys
import concurrent.futures, ctypes, difflib, http.client, linecache, logging.handlers, multiprocessing.managers
import multiprocessing.pool, multiprocessing.shared_memory, pathlib, random, selectors, shutil, signal, socket, ssl
import subprocess, tempfile, traceback, typing, unittest.mock, xml.sax
import jinja2, msgspec, pytest, pytest_jsonreport.plugin, pytest_timeout, rich.console, rich.table, typer, typer.testing
import os, select

MODULES = "fcntl resource pwd grp termios tty pty syslog crypt spwd nis posix readline _posixshmem".split()
for name in MODULES:
    sys.modules.pop(name, None)
    sys.modules[name] = None

OS = '''fork forkpty register_at_fork pidfd_open geteuid getuid getgid getegid setuid setgid setgroups getgroups setsid
getpgid killpg sysconf uname mkfifo mknod chown wait wait3 wait4 waitid WIFSIGNALED WTERMSIG WEXITSTATUS WNOHANG WEXITED
WNOWAIT P_PID O_NONBLOCK O_NOFOLLOW O_DIRECTORY O_CLOEXEC openpty sched_yield sched_getaffinity eventfd memfd_create
pipe2 set_blocking get_blocking fchmod fchown getloadavg nice sync confstr'''.split()
SOCKET = '''AF_UNIX socketpair send_fds recv_fds SCM_RIGHTS SCM_CREDENTIALS SO_PEERCRED SO_PASSCRED SO_RCVTIMEO
CMSG_SPACE MSG_CMSG_CLOEXEC'''.split()
SIGNAL = '''SIGKILL SIGCHLD SIGCONT SIGSTOP SIGHUP SIGALRM SIGUSR1 SIGUSR2 SIGPIPE pause alarm setitimer pthread_sigmask
pidfd_send_signal sigwait sigtimedwait'''.split()
for module, names in ((os, OS), (socket, SOCKET), (signal, SIGNAL), (select, ["poll", "epoll"])):
    for name in names:
        if hasattr(module, name):
            delattr(module, name)
"""
IMPORTS = """
import importlib, json, os
failed = {}
for name in json.loads(sys.argv[1]):
    try:
        importlib.import_module(name)
    except BaseException as error:
        failed[name] = f"{type(error).__name__}: {error}"
print(json.dumps([failed, sorted(set(MODULES) & {name for name, module in sys.modules.items() if module})]))
"""
RUNS = """
import contextlib, io, json
from grader.cli import main
ended = []
for arguments in json.loads(sys.argv[1]):
    sys.argv[:] = ["grade", *arguments]
    with contextlib.redirect_stdout(io.StringIO()) as out, contextlib.redirect_stderr(io.StringIO()) as err:
        try:
            main()
        except SystemExit as end:
            status = end.code
    ended.append([status, out.getvalue(), err.getvalue()])
print(json.dumps(ended))
"""


def without_posix(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", TAKEN_AWAY + code, *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=60, check=False)


def test_everything_but_the_walls_imports() -> None:
    wanted = [name for name in MODULES if name.removeprefix("grader.") not in WALLS]
    assert len(wanted) > 30
    done = without_posix(IMPORTS, json.dumps(wanted))
    assert done.returncode == 0, done.stderr
    failed, posix = json.loads(done.stdout)
    assert failed == {}
    assert posix == []


def test_command_helps_and_shows_and_says_what_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "result.json").write_bytes(to_json(mixed()))
    commands = [
        ["--help"],
        ["run", "--help"],
        ["schema"],
        ["--version"],
        ["report", str(tmp_path / "result.json"), "-o", str(tmp_path / "page.html")],
        ["list", str(tmp_path / "nowhere")],
    ]
    done = without_posix(RUNS, json.dumps(commands))
    assert (done.returncode, done.stderr) == (0, "")
    told, options, schema, version, report, wrong = json.loads(done.stdout)
    assert [ended[::2] for ended in (told, options, schema, version, report)] == [[0, ""]] * 5
    assert "Grades exercises" in told[1]
    assert "--sandbox" in options[1]
    assert "$defs" in json.loads(schema[1])
    assert version[1] == f"grade {grader.__version__}\n"
    assert "<html" in (tmp_path / "page.html").read_text("utf-8")
    assert wrong == [2, "", f"grade: {tmp_path / 'nowhere'} is not there\n"]


@pytest.mark.skipif(not WORKFLOW.is_file(), reason="only a checkout has it")
def test_the_workflow_is_valid_and_runs_on_all_three_systems() -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows", str(WORKFLOW)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    matrix = yaml.safe_load(WORKFLOW.read_text("utf-8"))["jobs"]["tests"]["strategy"]["matrix"]

    assert done.returncode == 0, done.stdout
    assert [name.partition("-")[0] for name in matrix["os"]] == ["ubuntu", "macos", "windows"]
    assert matrix["python"] == ["3.10", "3.11", "3.12", "3.13", "3.14"]
