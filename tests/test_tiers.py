"""The three tiers of walls: which is chosen, and what is said where one cannot be had."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from world import linux

from grader.walls import bubblewrap, landlock, tiers
from grader.walls.tiers import NoWall


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
