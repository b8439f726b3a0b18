"""The students' commands as they are met: what they say, in both languages, and what they leave alone."""

from __future__ import annotations

import os
import re
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import small_course
from world import ROOT, linux, written

from grader import course as courses
from grader import places
from grader.commands import states
from grader.result import CheckResult, ExerciseResult, Result, State, Verdict
from grader.student import handout, kept

pytestmark = pytest.mark.frontend
EX01, EX03, EX12 = "ex01_first_process", "ex03_arguments_and_globals", "ex12_iterators"
SMALL = small_course.EXERCISE
FAILS = "check_start_calls_target_once"


def graded(folder: Path, exercise: str, verdict: Verdict, check: str = FAILS) -> None:
    """Keeps a last result of `exercise`."""
    found = CheckResult(id=check, function="start_process", section="7.3", verdict=verdict, expected="1", seen="2",
                        points=2 if verdict is Verdict.PASSED else 0, max_points=2)  # fmt: skip
    result = Result(course="c", kit="1", python="3", start_method="fork", submission="s", sandbox="none", complete=True)
    result.exercises = [ExerciseResult(id=exercise, state=State.GRADED, checks=[found])]
    result.add_up()
    kept.keep(folder, result, kept.digests(folder, [exercise]))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, with one exercise begun; it is the current folder."""
    handout.hand_out(places.KIT, tmp_path / "我的 练习", "en")
    monkeypatch.chdir(written(tmp_path / "我的 练习", {f"{EX01}.py": "def start_process(target):\n    pass\n"}))
    return Path.cwd()


# --- init, reset


def test_init_makes_a_folder_and_says_what_comes_next(grade: Any, tmp_path: Path) -> None:
    said = grade("init", tmp_path / "new" / "my folder")
    assert (said.status, said.err) == (0, "")
    assert f"Files made in {tmp_path / 'new' / 'my folder'}: 17" in said.out
    assert said.out.splitlines()[-2:] == [f"  cd '{tmp_path / 'new' / 'my folder'}'", "  grade"]


def test_init_says_what_is_there_and_leaves_it(grade: Any, folder: Path) -> None:
    said = grade("init")
    assert said.status == 0
    assert [line.strip() for line in said.out.splitlines()].count(f"{EX01}.py") == 1
    assert "With --force they are replaced" in said.out
    assert (folder / f"{EX01}.py").read_text("utf-8").startswith("def start_process")
    assert not list(folder.glob("*.bak"))


def test_init_by_force_keeps_a_copy(grade: Any, folder: Path) -> None:
    said = grade("init", "--force", "--lang", "zh")
    assert f"已替换 {EX01}.py；你原来的文件现在是 {EX01}.py.bak" in said.out
    assert "每个 `ex*.py` 文件" in (folder / "README.md").read_text("utf-8")
    assert handout.is_stub(places.KIT, folder, EX01)


def test_reset_puts_one_back_and_keeps_a_copy(grade: Any, folder: Path) -> None:
    assert f"yours is now {EX01}.py.bak" in grade("reset", "ex01").out
    assert (folder / f"{EX01}.py.bak").read_text("utf-8").startswith("def start_process")
    assert grade("reset", "1").out == f"{EX01}.py is as it was handed out.\n"
    (folder / f"{EX03}.py").unlink()
    assert grade("reset", "ex03", "--lang", "zh").out == f"{EX03}.py 已放回，是发下来时的样子。\n"


@linux
def test_what_init_has_made_is_graded_with_plain_grade(grade: Any, tmp_path: Path, monkeypatch: Any) -> None:
    course = small_course.make(tmp_path / "course")
    grade("init", tmp_path / "作业", "--course", course)
    monkeypatch.chdir(written(tmp_path / "作业", {f"{SMALL}.py": small_course.SOLUTION}))
    said = grade("--course", course)
    assert (said.status, said.err) == (0, "")
    assert kept.read(tmp_path / "作业").exercises[SMALL].solved


@linux
def test_a_folder_that_cannot_be_written_and_a_home_that_cannot_are_graded(
    grade: Any, tmp_path: Path, state: Path
) -> None:
    course = small_course.make(tmp_path / "course")
    folder = written(tmp_path / "s", {f"{SMALL}.py": small_course.SOLUTION})
    folder.chmod(stat.S_IRUSR | stat.S_IXUSR)
    state.write_text("no folder")
    before = sorted(folder.iterdir())
    said = grade("run", folder, "--course", course)
    assert (said.status, said.err) == (0, "")
    assert sorted(folder.iterdir()) == before


# --- list


@pytest.mark.parametrize(("lang", "said"), [("en", "not graded yet"), ("zh", "还没有评过")])
def test_list_before_anything_was_graded(grade: Any, folder: Path, lang: str, said: str) -> None:
    (folder / f"{EX03}.py").unlink()
    listed = grade("list", "--lang", lang)
    assert listed.status == 0
    assert said in next(line for line in listed.out.splitlines() if "ex01" in line)
    assert ("no file" if lang == "en" else "没有文件") in next(x for x in listed.out.splitlines() if "ex03" in x)
    assert listed.out.splitlines()[-1].endswith("grade")


def test_list_tells_the_last_results_and_what_has_changed_since(grade: Any, folder: Path) -> None:
    graded(folder, EX01, Verdict.FAILED)
    written(folder, {f"{EX12}.py": "x = 1\n"})
    graded(folder, EX12, Verdict.PASSED)
    written(folder, {f"{EX12}.py": "x = 2\n"})
    lines = grade("list").out.splitlines()
    assert re.search(r"✗ ex01 .* 0/2$", next(line for line in lines if "ex01" in line).rstrip())
    assert "changed since" in next(line for line in lines if "ex12" in line)
    assert "Graded before your last changes: ex12. To see how they stand: grade" in lines
    assert lines[-1].endswith("(a hint: grade hint ex01)")


@linux
@pytest.mark.parametrize("is_first", [True, False], ids=["the first result of all", "one more"])
def test_list_follows_what_is_graded_and_saved_elsewhere(folder: Path, is_first: bool) -> None:
    if not is_first:
        graded(folder, EX12, Verdict.PASSED)
    command = [sys.executable, "-m", "grader", "list", "--follow"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8") as listed:
        assert listed.stdout
        rows = (line for line in listed.stdout if re.search("ex01 .* [0-9]+/[0-9]+$", line.rstrip()))
        assert "not graded yet" in next(rows)
        graded(folder, EX01, Verdict.FAILED)
        assert next(rows).rstrip().endswith("0/2")
        (folder / f"{EX01}.py").write_text("x = 1\n")
        assert "changed since" in next(rows)
        listed.send_signal(signal.SIGINT)
        assert listed.wait() == 0


def test_list_looks_again_and_again_where_there_are_no_events(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bool] = []

    def watch(*folders: Path, force_polling: bool, **_: object) -> Iterator[object]:
        asked.append(force_polling)
        if not force_polling:
            raise OSError("no more watches")
        yield set()

    monkeypatch.setattr("watchfiles.watch", watch)
    assert len(list(states._moments(folder))) == 2
    assert asked == [False, True]


# --- hint, solution, explain


def test_each_hint_goes_a_step_further(grade: Any, folder: Path) -> None:
    graded(folder, EX01, Verdict.FAILED)
    said = [grade("hint", "ex01").out for _ in range(6)]
    assert [text.splitlines()[0][-6:] for text in said] == ["1 of 5", "2 of 5", "3 of 5", "4 of 5", "5 of 5", "5 of 5"]
    assert len({text.splitlines()[1] for text in said}) == 5
    assert said[0].splitlines()[-1] == "One step further: grade hint ex01"
    assert said[5].splitlines()[-1] == "That was the last hint."
    assert "2 of 5" in grade("hint", "ex01", "--step", "2").out
    assert "3/5" in grade("hint", "ex01", "--lang", "zh").out


def test_a_hint_without_an_exercise_is_to_the_one_to_be_at(grade: Any, folder: Path) -> None:
    assert "ex01 has not been graded yet" in grade("hint").err
    graded(folder, EX01, Verdict.FAILED)
    assert [grade("hint").out.splitlines()[0][:4] for _ in range(2)] == ["ex01"] * 2
    graded(folder, EX01, Verdict.PASSED)
    assert grade("hint").out.startswith("ex02")


def test_a_hint_says_that_the_file_has_changed(grade: Any, folder: Path) -> None:
    graded(folder, EX01, Verdict.FAILED)
    assert "has changed" not in grade("hint", "ex01").out
    written(folder, {f"{EX01}.py": "x = 2\n"})
    assert "Your file has changed since it was graded" in grade("hint", "ex01").out


def test_hints_to_what_is_not_begun_and_to_what_is_done(grade: Any, folder: Path) -> None:
    assert [grade("hint", "ex03").out.splitlines()[0][-6:] for _ in range(2)] == ["1 of 4", "2 of 4"]
    graded(folder, EX01, Verdict.PASSED)
    assert "ex01 is complete: no hint is needed." in grade("hint", "ex01").out


def test_hints_are_given_where_nothing_can_be_kept(grade: Any, folder: Path, state: Path) -> None:
    state.write_text("no folder")
    assert "1 of 4" in grade("hint", "ex03").out
    assert "3 of 4" in grade("hint", "ex03", "--step", "3").out


def test_a_solution_is_for_who_has_one(grade: Any, folder: Path) -> None:
    text = (places.SOLUTIONS / f"{EX01}.py").read_text("utf-8")
    graded(folder, EX01, Verdict.FAILED)
    denied = grade("solution", "ex01")
    assert (denied.status, denied.out) == (2, "")
    assert denied.err == (
        "grade: ex01 has not passed yet: see grade hint ex01, or say --spoil to see the solution all the same\n"
    )
    assert grade("solution", "ex01", "--spoil").out == text
    graded(folder, EX01, Verdict.PASSED)
    assert grade("solution", "ex01").out == text
    graded(folder, EX01, Verdict.FAILED)
    assert grade("solution", "ex01").out == text


def test_explain_tells_a_section_an_exercise_or_what_there_is(grade: Any, tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.chdir(tmp_path)
    assert grade("explain", "7.10").out.startswith("7.10 A queue between processes, and join\n")
    assert "常见错误" in grade("explain", "7.10", "--lang", "zh").out
    assert grade("explain", "ex06").out.count("Usual mistakes") == 2
    assert len(grade("explain").out.splitlines()) == len(courses.load().sections)


def test_explain_of_a_course_of_ones_own_has_what_there_is(grade: Any, tmp_path: Path) -> None:
    course = small_course.make(tmp_path / "course")
    assert grade("explain", "1", "--course", course).out == "1 Numbers\nhttps://example.org/1\n"


# --- wrong use, in both languages

MISUSES: dict[str, tuple[list[str], str, str]] = {
    "nothing to list": (
        ["list", "empty"],
        "no exercise file is in empty",
        "文件夹）里没有练习文件",
    ),
    "list of nowhere": (["list", "nowhere"], "nowhere is not there", "nowhere 不存在"),
    "no such exercise": (["hint", "ex99"], "there is no exercise ex99.", "没有练习 ex99。"),
    "mistyped": (["reset", "ex03_arguments"], f"Did you mean {EX03}?", f"是不是 {EX03}？"),
    "not graded": (["hint", "ex01"], "ex01 has not been graded yet", "ex01 还没有评过"),
    "not solved": (["solution", "ex01"], "ex01 has not passed yet", "ex01 还没有通过"),
    "no exercise to explain": (["explain", "ex99"], "there is no exercise ex99.", "没有练习 ex99。"),
    "no such section": (["explain", "7.1"], "There are 7.2 to 7.16.", "各节是 7.2 到 7.16。"),
    "file for a folder": (["init", "README.md"], "README.md is a file: name a folder", "README.md 是一个文件"),
    "no course": (["list", "--course", "empty"], "empty is no course", "empty 不是课程"),
    "file to grade": (["run", "README.md"], "README.md is a file", "README.md 是一个文件"),
    "page in no folder": (["--html", "nowhere/r.html"], "nowhere is not there", "nowhere 不存在"),
}


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize(("arguments", "en", "zh"), MISUSES.values(), ids=MISUSES)
def test_wrong_use_is_a_sentence_in_either_language(
    grade: Any, folder: Path, arguments: list[str], en: str, zh: str, lang: str
) -> None:
    (folder / "empty").mkdir()
    said = grade(*arguments, "--lang", lang)
    assert (said.status, said.out) == (2, "")
    assert (en if lang == "en" else zh) in said.err
    assert len(said.err.splitlines()) == 1


@linux
@pytest.mark.parametrize("command", ["list", "watch", "run"])
def test_a_folder_that_has_gone_below_us_is_wrong_use(grade: Any, folder: Path, command: str) -> None:
    gone = folder / "gone"
    gone.mkdir()
    os.chdir(gone)
    gone.rmdir()
    said = grade(command)
    assert (said.status, said.out) == (2, "")
    assert "no exercise file is in" in said.err


def test_every_word_of_wrong_use_is_asked_for() -> None:
    keys = {key for key in courses.words().words if key.startswith("use_")}
    code = "".join(path.read_text("utf-8") for path in (ROOT / "grader").rglob("*.py"))
    assert [key for key in sorted(keys) if f'"{key}"' not in code and "errno" not in key] == []
    assert set(re.findall(r'"(use_\w+)"', code)) - keys == set()


@linux
@pytest.mark.parametrize(("lang", "said"), [("en", "No space left on device"), ("zh", "磁盘已满")])
def test_a_full_disk_is_a_sentence(folder: Path, lang: str, said: str) -> None:
    with open("/dev/full", "wb") as full:
        command = [sys.executable, "-m", "grader", "list", "--lang", lang]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 2
    assert said in done.stderr.decode()


# --- the terminal


@linux
def test_open_opens_the_page(grade: Any, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", lambda url: opened.append(url) or True)
    said = grade("--exercise", "ex12", "--open")
    assert (said.status, said.err) == (1, "")
    assert opened == [(folder / "report.html").as_uri()]
    assert "<html" in (folder / "report.html").read_text("utf-8")
    monkeypatch.setattr("webbrowser.open", lambda url: False)
    assert f"Open this page: {folder / 'page.html'}" in grade("--exercise", "ex12", "--html", "page.html", "--open").out


@linux
def test_after_one_exercise_is_right_the_next_one_is_named(grade: Any, folder: Path) -> None:
    written(folder, {f"{EX12}.py": (places.SOLUTIONS / f"{EX12}.py").read_text("utf-8")})
    said = grade("--exercise", "ex12")
    assert said.status == 0
    assert said.out.splitlines()[-1].startswith("Next: Begin: ex02 ")


@linux
def test_quiet_is_one_line_and_verbose_names_every_check(grade: Any, tmp_path: Path) -> None:
    course = small_course.make(tmp_path / "course")
    folder = written(tmp_path / "s", {f"{SMALL}.py": small_course.SOLUTION})
    assert grade(folder, "--course", course, "-q").out == "✓ 3 of 3 points, 100 %, +1 bonus\n"
    said = grade(folder, "--course", course, "-v").out
    assert said.count("[passed, ex01") == 4
