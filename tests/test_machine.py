"""`grade doctor`: what is told is so, what is missing is told with the way to get it, in both languages."""

from __future__ import annotations

import errno
import io
import os
import re
import sys
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from world import linux, written

from grader import course as courses
from grader.course import LANGUAGES
from grader.kernel import frames
from grader.walls import bubblewrap, landlock, machine, tiers
from grader.walls.machine import Fact
from grader.words import prose
from grader.words.terminal import open_console

pytestmark = pytest.mark.outside
WORDS = courses.words().words


def facts() -> dict[str, Fact]:
    return {fact.about: fact for fact in machine.facts("en")}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_is_all_said_in_either_language(grade: Any, lang: str) -> None:
    said = grade("doctor", "--lang", lang)
    assert said.err == ""
    assert said.status == (0 if facts()["doctor_sandbox"].fine is not False else 1)
    for fact in machine.facts(lang):
        assert WORDS[fact.about].in_(lang) in said.out
        assert [key for key in (fact.told, *fact.ways) if key not in WORDS] == []
    assert not re.search(r"\{\w+\}", said.out)


def test_every_place_is_filled_and_every_word_is_asked_for() -> None:
    source = Path(machine.__file__).read_text("utf-8")
    keys = {key for key in WORDS if key.startswith("doctor_")}
    assert set(re.findall(r'"(doctor_\w+)"', source)) == keys
    for key in keys:
        assert set(re.findall(r"\{(\w+)\}", WORDS[key].en)) == set(re.findall(r"\{(\w+)\}", WORDS[key].zh))


@linux
def test_where_nothing_can_be_graded_no_walls_are_no_way(grade: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tiers, "PROC", Path("/nowhere"))
    told = grade("doctor", "--lang", "en").out
    assert "/proc does not show the processes" in told
    assert "--sandbox none" not in told


@linux
def test_what_is_told_of_walls_is_what_grading_takes() -> None:
    found = facts()
    for tier in ("bubblewrap", "landlock"):
        assert found[f"doctor_{tier}"].fine is (tiers.why_not(tier) is None)
        assert bool(found[f"doctor_{tier}"].ways) or found[f"doctor_{tier}"].fine


@linux
def test_what_is_missing_is_told_with_the_way_to_get_it(grade: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bubblewrap, "why_not", lambda: "bubblewrap (the command bwrap) is not installed")
    monkeypatch.setattr(landlock, "abi", lambda: 0)
    monkeypatch.setattr(machine.shutil, "which", lambda name: None)
    monkeypatch.setattr(frames, "executable", lambda: None)
    said = grade("doctor")
    assert said.status == 1
    ways = ["unless you say --sandbox none", "sudo apt install bubblewrap", "Linux 5.13 or newer", "pip install py-spy"]
    assert [way for way in ways if way not in said.out] == []


@linux
def test_kernel_is_not_blamed_for_what_we_are(grade: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(landlock, "abi", lambda: 7)
    monkeypatch.setattr(landlock, "why_not", lambda: "we are root here without CAP_FOWNER")
    said = " ".join(grade("doctor", "--lang", "en").out.split())
    assert "The kernel has it, but it is not to be had here: we are root here without CAP_FOWNER" in said
    assert "as an ordinary user" in said and "does not offer" not in said


RESTRICTIONS = [
    ({"apparmor": "1\n"}, ("doctor_apparmor", "doctor_way_apparmor")),
    ({"apparmor": "0\n", "clone": "0\n"}, ("doctor_way_sysctl",)),
    ({"most": "0\n"}, ("doctor_way_sysctl",)),
    ({}, ("doctor_way_container",)),
]


@linux
@pytest.mark.parametrize(("settings", "ways"), RESTRICTIONS, ids=str)
def test_why_there_is_no_namespace_is_read_from_the_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: dict[str, str], ways: tuple[str, ...]
) -> None:
    written(tmp_path, settings)
    for module, name in ((bubblewrap, "APPARMOR"), (machine, "CLONE"), (machine, "MOST")):
        monkeypatch.setattr(module, name, tmp_path / name.lower())
    monkeypatch.setattr(bubblewrap, "why_not", lambda: "bwrap: setting up uid map: Permission denied\nmore")
    monkeypatch.setattr(machine.shutil, "which", lambda name: "/usr/bin/bwrap")
    fact = facts()["doctor_bubblewrap"]
    assert (fact.fine, fact.told, fact.ways) == (False, "doctor_fails", ways)
    assert fact.facts == {"reason": "bwrap: setting up uid map: Permission denied"}


@linux
@pytest.mark.parametrize(("is_other", "way"), [(True, "doctor_way_ptrace"), (False, "doctor_way_kernel")])
def test_what_may_not_be_read_of_another_user_takes_a_capability(
    monkeypatch: pytest.MonkeyPatch, is_other: bool, way: str
) -> None:
    monkeypatch.setattr(machine, "_is_readable", lambda path: not path.endswith("syscall"))
    fact = machine._kernel(os.getpid(), is_other=is_other)
    assert (fact.fine, fact.facts, fact.ways) == (False, {"names": ("syscall",)}, (way,))


def test_elsewhere_it_is_told_that_only_linux_has_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    found = facts()
    assert [found[f"doctor_{name}"].told for name in ("bubblewrap", "landlock", "kernel")] == ["doctor_needs_linux"] * 3
    assert found["doctor_sandbox"].told == "doctor_sandbox_elsewhere"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_terminal_has_it_within_80_columns_and_a_pipe_has_it_whole(lang: str) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    text = WORDS["doctor_apparmor"].in_(lang)
    for stream, whole in ((Terminal(), False), (io.StringIO(), True)):
        printer = open_console(stream)
        printer.width = 80
        printer.print(prose.indented(text, printer))
        lines = stream.getvalue().splitlines()
        assert (len(lines) == 1) == whole
        assert whole or max(map(cell_len, lines)) <= 80
        assert re.sub(r"\s", "", stream.getvalue()) == re.sub(r"\s", "", text)


def test_pythons_that_may_not_be_read_are_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def closed(path: object, *_: object, **__: object) -> list[str]:
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    monkeypatch.setenv("PYENV_ROOT", str(tmp_path))
    (tmp_path / "versions" / "3.10.1").mkdir(parents=True)
    assert "3.10" in machine._pythons().facts["names"]
    with monkeypatch.context() as patched:  # root could read it whatever its mode
        patched.setattr(Path, "is_dir", closed)
        patched.setattr(os, "listdir", closed)
        told = machine._pythons().facts["names"]
    assert f"3.{sys.version_info.minor}" in told
