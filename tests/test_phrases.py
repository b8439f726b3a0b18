"""What the checks say of both sides, in either language: the words of a result are known by their form."""

from __future__ import annotations

import re

import pytest

from grader import course as courses
from grader.judge import outcomes
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
    assert COURSE.words[f"phrase_{key}"].en == FORMS[key]
    assert said_in("en", text, COURSE) == text


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("text", ["'alive'", "'gone'", "'returned'", "'no file'", "'a link'", "'still alive'"])
def test_what_a_submission_says_stays_as_it_is(text: str, lang: str) -> None:
    assert said_in(lang, text, COURSE) == text


@pytest.mark.parametrize("text", outcomes.SAID.values())
def test_every_state_that_is_put_in_words_is_known_in_chinese(text: str) -> None:
    assert WIDE.search(said_in("zh", text, COURSE))


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


def test_what_is_found_in_place_of_a_file_is_said_within_a_cause_and_an_exception_is_not() -> None:
    facts = {"found": "a link", "type": "ValueError", "text": "a link"}
    check = CheckResult(
        id="check_x", function="f", section="7.3", verdict=Verdict.FAILED, cause="not_copied", facts=facts
    )
    assert "（实际是：一个链接）" in explain.causes(check, COURSE, "zh")[0]
    check.cause = "raised"
    assert "ValueError：a link" in explain.causes(check, COURSE, "zh")[0]


def test_both_sides_and_the_facts_of_a_cause_are_shown_so() -> None:
    check = CheckResult(
        id="check_x", function="f", section="7.3", verdict=Verdict.FAILED, cause="process_left",
        expected="no call", seen="process 5 (alive)", facts={"processes": "process 5 (alive)"},
    )  # fmt: skip
    told = explain.explain("ex01_first_process", check, COURSE, "zh")
    assert (told.expected, told.seen) == ("没有调用", "进程 5（还活着）")
    assert "进程 5（还活着）" in told.causes[0]


@pytest.mark.parametrize(("got", "is_told"), [("SIGTERM", True), ("SIGHUP", False)])
def test_only_of_the_signal_that_asks_is_said_that_it_asks(got: str, is_told: bool) -> None:
    facts = {"got": got, "wanted": "SIGKILL"} | ({"asks": got} if is_told else {})
    check = CheckResult(
        id="check_x", function="f", section="7.4", verdict=Verdict.FAILED, cause="other_signal", facts=facts
    )
    told = explain.causes(check, COURSE, "en")[0]
    assert ("SIGTERM asks a process to end" in told) is is_told
    assert told.startswith(f"The process was ended by {got}, not by SIGKILL. ")
    assert "{" not in told + explain.causes(check, COURSE, "zh")[0]
