"""What a user chooses: which exercises of which folder are graded, how, and in which language that is told."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest
from asked import EX12, SMALL, WRONG, cli_json, course, folder, orders
from world import Said, linux, written

from grader import __version__, options
from grader.grading.orders import Order
from grader.options import Lang
from grader.result import from_json

__all__ = ["course", "folder", "orders"]

pytestmark = pytest.mark.frontend


# --- what is graded

CHOICES = [
    (["ex12"], [EX12]),
    ([EX12], [EX12]),
    ([f"{EX12}.py"], [EX12]),
    ([f"/some/where/{EX12}.py"], [EX12]),
    (["ex12", EX12], [EX12]),
    (["ex12", "ex01"], ["ex01_first_process", EX12]),
]


@pytest.mark.parametrize(("wanted", "chosen"), CHOICES, ids=str)
def test_exercises_are_named_in_any_way(
    grade: Any, orders: list[Order], folder: Path, wanted: list[str], chosen: list[str]
) -> None:
    assert grade(folder, *(part for name in wanted for part in ("--exercise", name))).status == 0
    assert orders[0].exercises == chosen


def test_folder_is_this_one_or_the_one_that_is_named(
    grade: Any, orders: list[Order], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nested = written(folder.parent / "nested", {f"exercises/{EX12}.py": ""})
    monkeypatch.chdir(folder)
    for arguments in ([], ["run"], [folder], ["run", folder], ["--exercise", "ex12"], [nested], ["."]):
        assert grade(*arguments).status == 0
    assert [order.folder.resolve() for order in orders] == [folder] * 5 + [nested / "exercises", folder]


@pytest.mark.parametrize(("lang", "told"), [("en", "There is no"), ("zh", "没有")])
@pytest.mark.usefixtures("orders")
def test_a_file_that_may_be_meant_by_a_missing_one_is_named(grade: Any, folder: Path, lang: str, told: str) -> None:
    written(folder, {"ex11.py": "", "ex01_first_process.py.txt": ""})
    lines = grade("run", str(folder), "--lang", lang).out.splitlines()
    said = [line for line in lines if line.startswith(told)]
    assert ["ex01_first_process.py.txt" in said[0], "ex11.py" in said[1], len(said)] == [True, True, 2]


@pytest.mark.skipif(os.name != "posix", reason="kinds of files of POSIX")
@pytest.mark.parametrize(("lang", "told"), [("en", ("is a link", "is a folder", "no ordinary")),
                                            ("zh", ("是一个链接", "是一个文件夹", "不是普通的文件"))])  # fmt: skip
@pytest.mark.usefixtures("orders")
def test_what_has_the_name_and_is_no_file_is_called_what_it_is(
    grade: Any, folder: Path, lang: str, told: tuple[str, ...]
) -> None:
    (folder / "ex01_first_process.py").symlink_to("nowhere")
    (folder / "ex02_name_and_pid.py").mkdir()
    os.mkfifo(folder / "ex03_arguments_and_globals.py")
    lines = grade("run", str(folder), "--lang", lang).out.splitlines()
    said = [line for line in lines if line.startswith(("ex01_", "ex02_", "ex03_"))]
    assert [part in line for part, line in zip(told, said, strict=True)] == [True] * 3
    assert not any("not there" in line or "There is no" in line for line in lines)
    hints = [grade("hint", name, folder, "--lang", lang).err for name in ("ex01", "ex02", "ex03")]
    assert [part in hint for part, hint in zip(told, hints, strict=True)] == [True] * 3


def test_options_are_handed_on(grade: Any, orders: list[Order], folder: Path) -> None:
    grade(folder, "--start-method", "spawn", "--sandbox", "none", "--memory", 100, "--processes", 20, "--scratch", 5,
          "--output", 7)  # fmt: skip
    (order,) = orders
    limits = order.limits
    assert (order.start_method, order.tier, order.json) == ("spawn", "none", None)
    assert (limits.memory_mb, limits.total_memory_mb, limits.processes) == (100, 150, 20)
    assert (limits.scratch_mb, limits.output_bytes) == (5, 7 << 10)


# --- words

LANGUAGES: list[tuple[dict[str, str], str | None, str]] = [
    ({}, "zh", "zh"),
    ({}, "en", "en"),
    ({"GRADE_LANG": "zh"}, None, "zh"),
    ({"GRADE_LANG": "zh_CN.UTF-8"}, None, "zh"),
    ({"GRADE_LANG": "zh"}, "en", "en"),
    ({"GRADE_LANG": "en", "LANG": "zh_CN.UTF-8"}, None, "en"),
    ({"GRADE_LANG": "", "LANG": "zh_CN.UTF-8"}, None, "zh"),
    ({"LANG": "Chinese_China"}, None, "zh"),
    ({"LANG": "de_DE.UTF-8"}, None, "en"),
    ({"LANG": "C"}, None, "en"),
]


@pytest.mark.parametrize(("environment", "wanted", "language"), LANGUAGES, ids=str)
def test_language_is_the_one_that_is_asked_for(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], wanted: str | None, language: str
) -> None:
    for name in ("GRADE_LANG", "LANG", "LC_ALL", "LC_CTYPE"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("locale.getlocale", lambda: (None, None))
    assert options.language(Lang(wanted) if wanted else None) == language


@linux
def test_chinese_folder_is_graded_and_told_in_chinese(grade: Any, course: Path, tmp_path: Path) -> None:
    folder = written(tmp_path / "小明 的「作业」", {f"{SMALL}.py": WRONG})
    said = grade(folder, "--course", course, "--lang", "zh", "--json", tmp_path / "结果.json")
    assert said.status == 1
    assert re.search("得分.*分", said.out)
    assert "Expected" not in said.out
    assert from_json((tmp_path / "结果.json").read_bytes()).submission == "小明 的「作业」"


def test_report_is_made_of_a_result(grade: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "结果.json").write_bytes(cli_json())
    assert grade("report", "结果.json") == Said(0, "Written: report.html\n", "")
    assert grade("report", "结果.json", "-o", "页.html", "--lang", "zh") == Said(0, "已写入：页.html\n", "")
    assert grade("report", "结果.json", "-o", "/dev/null") == Said(0, "", "")
    assert b'lang="en"' in (tmp_path / "report.html").read_bytes()
    assert b'lang="zh' in (tmp_path / "页.html").read_bytes()


def test_schema_help_and_version(grade: Any) -> None:
    from grader.result import schema

    assert json.loads(grade("schema").out) == schema()
    assert grade("--version") == Said(0, f"grade {__version__}\n", "")
    for arguments in (["--help"], ["run", "--help"], ["report", "--help"]):
        said = grade(*arguments)
        assert (said.status, said.err) == (0, "")
        assert "grade" in said.out
