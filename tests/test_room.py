"""The room that a container leaves for grading, and what is said of a sandbox that cannot be had there."""

from __future__ import annotations

import math
import os
from pathlib import Path

import ci_readers
import pytest
from ci_jobs import course, github, grade, repository
from world import TIERS, linux, written

from grader import systems
from grader.grading import judging
from grader.limits import LEAST_SCRATCH_MB, Limits
from grader.misuse import Misuse
from grader.walls import bubblewrap, room, tiers

__all__ = ["course", "repository"]

pytestmark = [linux, pytest.mark.frontend]


def test_limits_fit_into_the_container(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "GROUPS", tmp_path)
    monkeypatch.setattr(room, "OWN", tmp_path / "own")
    assert room.limits() == Limits()
    written(tmp_path, {"memory.max": "max\n", "own": "0::/job\n", "job/memory.max": str(768 << 20)})
    assert room.limit_mb() == 768
    assert room.limits().total_memory_mb + room.OURS_MB == 768
    written(tmp_path, {"memory.max": str(512 << 20), "memory/memory.limit_in_bytes": str(2**63 - 4096)})
    assert room.limit_mb() == 512
    assert room.limits(100).memory_mb == 100
    assert room.limits().scratch_mb == LEAST_SCRATCH_MB  # what right programs copy has room, whatever the container


OWN_GROUP = {
    "version 2": {"own": "0::/a/b\n", "a/memory.max": str(512 << 20), "a/b/memory.max": "max\n"},
    "version 1": {
        "own": "4:memory:/a/b\n0::/\n",
        "memory/a/memory.limit_in_bytes": str(512 << 20),
        "memory/a/b/memory.limit_in_bytes": str(2**63 - 4096),
    },
}


@pytest.mark.parametrize("version", OWN_GROUP)
def test_limit_of_a_group_above_ours_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str) -> None:
    monkeypatch.setattr(room, "GROUPS", tmp_path)
    monkeypatch.setattr(room, "OWN", tmp_path / "own")
    written(tmp_path, OWN_GROUP[version])
    assert room.limit_mb() == 512


TASKS = {
    "version 2": {"own": "0::/a/b\n", "a/pids.max": "90", "a/pids.current": "50", "a/b/pids.max": "max\n"},
    "version 1": {"own": "9:pids:/a\n0::/\n", "pids/a/pids.max": "90", "pids/a/pids.current": "50"},
}


@pytest.mark.parametrize("version", TASKS)
def test_too_few_processes_are_told_before_anything_is_graded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str
) -> None:
    monkeypatch.setattr(room, "GROUPS", tmp_path)
    monkeypatch.setattr(room, "OWN", tmp_path / "own")
    monkeypatch.setattr(systems, "ceiling", lambda name: math.inf)
    judging.look_for_limits()
    written(tmp_path, TASKS[version])
    with pytest.raises(Misuse, match="only 40 more processes"):
        judging.look_for_limits()


@pytest.mark.parametrize(("user", "left"), [(0, 100), (4001, 88)])
def test_what_a_user_runs_already_counts(monkeypatch: pytest.MonkeyPatch, user: int, left: int) -> None:
    monkeypatch.setattr(room, "OWN", Path("nowhere"))
    monkeypatch.setattr(systems, "ceiling", lambda name: 100 if name == "NPROC" else math.inf)
    monkeypatch.setattr(os, "geteuid", lambda: user)
    monkeypatch.setattr(room, "tasks_of_mine", lambda: 12)
    assert room.tasks_left() == left


@pytest.mark.skipif("landlock" not in TIERS, reason="this kernel has no Landlock")
def test_what_is_in_force_is_said_and_why_no_more(repository: Path, course: Path) -> None:
    said = "bwrap: setting up uid map: Permission denied"
    bwrap = written(repository.parent / "bin", {"bwrap": f"#!/bin/sh\necho '{said}' >&2; exit 1\n"}) / "bwrap"
    bwrap.chmod(0o755)
    around = github(repository)
    done = grade(repository, course, **around, PATH=f"{bwrap.parent}:{os.environ['PATH']}", GRADE_SANDBOX="auto")
    assert done.returncode == 0, done.stderr
    assert f"Landlock (files and signals shut in). bubblewrap could not be had: {said}" in done.stdout
    text, _ = ci_readers.markdown(Path(str(around["GITHUB_STEP_SUMMARY"])).read_bytes())
    assert "Permission denied" in text and "Landlock" in text


def test_apparmor_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bubblewrap, "APPARMOR", tmp_path / "restricted")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    written(
        tmp_path,
        {"restricted": "1\n", "bwrap": "#!/bin/sh\necho 'setting up uid map: Permission denied' >&2; exit 1\n"},
    )
    (tmp_path / "bwrap").chmod(0o755)
    monkeypatch.setattr(bubblewrap.shutil, "which", lambda name: str(tmp_path / "bwrap"))
    reason = bubblewrap.why_not()
    assert reason is not None and "Permission denied" in reason and "AppArmor" in reason
    assert tiers.passed_over("landlock") == {"bubblewrap": reason}
    written(tmp_path, {"restricted": "0\n"})
    assert "AppArmor" not in str(bubblewrap.why_not())
