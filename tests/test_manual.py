"""The help: each command in both languages, within 80 columns; wrong arguments told in Chinese."""

from __future__ import annotations

import inspect
import re
import subprocess
import sys
from typing import Any

import pytest
from rich.cells import cell_len

from grader import cli, manual
from grader.course import LANGUAGES

pytestmark = pytest.mark.outside
CHINESE = re.compile("[\u4e00-\u9fff]")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", cli.COMMANDS)
def test_help_fits_80_columns_and_names_every_option(grade: Any, name: str, lang: str) -> None:
    said = grade(name, "--help", "--lang", lang)
    assert (said.status, said.err) == (0, "")
    assert [line for line in said.out.splitlines() if cell_len(line) > 80 and "|" not in line] == []
    written = [each.written.split(" <")[0] for each in manual.parameters(cli.COMMANDS[name])]
    assert [each for each in written if each not in said.out] == []
    assert said.out == grade(name, "-h", "--lang", lang).out


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_no_option_is_declared_twice(name: str) -> None:
    written = " ".join(each.written.split(" <")[0] for each in manual.parameters(cli.COMMANDS[name]))
    options = re.findall(r"(?<!\S)--?[a-z][\w-]*", written)
    assert sorted(options) == sorted(set(options))


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_all_that_is_said_has_its_chinese(name: str) -> None:
    about = [each.about for each in manual.parameters(cli.COMMANDS[name])]
    texts = [" ".join((inspect.getdoc(cli.COMMANDS[name]) or "").split()), *about]
    assert [text for text in texts if not CHINESE.search(manual.translated(text, "zh"))] == []
    assert all(text.isascii() for text in texts)


def test_no_chinese_is_left_over() -> None:
    source = inspect.getsource(manual) + inspect.getsource(cli)
    said = {text for command in cli.COMMANDS.values() for text in (" ".join((inspect.getdoc(command) or "").split()),)}
    said |= {each.about for command in cli.COMMANDS.values() for each in manual.parameters(command)}

    left = [text for text in manual.chinese()["texts"] if text not in said]
    assert [text for text in left if f'"{text}"' not in source and f"'{text}'" not in source] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_top_names_every_command(grade: Any, lang: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRADE_LANG", lang)
    said = grade("--help").out
    named = re.findall(r"^  ([a-z-]+)  ", said, re.MULTILINE)
    assert sorted(name for name in named if name[0] != "-") == sorted(cli.COMMANDS)
    assert bool(CHINESE.search(said)) == (lang == "zh")
    assert max(map(cell_len, said.splitlines())) <= 80


def test_columns_align_in_cells(grade: Any) -> None:
    lines = grade("run", "--help", "--lang", "zh").out.splitlines()
    parts = [re.match(r"(  --(?:json|html|memory) <.+?>\s+)", line) for line in lines]
    assert [cell_len(part[1]) for part in parts if part] == [30, 30, 30]


WRONG: dict[str, tuple[list[str], str]] = {
    "unknown option": (["run", "--speed-of-light"], "没有选项 --speed-of-light。"),
    "mistyped option": (["run", "--exercize", "ex12"], "是不是 --exercise？"),
    "no value": (["run", "--json"], "选项 --json 后面要写一个值。"),
    "too many": (["run", "a", "b"], "多写了参数：b"),
    "no such language": (["run", "--lang", "fr"], "--lang 不能是 fr"),
    "too little": (["run", "--memory", "1"], "--memory 至少是 64。"),
    "no number": (["run", "--memory", "much"], "--memory 要写一个数。"),
    "nothing named": (["solution"], "缺少参数 "),
    "no such command": (["frobnicate"], "没有命令 frobnicate。"),
    "mistyped command": (["rnu"], "是不是 grade run？"),
    "an exercise": (["ex03"], "是不是 grade --exercise ex03？"),
}


@pytest.mark.parametrize(("arguments", "told"), WRONG.values(), ids=WRONG)
def test_wrong_arguments_are_told_in_chinese(
    grade: Any, monkeypatch: pytest.MonkeyPatch, arguments: list[str], told: str
) -> None:
    monkeypatch.setenv("GRADE_LANG", "zh")
    said = grade(*arguments)
    assert (said.status, said.out) == (2, "")
    assert told in said.err
    assert len(said.err.splitlines()) == 1


def test_the_language_may_come_before_the_command(grade: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert grade("--lang", "zh", "explain", "7.2").out == grade("explain", "7.2", "--lang", "zh").out


def test_what_is_not_known_is_said_as_it_is() -> None:
    assert manual.wrong("Something else.", "zh") == "Something else."
    assert manual.wrong("No such option: -x", "en") == "No such option: -x"


@pytest.mark.thorough
@pytest.mark.alone
@pytest.mark.skipif(sys.platform == "win32", reason="it does not count the CPU time of children")
def test_help_comes_at_once() -> None:
    import resource

    def used_s() -> float:
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        return used.ru_utime + used.ru_stime

    took = []
    for _ in range(3):
        before = used_s()
        subprocess.run([sys.executable, "-m", "grader", "--help"], capture_output=True, check=True)
        took.append(used_s() - before)
    assert min(took) < 0.3  # of CPU: how busy the machine is has no say
