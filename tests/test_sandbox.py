"""Sandboxes of each tier: the same Python comes up behind the walls, wherever it lies, and what hinders it is said."""

from __future__ import annotations

import os
import platform
import resource
import shutil
import sys
import tempfile
from pathlib import Path

import pytest
from sandboxed import sandbox, tier
from world import TIERS, linux, sandbox_with, scene

from grader import systems
from grader.finding import Broken, Finding
from grader.kernel import processes
from grader.limits import Limits
from grader.walls import bubblewrap, starting
from grader.walls.sandbox import Sandbox

__all__ = ["sandbox", "tier"]

pytestmark = [pytest.mark.outside, linux]


# --- start


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
    assert set(names) >= {"PATH", "HOME", "LANG", "USER", "LOGNAME"}
    assert set(names) <= {
        "PATH", "HOME", "TMPDIR", "LANG", "LC_CTYPE", "PWD", "MALLOC_ARENA_MAX", "LD_LIBRARY_PATH", "USER", "LOGNAME",
    }  # fmt: skip


def test_folder_for_temporaries_may_have_a_long_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ("long" * 20)).mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / ("long" * 20)))
    with Sandbox(TIERS[0]) as own:
        home = own.home
        assert own.ready().version == platform.python_version()
    assert not home.exists()


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


def test_submission_cannot_write_into_its_own_folder(sandbox: Sandbox) -> None:
    if sandbox.tier == "none":
        pytest.skip("without walls it can")
    with scene(sandbox) as at, pytest.raises(Finding) as finding:
        at.submission.write_here()
    assert finding.value.facts["type"] in ("OSError", "PermissionError")


# --- limits


def test_limits_are_handed_on(tier: str) -> None:
    text = "import resource\ndef limits():\n    return [resource.getrlimit(n)[1] for n in (7, 1, 2, 4)]"
    limits = Limits(files=200, scratch_mb=3, memory_mb=300)
    with sandbox_with(tier, {"work.py": text}, limits) as own, scene(own) as at:
        assert at.submission.limits() == [200, 3 << 20, 300 << 20, 0]


@pytest.mark.parametrize(("memory_mb", "stack_mb"), [(1024, 8), (300, 4), (128, 2)])
def test_forty_threads_fit_whatever_stacks_whoever_starts_us_has(tier: str, memory_mb: int, stack_mb: int) -> None:
    text = "import resource\ndef stack():\n    return resource.getrlimit(resource.RLIMIT_STACK)[0]"
    before = resource.getrlimit(resource.RLIMIT_STACK)
    with systems.stacks_of(64), sandbox_with(tier, {"work.py": text}, Limits(memory_mb=memory_mb)) as own:
        with scene(own) as at:
            assert at.submission.stack() == stack_mb << 20
        assert resource.getrlimit(resource.RLIMIT_STACK)[0] == 64 << 20
    assert resource.getrlimit(resource.RLIMIT_STACK) == before


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
