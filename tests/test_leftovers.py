"""What a sandbox and a check leave: nothing at all, whoever ends them, and whatever is still running or lies about."""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sandboxed import WORK, own, sandbox, strongest, tier
from world import ROOT, Ends, linux, nothing_left, sandbox_with, scene, written

from grader.harness import clearing
from grader.kernel import orphans, processes
from grader.walls import starting, tiers
from grader.walls import zygote as zygotes
from grader.walls.sandbox import Sandbox

__all__ = ["own", "sandbox", "strongest", "tier"]

pytestmark = linux


# --- of a sandbox


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


def test_stopping_twice_is_stopping_once(strongest: Sandbox) -> None:
    strongest.ready()
    strongest.stop()
    strongest.stop()
    assert strongest.zygote is None


@pytest.mark.parametrize("leaves", [True, False], ids=["by itself", "not by itself"])
def test_end_kills_nobody_by_a_number(own: Sandbox, monkeypatch: pytest.MonkeyPatch, leaves: bool) -> None:
    end_kills_nobody_by_a_number(own, monkeypatch, leaves)


@pytest.mark.parametrize("leaves", [True, False], ids=["by itself", "not by itself"])
def test_end_as_an_ordinary_user_kills_nobody_by_a_number(
    tier: str, monkeypatch: pytest.MonkeyPatch, leaves: bool
) -> None:
    monkeypatch.setattr(tiers, "throwaway_uid", lambda number=0: None)
    with sandbox_with(tier, {"work.py": WORK}) as own:
        end_kills_nobody_by_a_number(own, monkeypatch, leaves)


def end_kills_nobody_by_a_number(own: Sandbox, monkeypatch: pytest.MonkeyPatch, leaves: bool) -> None:
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


def test_zygote_that_was_killed_from_inside_leaves_no_process(tier: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if tier != "landlock":
        pytest.skip("it cannot be killed there, or nothing says who was inside")
    monkeypatch.setattr(tiers, "throwaway_uid", lambda number=0: None)  # as for an ordinary user
    with nothing_left(), sandbox_with(tier, {"work.py": WORK}) as own, scene(own) as at:
        at.submission.leave_all()
        ends = Ends(processes.below(own.ready().pid))
        assert len(ends.pidfds) >= 6
        os.kill(own.ready().pid, signal.SIGKILL)
        own.stop()
        ends.await_all()
        own.restart()


def test_who_is_forked_while_others_are_killed_is_killed_next(monkeypatch: pytest.MonkeyPatch) -> None:
    from grader.harness import __main__ as harness

    if (pid := os.fork()) == 0:
        signal.alarm(20)  # a net: without end, where it waits for who was not killed yet
        first, second = (os.fork() or (signal.alarm(20), signal.pause()) for _ in range(2))
        found = iter([[first], [second], []])
        monkeypatch.setattr(harness.clearing, "descendants", lambda root: next(found))
        zygote = harness.Zygote.__new__(harness.Zygote)
        zygote.whole, zygote._tell = False, lambda line: None  # type: ignore[method-assign]
        zygote.end_all()
        os._exit(0)
    assert os.waitpid(pid, 0)[1] == 0


def test_orphans_come_to_nobody_whose_sandboxes_have_ended(tier: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tiers, "throwaway_uid", lambda number=0: None)
    with sandbox_with(tier, {"work.py": WORK}):
        pass
    asked, libc = ctypes.c_int(-1), ctypes.CDLL(None)
    libc.prctl(orphans.PR_GET_CHILD_SUBREAPER, ctypes.byref(asked), 0, 0, 0)
    assert asked.value == 0


def test_zygote_that_was_killed_from_inside_leaves_no_shared_memory(own: Sandbox) -> None:
    if own.tier != "landlock" or not own._is_whole:
        pytest.skip("nobody else is in that folder, or nobody can tell whose it is")
    with scene(own) as at:
        at.submission.litter(f"/dev/shm/mine-{os.getpid()}")
        assert f"mine-{os.getpid()}" in os.listdir("/dev/shm")
        os.kill(own.ready().pid, signal.SIGKILL)
    own.stop()
    assert f"mine-{os.getpid()}" not in os.listdir("/dev/shm")


# --- of a check


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


def refused(*_: object) -> list[str]:
    raise OSError(errno.ENOTSUP, "no attributes here")


@pytest.mark.parametrize(
    ("listed", "gone"), [(lambda folder: ["security.selinux", "user.mark"], ["user.mark"]), (refused, [])]
)
def test_a_folder_keeps_what_the_system_has_put_on_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, listed: Callable[[str], list[str]], gone: list[str]
) -> None:
    removed: list[str] = []
    monkeypatch.setattr(os, "listxattr", listed)
    monkeypatch.setattr(os, "removexattr", lambda folder, name: removed.append(name))
    clearing.as_at_first(str(tmp_path), 0o755)
    assert removed == gone


def test_attributes_that_are_too_many_to_be_listed_are_not_taken_for_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_many(folder: str) -> list[str]:
        raise OSError(errno.E2BIG, "too many to list")

    monkeypatch.setattr(os, "listxattr", too_many)
    with pytest.raises(OSError, match="too many"):
        clearing.as_at_first(str(tmp_path), 0o755)


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


def test_semaphores_go_with_the_check_that_made_them(sandbox: Sandbox) -> None:
    with scene(sandbox) as at:
        names = at.submission.named_locks(3).value
    assert len(set(names)) == 3
    assert [name for name in names if Path(f"/dev/shm/sem.{name[1:]}").exists()] == []
