"""Sandboxes of each tier: they start, clear up after a check, come back after a loss, and leave nothing at all."""

from __future__ import annotations

import contextlib
import marshal
import os
import platform
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from world import ROOT, TIERS, Ends, linux, nothing_left, sandbox_with, scene, written

from grader.finding import Broken, Finding
from grader.handles.stage import Stage
from grader.kernel import processes
from grader.limits import Limits
from grader.walls import bubblewrap, starting
from grader.walls import sandbox as sandboxes
from grader.walls import zygote as zygotes
from grader.walls.sandbox import Sandbox
from grader.walls.zygote import Zygote

pytestmark = linux

WORK = """
import os, signal, subprocess, sys, threading, time

def nothing():
    pass

def hide():
    os.setsid()
    for name in ("SIGTERM", "SIGINT", "SIGHUP", "SIGCHLD"):
        signal.signal(getattr(signal, name), signal.SIG_IGN)

def left(begin):
    ready, told = os.pipe()
    if os.fork() == 0:
        if os.fork() == 0:
            begin()
            os.write(told, b"x")
            while True:
                signal.pause()
        os._exit(0)
    os.wait()
    os.read(ready, 1)

def leave_all():
    "Orphans, in a session of their own, deaf, with threads, stopped; a zombie; another program."
    left(lambda: None)
    left(hide)
    left(lambda: threading.Thread(target=time.sleep, args=(9_999,)).start())
    if os.fork() == 0:
        os._exit(0)
    if (stopped := os.fork()) == 0:
        while True:
            signal.pause()
    os.kill(stopped, signal.SIGSTOP)
    subprocess.Popen([sys.executable, "-c", "import time; time.sleep(9_999)"])

def kill_everyone():
    if os.fork() == 0:
        os.kill(-1, signal.SIGKILL)
    signal.pause()

def kill_parent():
    os.kill(os.getppid(), signal.SIGKILL)

def litter(folder):
    os.makedirs(folder + "/a/b/c")
    with open(folder + "/a/b/file", "w") as file:
        file.write("x")
    os.symlink("/", folder + "/a/root")
    os.mkfifo(folder + "/pipe")

def lock(folder):
    os.makedirs(folder + "/locked/in")
    os.chmod(folder + "/locked", 0)

def dig(folder):
    os.chdir(folder)
    for _ in range(1_050):
        os.mkdir("d")
        os.chdir("d")

def mark(folder):
    try:
        os.setxattr(folder, "user.mark", b"1")
        os.utime(folder, (5, 5))
        os.chmod(folder, 0o1770)
    except PermissionError:
        pass  # it is not ours

def marks(folder):
    seen = os.stat(folder)
    return [os.listxattr(folder), seen.st_mode, seen.st_mtime == 5]

def listed(folder):
    return sorted(os.listdir(folder))

def write_here():
    with open(os.path.join(os.path.dirname(__file__), "new"), "w") as file:
        file.write("x")

def about():
    return [os.getcwd(), os.path.dirname(__file__), sorted(os.environ), os.environ["HOME"], os.getppid()]
"""


@pytest.fixture(scope="module", params=TIERS)
def tier(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def sandbox(tier: str) -> Iterator[Sandbox]:
    with sandbox_with(tier, {"work.py": WORK}) as made:
        yield made


@pytest.fixture
def own(tier: str) -> Iterator[Sandbox]:
    """A sandbox for one test that breaks it."""
    with sandbox_with(tier, {"work.py": WORK}) as made:
        yield made


@pytest.fixture
def strongest() -> Iterator[Sandbox]:
    """The same, of one tier, where the tiers do not differ."""
    with sandbox_with(TIERS[0], {"work.py": WORK}) as made:
        yield made


# --- start and stop


def test_harness_runs_the_same_python_behind_the_walls_of_its_tier(sandbox: Sandbox) -> None:
    zygote = sandbox.ready()
    assert zygote.version == platform.python_version()
    assert zygote.walls[0] == "limits"
    assert ("landlock" in zygote.walls) == (sandbox.tier == "landlock")
    assert ("uid" in zygote.walls) == (sandbox.tier != "none" and os.geteuid() == 0)
    assert sandbox.starts == 1


def test_submission_runs_in_its_scratch_folder_with_an_environment_of_our_own(sandbox: Sandbox) -> None:
    with scene(sandbox) as at:
        here, there, names, home, _ = at.submission.about().value
    assert (here, there, home) == (sandbox.scratch, sandbox.submission, sandbox.scratch)
    assert set(names) <= {"PATH", "HOME", "TMPDIR", "LANG", "LC_CTYPE", "PWD", "MALLOC_ARENA_MAX", "LD_LIBRARY_PATH"}


def test_nothing_is_left_of_a_sandbox(tier: str) -> None:
    with nothing_left():
        with sandbox_with(tier, {"work.py": WORK}) as own:
            with scene(own) as at:
                at.submission.leave_all()
                ends = Ends([own.ready().pid, *processes.below(own.ready().pid)])
            home = own.home
        ends.await_all()
    assert not home.exists()


def test_sandbox_that_is_never_used_leaves_nothing(tier: str) -> None:
    with nothing_left(), pytest.raises(KeyboardInterrupt), Sandbox(tier) as own:
        raise KeyboardInterrupt
    assert not own.home.exists()


@pytest.mark.parametrize("again", [False, True], ids=["at first", "anew"])
def test_interrupt_while_it_starts_leaves_nothing(tier: str, monkeypatch: pytest.MonkeyPatch, again: bool) -> None:
    own, put_up = Sandbox(tier), starting.behind_walls

    def interrupted(*arguments: Any) -> starting.Started:
        os.kill(os.getpid(), signal.SIGINT)
        return put_up(*arguments)

    with nothing_left(), contextlib.ExitStack() as entered:
        if again:
            entered.enter_context(own)
        monkeypatch.setattr(starting, "behind_walls", interrupted)
        with pytest.raises(KeyboardInterrupt):
            own.restart() if again else entered.enter_context(own)
        assert own.starts == 1 + again  # it was begun to the end: only so can it be ended
    assert own.zygote is None
    assert not own.home.exists()


def test_folder_for_temporaries_may_have_a_long_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ("long" * 20)).mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / ("long" * 20)))
    with Sandbox(TIERS[0]) as own:
        home = own.home
        assert own.ready().version == platform.python_version()
    assert not home.exists()


def test_stopping_twice_is_stopping_once(strongest: Sandbox) -> None:
    strongest.ready()
    strongest.stop()
    strongest.stop()
    assert strongest.zygote is None


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/opt/python", "/opt/python"), ("/tmp/python", "/python/tmp/python"), ("/tmpfs/python", "/tmpfs/python"),
        ("/dev/shm/python", "/python/dev/shm/python"),
    ],
)  # fmt: skip
def test_interpreter_that_bubblewrap_would_cover_lies_elsewhere_inside(path: str, told: str) -> None:
    assert bubblewrap.inside(path) == told


@pytest.mark.skipif("bubblewrap" not in TIERS, reason="bubblewrap cannot be had here")
@pytest.mark.skipif(sys.base_prefix.startswith("/usr"), reason="the system's Python is in more than one folder")
@pytest.mark.parametrize("start_method", ["fork", "spawn"])
def test_interpreter_below_tmp_is_behind_bubblewrap_too(monkeypatch: pytest.MonkeyPatch, start_method: str) -> None:
    work = """
import multiprocessing, os, sys, sysconfig

def where(q):
    q.put((sys.base_prefix, os.listdir(sysconfig.get_path("purelib"))))

def ask():
    q = multiprocessing.Queue()
    multiprocessing.Process(target=where, args=(q,)).start()
    return q.get()
"""
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        _be_installed_in(Path(folder, "python"), monkeypatch)
        with sandbox_with("bubblewrap", {"work.py": work}) as own, scene(own, start_method=start_method) as at:
            assert at.submission.ask() == (f"/python{folder}/python", [])
    bubblewrap.arguments.cache_clear()


def _be_installed_in(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As if this interpreter, of which a copy is made with little in it, had been installed in `folder`."""
    name = f"python{sys.version_info.major}.{sys.version_info.minor}"
    left_out = shutil.ignore_patterns("site-packages", "test", "tests", "idlelib", "*.a", "config-*")
    shutil.copytree(Path(sys.base_prefix, "lib", name), folder / "lib" / name, ignore=left_out)
    (folder / "lib" / name / "site-packages" / "somebodys").mkdir(parents=True)
    for library in Path(sys.base_prefix, "lib").glob("libpython*"):
        shutil.copy(library, folder / "lib")
    (folder / "bin").mkdir()
    shutil.copy(bubblewrap.python(), folder / "bin" / name)
    monkeypatch.setattr(bubblewrap, "python", lambda: str(folder / "bin" / name))
    for prefix in ("base_prefix", "base_exec_prefix"):
        monkeypatch.setattr(sys, prefix, str(folder))
    bubblewrap.arguments.cache_clear()


@pytest.mark.skipif("bubblewrap" not in TIERS, reason="bubblewrap cannot be had here")
def test_bubblewrap_that_does_not_start_is_our_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("grader.walls.bubblewrap._walls", lambda: ["bwrap", "--no-such-option"])
    with pytest.raises(Broken, match="bubblewrap did not start: bwrap: Unknown option"), Sandbox("bubblewrap"):
        pass


def test_wall_that_cannot_be_put_up_is_our_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(starting, "plan", lambda *arguments: {"no such wall": {}})
    with pytest.raises(Broken, match="no such wall"), Sandbox(TIERS[0]) as own:
        own.ready()


@pytest.mark.parametrize("leaves", [True, False], ids=["by itself", "not by itself"])
def test_end_kills_nobody_by_a_number(own: Sandbox, monkeypatch: pytest.MonkeyPatch, leaves: bool) -> None:
    killed: list[int] = []
    with scene(own) as at:
        at.submission.leave_all()
        zygote = own.ready()
        ends = Ends([zygote.pid, *processes.below(zygote.pid)])
        if not leaves:
            monkeypatch.setattr(zygotes, "PATIENCE_S", 0)
            os.kill(zygote.pid, signal.SIGSTOP)
        with monkeypatch.context() as patched:
            patched.setattr(os, "kill", lambda pid, number: killed.append(pid))
            own.stop()
        ends.await_all()
    assert set(killed) <= {zygote.starter.pid}  # our own child, which nobody else has waited for


def test_nothing_is_left_where_no_process_can_be_started(tier: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*arguments: Any) -> subprocess.Popen[bytes]:
        raise BlockingIOError("no process more")

    monkeypatch.setattr(starting, "_popen", fail)
    with nothing_left(), pytest.raises(BlockingIOError) as failed, Sandbox(tier):
        pass
    assert failed.tb is not None  # what it keeps alive closes nothing


# --- the end of the judge


OWNER = """
import os, signal, sys
from pathlib import Path
from grader.kernel import processes
from grader.walls.sandbox import Sandbox
from world import scene
with Sandbox(sys.argv[1]) as sandbox:
    sandbox.take_in(Path(sys.argv[2]))
    with scene(sandbox) as at:
        at.submission.leave_all()
        print(*processes.below(os.getpid()), flush=True)
        signal.pause()
"""


def test_killed_judge_leaves_no_process(tier: str, tmp_path: Path) -> None:
    taken = written(tmp_path / "taken", {"work.py": WORK})
    command = [sys.executable, "-c", OWNER, tier, str(taken)]
    environment = {**os.environ, "TMPDIR": str(tmp_path), "PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) as own:
        assert own.stdout
        ends = Ends([int(pid) for pid in own.stdout.readline().split()])
        assert len(ends.pidfds) >= 7
        own.kill()
        ends.await_all()


# --- clearing up after a check


def test_clearing_ends_all_but_the_zygote(sandbox: Sandbox) -> None:
    zygote, starts = sandbox.ready().pid, sandbox.starts
    with scene(sandbox) as at:
        at.submission.leave_all()
        assert len(processes.below(zygote)) >= 6
    assert processes.below(zygote) == []
    assert (sandbox.ready().pid, sandbox.starts) == (zygote, starts)


def test_clearing_empties_the_scratch_folder(sandbox: Sandbox) -> None:
    starts = sandbox.starts
    with scene(sandbox) as at:
        at.submission.litter(sandbox.scratch + "/x")
        at.submission.litter(sandbox.scratch)
    with scene(sandbox) as at:
        assert at.submission.listed(sandbox.scratch) == []
    assert sandbox.starts == starts


def test_no_check_tells_the_next_one_anything_by_the_folder_itself(sandbox: Sandbox) -> None:
    with scene(sandbox) as at:
        before = at.submission.marks(sandbox.scratch).value
        at.submission.mark(sandbox.scratch)
    with scene(sandbox) as at:
        assert at.submission.marks(sandbox.scratch).value == before


REMOVE = """
import pathlib, sys
from grader.walls import sandbox
locked = pathlib.Path(sys.argv[1], "scratch")
(locked / "in" / "deeper").mkdir(parents=True)
for each in (locked / "in" / "deeper", locked / "in", locked):
    each.chmod(0)
sandbox.remove(locked)
sys.exit(locked.exists())
"""


def test_folders_that_nobody_may_enter_are_removed_by_whoever_owns_them(tmp_path: Path) -> None:
    as_others_are = ["setpriv", "--bounding-set", "-dac_override,-dac_read_search"] if os.geteuid() == 0 else []
    if as_others_are and not shutil.which("setpriv"):
        pytest.skip("root may enter them")
    subprocess.run([*as_others_are, sys.executable, "-c", REMOVE, str(tmp_path)], check=True)


@pytest.mark.parametrize("how", ["lock", "dig"])
def test_what_cannot_be_removed_inside_goes_too(own: Sandbox, how: str) -> None:
    with scene(own) as at:
        getattr(at.submission, how)(own.scratch)
    with scene(own) as at:
        assert at.submission.listed(own.scratch) == []


def test_shared_memory_is_emptied_of_what_is_the_submissions(sandbox: Sandbox) -> None:
    if not sandbox._is_whole:
        pytest.skip("nobody can tell whose it is")
    others, starts = Path(f"/dev/shm/others-{os.getpid()}"), sandbox.starts
    others.write_text("x")
    with scene(sandbox) as at:
        at.submission.litter(f"/dev/shm/mine-{os.getpid()}")
    with scene(sandbox) as at:
        left = at.submission.listed("/dev/shm").value
        assert f"mine-{os.getpid()}" not in left
        assert (others.name in left) == (sandbox.tier != "bubblewrap")
    assert others.read_text() == "x"
    assert sandbox.starts == starts
    others.unlink()


def test_submission_cannot_write_into_its_own_folder(sandbox: Sandbox) -> None:
    if sandbox.tier == "none":
        pytest.skip("without walls it can")
    with scene(sandbox) as at, pytest.raises(Finding) as finding:
        at.submission.write_here()
    assert finding.value.facts["type"] in ("OSError", "PermissionError")


# --- losses


def test_stage_that_kills_everyone_costs_its_own_check_alone(own: Sandbox) -> None:
    if own.tier == "none":
        pytest.skip("without walls that is everyone indeed")
    if own.tier == "landlock" and os.geteuid() != 0:
        pytest.skip("without a user of its own that is everyone indeed")
    with scene(own) as at, pytest.raises(Finding) as finding:
        at.submission.kill_everyone()
        at.submission.nothing()
    assert finding.value.cause == "died"
    with scene(own) as at:
        assert at.submission.nothing() == None  # noqa: E711
    own.stop()
    if own.tier == "landlock":  # the one who did it outlives its zygote, and has no PID namespace to end with
        assert [pid for pid in os.listdir("/proc") if pid.isdigit() and is_of(pid, own.uid)] == []


def is_of(pid: str, uid: int | None) -> bool:
    """Whether the process `pid` is one of the user `uid`, and has not ended."""
    try:
        return os.stat(f"/proc/{pid}").st_uid == uid and processes.is_alive(int(pid))
    except FileNotFoundError:
        return False


def test_stage_that_kills_its_parent_costs_its_own_check_alone(own: Sandbox) -> None:
    with scene(own) as at:
        try:
            at.submission.kill_parent()
            at.submission.nothing()
        except Finding as finding:
            assert finding.cause == "died"
    with scene(own) as at:
        assert at.submission.nothing().value is None


def test_lost_zygote_is_replaced(own: Sandbox) -> None:
    first = own.ready()
    os.kill(first.pid, signal.SIGKILL)
    with scene(own) as at:
        assert at.submission.nothing().value is None
    assert own.starts == 2
    assert own.ready().pid != first.pid


def test_zygote_that_is_lost_in_a_check_ends_it(strongest: Sandbox) -> None:
    with scene(strongest) as at:
        call = at.submission.begin.listed(strongest.scratch)
        call.result()
        os.kill(strongest.ready().pid, signal.SIGKILL)
        with pytest.raises(Finding) as finding:
            at.stage.wait_for(lambda: False)
    assert finding.value.cause == "died"
    with scene(strongest) as at:
        assert at.submission.nothing().value is None
    assert strongest.starts == 2


CODE = marshal.dumps(compile(f"x, more = 5, {bytes(500_000)!r}", "work.py", "exec"))  # more than a socket takes in


def test_zygote_that_is_stopped_takes_in_what_to_preload_once_it_goes_on(own: Sandbox) -> None:
    if own.tier == "bubblewrap":
        pytest.skip("nobody inside can stop it")
    with scene(own) as at:
        at.submission.nothing()
    os.kill(own.ready().pid, signal.SIGSTOP)
    own.preload("work", CODE)
    with scene(own) as at:
        assert at.submission.value("x") == 5
    assert own.starts == 1


def test_zygote_that_takes_nothing_in_is_replaced(own: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    with scene(own) as at:
        at.submission.nothing()
    os.kill(own.ready().pid, signal.SIGSTOP)
    with monkeypatch.context() as patched:
        patched.setattr(Zygote, "wake", lambda self: None)
        patched.setattr(zygotes, "PATIENCE_S", 0)  # nor does it leave by itself
        patched.setitem(sandboxes.NETS_S, "stage", 0.01)
        own.preload("work", CODE)
    with scene(own) as at:
        assert at.submission.value("x") == 5
    assert own.starts == 2


def test_sandbox_that_cannot_be_started_anew_is_our_failure(own: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*arguments: Any) -> starting.Started:
        raise Broken("no walls today")

    with monkeypatch.context() as patched:
        patched.setattr(starting, "behind_walls", fail)
        with pytest.raises(Broken, match="no walls today"):
            own.restart()
        with pytest.raises(Broken, match="could not be started anew"):
            own.ready()
        for ask in (own.clear, lambda: own.open(None)):
            with pytest.raises(Broken, match="no walls today"):
                ask()
    with scene(own) as at:
        assert at.submission.nothing().value is None


def test_zygote_that_never_comes_is_our_failure(strongest: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("grader.walls.starting.BEGIN", "raise SystemExit('it does not like it here')")
    strongest.restart()
    with pytest.raises(Broken, match="it does not like it here"), Stage(strongest):
        pass
    monkeypatch.undo()
    strongest.restart()
    with scene(strongest) as at:
        assert at.submission.nothing().value is None


# --- limits


def test_limits_are_handed_on(tier: str) -> None:
    text = "import resource\ndef limits():\n    return [resource.getrlimit(n)[1] for n in (7, 1, 2, 4)]"
    limits = Limits(files=200, scratch_mb=3, memory_mb=300)
    with sandbox_with(tier, {"work.py": text}, limits) as own, scene(own) as at:
        assert at.submission.limits() == [200, 3 << 20, 300 << 20, 0]


def test_where_memory_runs_out_the_submission_goes_first(sandbox: Sandbox) -> None:
    zygote = sandbox.ready().pid
    with scene(sandbox):
        inside = [zygote, *processes.below(zygote)]
        assert len(inside) > 1
        assert {Path(f"/proc/{pid}/oom_score_adj").read_text() for pid in inside} == {"500\n"}


def test_whatever_is_taken_in_can_be_loaded(tier: str) -> None:
    files = {"练习.py": "x = 5", "deep/er/work.py": "x = 6", "-x.py": "x = 7"}
    with sandbox_with(tier, files) as own:
        for x, name in enumerate(files, 5):
            with scene(own, name.removesuffix(".py")) as at:
                assert at.submission.value("x") == x
