"""The three tiers of walls: which is chosen, and what is said where one cannot be had."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from world import linux, written

from grader import places
from grader.walls import bubblewrap, landlock, tiers, users
from grader.walls.tiers import NoWall

pytestmark = pytest.mark.outside


def here(monkeypatch: pytest.MonkeyPatch, *, bwrap: str | None = None, lock: str | None = None) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(bubblewrap, "why_not", lambda: bwrap)
    monkeypatch.setattr(landlock, "why_not", lambda: lock)


def test_strongest_that_works_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    here(monkeypatch)
    assert [tiers.choose(wanted) for wanted in ("auto", *tiers.TIERS)] == ["bubblewrap", *tiers.TIERS]
    here(monkeypatch, bwrap="it is not installed")
    assert tiers.choose("auto") == "landlock"


def test_to_go_without_walls_has_to_be_said(monkeypatch: pytest.MonkeyPatch) -> None:
    here(monkeypatch, bwrap="it is not installed", lock="the kernel is too old")
    with pytest.raises(NoWall) as error:
        tiers.choose("auto")
    for told in ("bubblewrap: it is not installed", "landlock: the kernel is too old", "--sandbox none"):
        assert told in str(error.value)
    assert tiers.choose("none") == "none"


@linux
@pytest.mark.parametrize("shown", ["1", None])
def test_nothing_is_graded_where_proc_shows_other_processes_or_none(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, shown: str | None
) -> None:
    if shown:
        (tmp_path / "self").symlink_to(shown)
    monkeypatch.setattr(tiers, "PROC", tmp_path)
    for wanted in ("auto", *tiers.TIERS):
        with pytest.raises(NoWall, match="/proc does not show the processes"):
            tiers.choose(wanted)


@linux
def test_nothing_is_graded_where_proc_shows_processes_alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "self").symlink_to(str(os.getpid()))
    monkeypatch.setattr(tiers, "PROC", tmp_path)
    for wanted in ("auto", *tiers.TIERS):
        with pytest.raises(NoWall, match="needs the rest, too"):
            tiers.choose(wanted)


@pytest.mark.parametrize("tier", ["bubblewrap", "landlock"])
def test_wall_that_was_asked_for_is_never_replaced(monkeypatch: pytest.MonkeyPatch, tier: str) -> None:
    here(monkeypatch, bwrap="no", lock="no")
    with pytest.raises(NoWall, match=f"{tier}: no"):
        tiers.choose(tier)


@pytest.mark.parametrize("platform", ["darwin", "win32"])
def test_elsewhere_there_is_no_wall(monkeypatch: pytest.MonkeyPatch, platform: str) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    assert tiers.choose("auto") == "none"
    with pytest.raises(NoWall, match="it needs Linux"):
        tiers.choose("bubblewrap")


@linux
def test_bubblewrap_that_is_not_there_or_not_allowed_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bubblewrap.shutil, "which", lambda name: None)
    assert "is not installed" in str(bubblewrap.why_not())
    monkeypatch.undo()
    monkeypatch.setattr(bubblewrap.shutil, "which", lambda name: "/bin/sh")
    monkeypatch.setattr(
        bubblewrap, "_walls", lambda: ["sh", "-c", "echo setting up uid map: Permission denied >&2; exit 1"]
    )
    assert bubblewrap.why_not() == "setting up uid map: Permission denied"
    monkeypatch.setattr(bubblewrap, "_walls", lambda: ["false"])
    assert bubblewrap.why_not() == "bwrap failed"


@linux
def test_throwaway_user_is_nobody_else_and_only_roots_to_give() -> None:
    uid = tiers.throwaway_uid()
    if os.geteuid() != 0:
        assert uid is None
        return
    code = "from grader.walls import tiers; print(tiers.throwaway_uid())"
    other = int(subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout)
    assert uid is not None
    assert uid != other
    assert min(uid, other) > 1_000_000
    assert max(uid, other) < 2**31


ALL_USERS, TWO_RANGES, ONE_USER = "0 0 4294967295\n", "0 1000 1\n1 100000 65536\n", "0 0 1\n"
OF_DOCKER, NONE_AT_ALL = "a80425fb", "0"  # capabilities that a container has by default, and with --cap-drop=ALL
NO_FOWNER, NO_DAC_OVERRIDE = "a80425f3", "a80425f9"


@linux
@pytest.mark.parametrize(
    ("euid", "held", "known", "unused"),
    [
        (0, OF_DOCKER, ALL_USERS, users.UNUSED[0]),
        (0, OF_DOCKER, TWO_RANGES, users.UNUSED[1]),
        (0, OF_DOCKER, ONE_USER, range(0)),
        (0, NONE_AT_ALL, ALL_USERS, range(0)),
        (0, NO_FOWNER, ALL_USERS, range(0)),
        (0, NO_DAC_OVERRIDE, ALL_USERS, range(0)),
        (1000, OF_DOCKER, ALL_USERS, range(0)),
    ],
)
def test_users_to_spare_are_those_that_root_may_become(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, euid: int, held: str, known: str, unused: range
) -> None:
    texts = {"status": f"Name:\tpython\nCapEff:\t{held}\n", "uid_map": known, "gid_map": known}
    monkeypatch.setattr(users, "SELF", written(tmp_path, texts))
    monkeypatch.setattr(os, "geteuid", lambda: euid)
    assert users.spare() == unused
    assert (tiers.throwaway_uid() in unused) == bool(unused)


@linux
def test_root_whose_power_would_go_in_has_no_landlock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(landlock, "abi", lambda: 7)
    monkeypatch.setattr(users, "is_root", lambda: True)
    monkeypatch.setattr(users, "spare", lambda: range(0))
    monkeypatch.setattr(users, "capabilities", lambda: int(OF_DOCKER, 16))
    assert "may become no other user" in str(landlock.why_not())
    monkeypatch.setattr(users, "capabilities", lambda: int(NO_FOWNER, 16))
    assert "without CAP_FOWNER, so" in str(landlock.why_not())
    monkeypatch.setattr(users, "capabilities", lambda: 0)
    assert landlock.why_not() is None
    monkeypatch.setattr(users, "spare", lambda: users.UNUSED[0])
    monkeypatch.setattr(landlock, "is_open_to_all", lambda path: False)
    assert "root alone can enter" in str(landlock.why_not())


@linux
@pytest.mark.parametrize("started", ["unshare --user --map-root-user", "setpriv --bounding-set=-all --inh-caps=-all"])
def test_root_of_a_container_that_can_become_nobody_else_grades_all_the_same(tmp_path: Path, started: str) -> None:
    if os.geteuid() != 0 and "setpriv" in started:
        pytest.skip("it is not root")
    if not shutil.which(started.split()[0]) or subprocess.run([*started.split(), "true"], check=False).returncode:
        pytest.skip("there is no such root to be had here")
    shutil.copy(places.SOLUTIONS / "ex01_first_process.py", tmp_path)
    words = ["-m", "grader", "run", str(tmp_path), "--exercise", "ex01", "--quiet", "--json", str(tmp_path / "told")]
    done = subprocess.run([*started.split(), sys.executable, *words], check=False, stdout=subprocess.DEVNULL)
    assert done.returncode == 0
    assert json.loads((tmp_path / "told").read_bytes())["sandbox"] != "none"
