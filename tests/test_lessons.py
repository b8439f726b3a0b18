"""The lessons: each section has one in both languages, on one screen, and each example runs and prints what it says."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from pathlib import Path

import pytest
from rich.cells import cell_len
from world import linux

from grader import course as courses
from grader import places
from grader.commands import explain
from grader.course import LANGUAGES, Text
from grader.result import CheckResult, ExerciseResult, LoadError, State, Verdict
from grader.student import ladder, lessons
from grader.words.terminal import open_console

pytestmark = pytest.mark.frontend
COURSE = courses.load()
LESSONS = lessons.load(places.KIT.course)
CHINESE = re.compile("[\u4e00-\u9fff]")
EX01 = "ex01_first_process"
COMMENT = re.compile(r"  # (.*)$", re.MULTILINE)


def shown(section: str, lang: str) -> list[str]:
    stream = io.StringIO()
    printer = open_console(stream)
    printer.print(explain.screen(section, LESSONS[section], COURSE, lang, printer), width=80, soft_wrap=False)
    return stream.getvalue().splitlines()


def test_every_section_has_a_lesson_and_no_lesson_is_left_over() -> None:
    assert list(LESSONS) == list(COURSE.sections)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("section", LESSONS)
def test_every_word_is_in_its_language(section: str, lang: str) -> None:
    lesson = LESSONS[section]
    texts: list[Text] = [lesson.what, *lesson.mistakes]
    assert len(texts) >= 4
    assert [bool(CHINESE.search(text.in_(lang))) for text in texts] == [lang == "zh"] * len(texts)
    assert lang == "zh" or all(text.en.isascii() for text in texts)
    assert lesson.example.isascii()


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("section", LESSONS)
def test_a_lesson_is_one_screen(section: str, lang: str) -> None:
    lines = shown(section, lang)
    assert len(lines) <= 23  # and the line that is typed
    assert max(map(cell_len, lines)) <= 80


def printed(section: str, folder: Path, method: str | None) -> list[str]:
    begin = (
        f"if __name__ == '__main__':\n    import multiprocessing\n    multiprocessing.set_start_method({method!r})\n"
    )
    path = folder / "example.py"
    path.write_text((begin if method else "") + LESSONS[section].example, "utf-8")
    done = subprocess.run([sys.executable, str(path)], capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return sorted(done.stdout.strip().splitlines())


@linux
@pytest.mark.parametrize("section", LESSONS)
def test_an_example_prints_what_it_says(section: str, tmp_path: Path) -> None:
    said = sorted(COMMENT.findall(LESSONS[section].example))
    assert said
    assert [line.strip() for line in printed(section, tmp_path, None)] == said


@linux
@pytest.mark.thorough
@pytest.mark.parametrize("method", ["fork", "spawn", "forkserver"])
@pytest.mark.parametrize("section", LESSONS)
def test_an_example_runs_under_every_start_method(section: str, method: str, tmp_path: Path) -> None:
    said = sorted(COMMENT.findall(LESSONS[section].example))
    assert [line.strip() for line in printed(section, tmp_path, method)] == said


@pytest.mark.parametrize("exercise", COURSE.exercises)
def test_no_example_is_the_solution(exercise: str) -> None:
    solution = {line.strip() for line in (places.SOLUTIONS / f"{exercise}.py").read_text("utf-8").splitlines()}
    for section in {check.section for check in COURSE.exercises[exercise].checks.values()}:
        example = LESSONS[section].example.strip().splitlines()
        own = [line for line in example if line.strip() in solution and line.startswith("    ")]
        assert len(own) < len(example) / 2


# --- the ladder of hints


def failing(**facts: object) -> ExerciseResult:
    ok = CheckResult(id="check_start_runs_target_in_a_child", function="start_process", section="7.3",
                     verdict=Verdict.PASSED)  # fmt: skip
    bad = CheckResult(id="check_start_calls_target_once", function="start_process", section="7.3",
                      verdict=Verdict.FAILED, **facts)  # type: ignore[arg-type]  # fmt: skip
    return ExerciseResult(id=EX01, state=State.GRADED, checks=[ok, bad])


def steps(exercise: ExerciseResult, lang: str = "en") -> list[str]:
    made = ladder.ladder(exercise, COURSE, LESSONS, lang)
    assert made is not None
    return made.steps


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_ladder_goes_from_a_nudge_to_where_it_can_be_read(lang: str) -> None:
    first, *others, last = steps(failing(line=14, expected="[]", seen="[1]", cause="ran_in_your_process"), lang)
    assert "start_process()" in first and "14" in first
    assert len(others) == 4
    assert "[1]" in others[0]
    assert COURSE.exercises[EX01].checks["check_start_calls_target_once"].hint.in_(lang) in others[2]
    assert COURSE.sections["7.3"].link in last and "grade explain 7.3" in last


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("exercise", COURSE.exercises)
def test_what_is_not_begun_has_a_ladder_too(exercise: str, lang: str) -> None:
    assert len(steps(ExerciseResult(id=exercise, state=State.UNTOUCHED), lang)) == 4


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_file_that_is_not_there_or_cannot_be_loaded_has_a_ladder(lang: str) -> None:
    error = LoadError(type="SyntaxError", text="invalid syntax", line=7)
    told = steps(ExerciseResult(id=EX01, state=State.UNLOADABLE, error=error), lang)
    assert "7" in told[0] and "SyntaxError: invalid syntax" in told[1]
    assert "python ex01" in told[2]
    assert "grade reset ex01" in steps(ExerciseResult(id=EX01, state=State.MISSING), lang)[0]


def test_what_fails_only_while_it_is_graded_is_not_to_be_run_alone() -> None:
    error = LoadError(type="OSError", text="[Errno 30] Read-only file system: '/submission/x'", line=7)
    told = steps(ExerciseResult(id=EX01, state=State.UNLOADABLE, error=error), "en")
    assert "python ex01" not in told[2] and "can only be read" in told[2]


def test_a_bonus_comes_last_and_what_is_broken_not_at_all() -> None:
    def check(name: str, verdict: Verdict, stretch: bool = False) -> CheckResult:
        return CheckResult(id=name, function="f", section="7.3", verdict=verdict, stretch=stretch)

    bonus, ours = check("check_bonus", Verdict.FAILED, stretch=True), check("check_ours", Verdict.BROKEN)
    left, wrong = check("check_left", Verdict.SKIPPED), check("check_wrong", Verdict.STUCK)

    def first(*checks: CheckResult) -> str | None:
        found = ladder.first_open(ExerciseResult(id=EX01, state=State.GRADED, checks=list(checks)))
        return found.id if found else None

    assert first(bonus, ours, left, wrong) == "check_wrong"
    assert first(bonus, ours, left) == "check_left"
    assert first(bonus, ours) == "check_bonus"
    assert first(ours) is None


def test_no_step_is_the_solution() -> None:
    for name, exercise in COURSE.exercises.items():
        solution = (places.SOLUTIONS / f"{name}.py").read_text("utf-8")
        code = [line.strip() for line in solution.splitlines() if line.startswith("    ") and len(line.strip()) > 25]
        for key, check in exercise.checks.items():
            bad = CheckResult(id=key, function=check.function, section=check.section, verdict=Verdict.FAILED)
            told = "\n".join(steps(ExerciseResult(id=name, state=State.GRADED, checks=[bad])))
            assert [line for line in code if line in told] == []
