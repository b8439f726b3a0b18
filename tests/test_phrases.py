"""What the checks say of both sides, in either language: the words of a result are known by their form."""

from __future__ import annotations

import re

import pytest

from grader import course as courses
from grader.result import CheckResult, Verdict
from grader.words import explain
from grader.words.phrases import WHOLE, WITHIN, said_in

COURSE = courses.load()
FORMS = {**WHOLE, **WITHIN}
FACTS = {"n": "7", "it": "[1, 'a']", "name": "Odd", "base": "int", "begin": "b'x, y'", "print": "0a1b"}
WIDE = re.compile("[\u4e00-\u9fff]")


def test_each_form_has_its_words() -> None:
    assert {key for key in COURSE.words if key.startswith("phrase_")} == {f"phrase_{key}" for key in FORMS}


@pytest.mark.parametrize("key", FORMS)
def test_each_form_is_known_in_chinese_with_its_facts_and_stays_in_english(key: str) -> None:
    text = FORMS[key].format_map(FACTS)
    told = said_in("zh", text, COURSE)
    assert WIDE.search(told)
    assert all(FACTS[name] in told for name in re.findall(r"\{(\w+)\}", FORMS[key]))
    if not key.startswith("state_"):
        assert COURSE.words[f"phrase_{key}"].en == FORMS[key]
        assert said_in("en", text, COURSE) == text


@pytest.mark.parametrize("key", [key for key in FORMS if key.startswith("state_")])
def test_a_state_is_no_token_of_ours_in_english_either(key: str) -> None:
    told = said_in("en", FORMS[key], COURSE)
    assert told == COURSE.words[f"phrase_{key}"].en
    assert "'" not in told


@pytest.mark.parametrize(
    "text", ["", "5", "['a call']", "no calls", "one of", "it returned", "\\1 {n} \\g<0>", "ended 'alive'"]
)
def test_what_is_not_known_stays(text: str) -> None:
    assert said_in("zh", text, COURSE) == text


def test_parts_of_a_value_are_known_wherever_they_stand() -> None:
    told = said_in("zh", "['process 94 (ended, not waited for)', <an object of class Odd>]", COURSE)
    assert told == "['进程 94（已结束，没有等它）', <Odd 类的对象>]"
    assert (
        said_in("zh", "it returned <an object of class Odd, made from int>", COURSE)
        == "返回了 <Odd 类的对象，基类是 int>"
    )


def test_both_sides_and_the_facts_of_a_cause_are_shown_so() -> None:
    check = CheckResult(
        id="check_x", function="f", section="7.3", verdict=Verdict.FAILED, cause="process_left",
        expected="no call", seen="process 5 (alive)", facts={"processes": "process 5 (alive)"},
    )  # fmt: skip
    told = explain.explain("ex01_first_process", check, COURSE, "zh")
    assert (told.expected, told.seen) == ("没有调用", "进程 5（还活着）")
    assert "进程 5（还活着）" in told.causes[0]
