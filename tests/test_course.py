"""The course: it loads, says everything in both languages, and fits the checks, the stubs and the code that uses it."""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from grader import course as courses
from grader import places
from grader.course import Check, Course, Section, Text
from grader.judge import likely
from grader.kernel.standstill import Halt
from grader.proving import code
from grader.result import State, Verdict
from grader.words import explain

pytestmark = pytest.mark.outside
COURSE = courses.load()
CHECKED = [name for name, exercise in COURSE.exercises.items() if exercise.checks]
CHECKS = [(exercise, name) for exercise in CHECKED for name in COURSE.exercises[exercise].checks]
CHINESE = re.compile("[\u4e00-\u9fff]")
PACKAGE = Path(courses.__file__).parent


def texts(value: object, path: str = "") -> Iterator[tuple[str, Text]]:
    """All words in `value`, each with where it stands."""
    if isinstance(value, Text):
        yield path, value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from texts(item, f"{path}.{key}")
    elif isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from texts(getattr(value, name), f"{path}.{name}")


ALL = list(texts(COURSE))


def test_course_has_its_thirteen_exercises() -> None:
    assert [explain.exercise_number(name) for name in COURSE.exercises] == [f"ex{n:02}" for n in range(1, 14)]
    assert len(ALL) > 300


# --- words


def test_every_text_stands_in_both_languages() -> None:
    empty = [path for path, text in ALL if not text.en.strip() or not text.zh.strip()]
    words = [(path, each) for path, text in ALL for each in (text.en, text.zh) if re.search(r"\w", each)]
    odd = [path for path, each in words if each != each.strip() or "\n\n" in each]
    assert (empty, odd) == ([], [])


def test_chinese_is_chinese_and_english_is_not() -> None:
    same_in_both = {path for path, text in ALL if text.en == text.zh}
    words = [path for path, text in ALL if not CHINESE.search(text.zh) and path not in same_in_both]
    assert [path for path, text in ALL if CHINESE.search(text.en)] == []
    assert all(re.search(r"[a-z]{4,} [a-z]{2,} [a-z]{2,}", dict(ALL)[path].zh) is None for path in words)
    assert [path for path in same_in_both if re.search(r"[a-z]{3,} [a-z]{3,}", dict(ALL)[path].en)] == []


def test_interface_and_waits_can_be_shown_on_every_terminal() -> None:
    assert [path for path, text in ALL if path.startswith((".words", ".waits")) and not text.en.isascii()] == []


def test_places_to_fill_are_the_same_in_both_languages() -> None:
    def wanted(words: str) -> set[str]:
        return set(explain.PLACE.findall(words))

    differ = {path: (wanted(text.en), wanted(text.zh)) for path, text in ALL if wanted(text.en) != wanted(text.zh)}
    assert differ == {}


def test_choices_are_closed_where_they_are_opened() -> None:
    words = [words for _, text in ALL for words in (text.en, text.zh)]
    assert [each for each in words if explain.CHOICE.sub("", each).count("[[")] == []
    assert [each for each in words if "]]" in explain.CHOICE.sub("", each)] == []


def test_titles_are_claims_and_hints_are_sentences() -> None:
    checks = [(name, COURSE.exercises[exercise].checks[name]) for exercise, name in CHECKS]
    assert [
        name for name, check in checks if not check.title.en.endswith(".") or not check.title.zh.endswith("。")
    ] == []
    hints = [(name, check.hint.en.rstrip(")"), check.hint.zh.rstrip("）")) for name, check in checks]
    assert [name for name, en, zh in hints if en[-1] not in ".?!" or zh[-1] not in "。？！"] == []


def test_titles_differ_within_an_exercise() -> None:
    for exercise in COURSE.exercises.values():
        for lang in courses.LANGUAGES:
            titles = [check.title.in_(lang) for check in exercise.checks.values()]
            assert len(titles) == len(set(titles))


# --- sections and points


def test_sections_are_those_of_the_unit_and_links_are_https() -> None:
    assert set(COURSE.sections) == {f"7.{number}" for number in range(2, 17)}
    for section in COURSE.sections.values():
        assert re.fullmatch(r"https://docs\.python\.org/3/[\w./-]+\.html(#[\w.-]+)?", section.link), section.link


def test_links_in_words_are_https() -> None:
    words = [words for _, text in ALL for words in (text.en, text.zh)]
    assert [each for each in words if "http://" in each] == []


def test_starred_section_doubles_the_points() -> None:
    text = Text("a", "甲")
    course = Course("c", text, {"1": Section(text, "https://x"), "2": Section(text, "https://x", star=True)}, {}, {})
    assert [course.points(Check("f", section, text, text)) for section in ("1", "2")] == [1, 2]
    assert {name for name, section in COURSE.sections.items() if section.star} == {
        "7.3", "7.4", "7.5", "7.6", "7.8", "7.10", "7.11", "7.13", "7.14", "7.15",
    }  # fmt: skip


# --- what belongs together


@pytest.mark.parametrize("exercise", CHECKED)
def test_checks_of_the_course_are_those_in_the_file(exercise: str) -> None:
    defined = [name for path in places.KIT.checks_of(exercise) for name in code.functions(path)]
    written = [name for name in defined if name.startswith("check_")]
    assert sorted(written) == sorted(COURSE.exercises[exercise].checks)
    assert next(iter(COURSE.exercises[exercise].checks)) == "check_import_starts_no_process"


def test_no_file_of_checks_is_forgotten() -> None:
    assert {places.exercise_of(path) for path in places.CHECKS.glob("ex*.py")} == set(CHECKED)


@pytest.mark.parametrize("exercise", CHECKED)
def test_checks_grade_what_the_stub_has(exercise: str) -> None:
    stub = ast.parse((places.EXERCISES / f"{exercise}.py").read_text("utf-8"))
    named = {node.name for node in stub.body if isinstance(node, (ast.FunctionDef, ast.ClassDef))}
    graded = {check.function for check in COURSE.exercises[exercise].checks.values()}
    assert graded - {"import"} == named
    assert {check.section for check in COURSE.exercises[exercise].checks.values()} <= set(COURSE.sections)


@pytest.mark.parametrize("exercise", COURSE.exercises)
def test_exercise_has_its_stub_and_its_solution(exercise: str) -> None:
    for folder in (places.EXERCISES, places.SOLUTIONS):
        text = (folder / f"{exercise}.py").read_text("utf-8")
        compile(text, exercise, "exec")
        assert CHINESE.search(ast.get_docstring(ast.parse(text)) or "")


def test_a_function_is_judged_by_more_than_absence() -> None:
    for exercise, name in CHECKS:
        checks = COURSE.exercises[exercise].checks
        function = checks[name].function
        assert function == "import" or any(not c.absence for c in checks.values() if c.function == function)


# --- keys that the code uses


def constants(node: ast.AST) -> Iterator[str]:
    """The strings that an expression can give: not those that it only compares or looks up."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from constants(node.body)
        yield from constants(node.orelse)
    elif isinstance(node, ast.Tuple) and len(node.elts) == 2 and isinstance(node.elts[1], ast.Dict):
        yield from constants(node.elts[0])


def causes_in(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        targets = [getattr(each, "id", getattr(each, "attr", "")) for each in getattr(node, "targets", [])]
        if "cause" in targets or (isinstance(node, ast.keyword) and node.arg == "cause"):
            yield from filter(None, constants(node.value))  # type: ignore[attr-defined]
        elif path.stem == "likely" and isinstance(node, (ast.Tuple, ast.IfExp)):
            yield from filter(None, constants(node))


def test_every_cause_that_the_code_names_has_its_words() -> None:
    theirs = {"checks", "portability"}  # a course's own, and those of a module that has its own words
    files = [path for path in sorted(PACKAGE.rglob("*.py")) if theirs.isdisjoint({path.stem, path.parent.name})]
    named = {cause: path.name for path in files for cause in causes_in(path)}
    named |= dict.fromkeys(likely.STATES.values(), "likely.py")
    assert len(named) > 20
    assert {cause: file for cause, file in named.items() if cause not in COURSE.causes} == {}


@pytest.mark.parametrize("kind", ["settled", "busy", "asleep", "patience", "memory"])
def test_every_kind_of_halt_has_its_words(kind: str) -> None:
    stuck = importlib.import_module("grader.handles.stage").stuck(Halt(kind, "calls"))
    assert stuck.cause in COURSE.causes
    assert stuck.hang is None or f"hang_{stuck.hang}" in COURSE.words


def test_every_verdict_and_state_has_its_words() -> None:
    assert [each.value for each in Verdict if f"verdict_{each.value}" not in COURSE.words] == []
    assert [
        each.value for each in State if each is not State.GRADED and f"state_{each.value}" not in COURSE.words
    ] == []


# --- loading


def test_course_of_another_form_is_refused(tmp_path: Path) -> None:
    whole = (PACKAGE / "course.toml").read_text("utf-8")
    for change in ("id = 5\n", 'unknown = "x"\nid = "c"\n'):
        (tmp_path / "course.toml").write_text(
            re.sub(r"^id = .*\n", change, whole, count=1, flags=re.MULTILINE), "utf-8"
        )
        with pytest.raises(msgspec.ValidationError):
            courses.load(tmp_path / "course.toml")
    (tmp_path / "course.toml").write_text(whole.replace("ex13_summary", "ex13__summary"), "utf-8")
    with pytest.raises(msgspec.ValidationError):
        courses.load(tmp_path / "course.toml")
    (tmp_path / "course.toml").write_text("id = ", "utf-8")
    with pytest.raises(msgspec.DecodeError):
        courses.load(tmp_path / "course.toml")
    with pytest.raises(FileNotFoundError):
        courses.load(tmp_path / "nowhere.toml")


def test_text_in_a_language() -> None:
    assert [Text("a", "甲").in_(lang) for lang in courses.LANGUAGES] == ["a", "甲"]
