"""Sentences: they are whole, they are harmless, and no word of the interface is missing or left over."""

from __future__ import annotations

import io
import re
import string
from typing import Any

import msgspec
import pytest
import results
import rich.console

from grader import places
from grader.course import LANGUAGES, Course, Text
from grader.pages import report
from grader.proving import code
from grader.result import CheckResult, Result, State, Verdict, Waiting
from grader.visible import UNSAFE
from grader.words import console, explain, gist

pytestmark = pytest.mark.frontend
COURSE = results.course()
LETTERS = string.ascii_letters + string.digits + string.punctuation + " \n\t" + "中文“”é→★🙂"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b]0;x\x07", "\\x1b]0;x\\x07"),
        ("a\x00b\x7fc\x9bd\re", "a\\x00b\\x7fc\\x9bd\\x0de"),
        ("\u202eabc\u2066\u2069", "\\u202eabc\\u2066\\u2069"),
        ("\ud800", "\\ud800"),
        ("\u200b\u200d\ufeff\xad\u3164", "\\u200b\\u200d\\ufeff\\xad\\u3164"),
        ("\U000e0041", "\\U000e0041"),
        ("one\r\ntwo", "one\ntwo"),
        (LETTERS, LETTERS),
    ],
)
def test_safe_shows_what_steers_or_hides(text: str, shown: str) -> None:
    assert explain.safe(text) == shown


def test_safe_leaves_no_unsafe_character_of_all() -> None:
    everything = "".join(map(chr, range(0x110000)))
    shown = explain.safe(everything, len(everything))
    assert not UNSAFE.search(shown)
    shown.encode()


def test_safe_cuts_in_the_middle() -> None:
    shown = explain.safe("a" * 50_000 + "z" * 50_000, 100)
    assert shown == "a" * 50 + " [... 99900 ...] " + "z" * 50


def test_safe_line_is_one_line() -> None:
    assert explain.safe_line("a\nb\tc") == "a\\nb c"


@pytest.mark.parametrize(
    ("template", "facts", "filled"),
    [
        ("{a} and {b}", {"a": "1", "b": "2"}, "1 and 2"),
        ("{a} and {b} end", {"a": "1"}, "1 and end"),
        ("x[[ by {a}]].", {}, "x."),
        ("x[[ by {a}]].", {"a": "1"}, "x by 1."),
        ("[[{a}|nobody]] came", {}, "nobody came"),
        ("{a}", {"a": "{b}", "b": "2"}, "{b}"),
        ("args=[1], {}, {0}, { a }, {'full': 1}", {}, "args=[1], {}, {0}, { a }, {'full': 1}"),
        ("{a}", {"a": "\x1b[31m"}, "\\x1b[31m"),
    ],
)
def test_fill(template: str, facts: dict[str, str], filled: str) -> None:
    assert explain.fill(template, facts) == filled


@pytest.mark.parametrize(
    ("text", "en", "zh"),
    [
        ("main", "the main process", "主进程"),
        ("manager", "the manager", "管理器进程"),
        ("process writer", "process 'writer'", "进程“writer”"),
        ("pool worker 2", "pool worker 2", "进程池的 2 号工作进程"),
        ("thread t\x1b", "thread 't\\x1b'", "线程“t\\x1b”"),
        ("{on}", "'{on}'", "“{on}”"),
    ],
)
def test_who(text: str, en: str, zh: str) -> None:
    assert explain.who(text, COURSE, "en") == en
    assert explain.who(text, COURSE, "zh") == zh


def test_waiting_sentences_name_line_wait_and_circle() -> None:
    assert explain.waiting_sentences(results.circle_of_two(), COURSE, "en") == [
        "At line 31, the main process waits in join() for process 'writer' to end.",
        "At line 9, process 'writer' waits for room in a pipe that is full: the main process does not read it.",
        "They wait for each other in a circle, so none of them can go on: "
        "the main process -> process 'writer' -> the main process.",
    ]
    assert explain.waiting_sentences(results.circle_of_two(), COURSE, "zh")[0] == (
        "第 31 行：主进程在 join() 中等待进程“writer”结束。"
    )


def test_waiting_sentence_of_another_file_without_line_and_of_an_unknown_wait() -> None:
    check = results.stuck(
        Waiting(who="main", pid=1, line=3, file="/home/x/helper.py", waits_for="lock"),
        Waiting(who="main", pid=1, waits_for="something new"),
        file="ex07.py",
    )
    assert explain.waiting_sentences(check, COURSE, "en") == [
        "At line 3 of helper.py, the main process waits for a lock.",
        "The main process waits for something that will not come.",
    ]


@pytest.mark.parametrize(
    ("seconds", "said"), [(1e6, "1000000"), (1e9, "1000000000"), (1234567.5, "1234567.5"), (0.25, "0.25"), (100, "100")]
)
def test_a_sleep_is_told_in_plain_digits(seconds: float, said: str) -> None:
    check = results.stuck(Waiting(who="main", pid=1, waits_for="sleep", seconds=seconds))
    assert explain.waiting_sentences(check, COURSE, "en") == [f"The main process sleeps for {said} seconds."]
    assert f" {said} 秒" in explain.waiting_sentences(check, COURSE, "zh")[0]


@pytest.mark.parametrize(
    ("lang", "said"), [("en", ("nothing can end", "a sleep")), ("zh", ("没有什么能让它返回", "睡眠"))]
)
def test_what_a_verdict_rests_on_is_another_thing_for_a_sleep(lang: str, said: tuple[str, str]) -> None:
    check = results.stuck(judge="calls")
    assert said[0] in (explain.judged_by(check, COURSE, lang) or "")
    check.hang = "asleep"
    told = explain.judged_by(check, COURSE, lang) or ""
    assert said[1] in told and said[0] not in told


def test_many_who_wait_are_cut_short() -> None:
    crowd = [Waiting(who=f"pool worker {n}", pid=n, waits_for="lock") for n in range(30)]
    told = explain.waiting_sentences(results.stuck(*crowd), COURSE, "en")
    assert len(told) == explain.MOST_WAITING + 1
    assert told[-1] == "And 22 more."


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_sentence_has_a_place_left_open(lang: str) -> None:
    for check in results.every_hang():
        for sentence in explain.waiting_sentences(check, COURSE, lang):
            assert not re.search(r"[{}\[\]|]|  |None", sentence)
            assert sentence[-1] in ".。"


def test_circle_leaves_out_who_only_waits_for_it() -> None:
    def wait(who: str, on: str | None, key: str = "lock") -> Waiting:
        return Waiting(who=who, pid=1, waits_for=key, on=on)

    assert explain.circle([wait("a", "b"), wait("b", "c"), wait("c", "b")]) == ["b", "c"]
    assert explain.circle([wait("a", "b"), wait("b", "a", "held")]) == []
    assert explain.circle([wait("a", "a")]) == ["a"]
    assert explain.circle([wait("a", "a"), wait("b", "c"), wait("c", "b")]) == ["b", "c"]
    assert explain.circle([wait("a", "b"), wait("b", None)]) == []


def test_who_waits_for_itself_is_in_no_circle_with_others() -> None:
    check = results.stuck(Waiting(who="main", pid=1, waits_for="lock", on="main"))
    assert explain.waiting_sentences(check, COURSE, "en") == [
        "The main process waits for a lock that the same process holds."
    ]


def test_what_the_course_does_not_know_is_told_by_its_name() -> None:
    check = CheckResult(id="check_new_thing", function="new", section="9.9", verdict=Verdict.FAILED, cause="new")
    told = explain.explain("ex99_new", check, COURSE, "en")
    assert (told.title, told.function, told.section, told.link) == ("new thing", "new()", "9.9", None)
    assert (told.hint, told.causes, told.place) == (None, [], None)


def test_a_broken_check_is_our_fault_and_hints_at_nothing() -> None:
    told = explain.explain(
        "ex05_processes_or_threads", results.check("check_items_run_at_once", Verdict.BROKEN), COURSE, "en"
    )
    assert "costs no point" in told.causes[0]
    assert told.hint is None


def test_what_went_wrong_of_ours_is_quoted_in_a_line() -> None:
    facts = {"error": "Traceback:\n  File ...\n\nBroken: the sandbox has ended: \x1b[2J it said nothing\n"}
    check = results.check("check_items_run_at_once", Verdict.BROKEN, facts=facts)
    told = explain.explain("ex05_processes_or_threads", check, COURSE, "en")
    assert told.causes[1:] == [
        "Please report it, with these words: Broken: the sandbox has ended: \\x1b[2J it said nothing"
    ]


def test_next_step_is_the_first_fault_then_what_is_not_begun_then_the_bonus() -> None:
    result = results.mixed()
    assert _step(result) == ("ex02_name_and_pid", "check_child_is_called_name")
    del result.exercises[1:4]
    assert _step(result) == ("ex11_iterables", None)
    del result.exercises[2]
    assert _step(result) == ("ex09_pool_queue", None)
    bonus = results.perfect()
    bonus.exercises[3].checks[2].verdict = Verdict.SKIPPED
    assert _step(bonus) == (results.QUEUE, "check_large_values_arrive")
    assert gist.next_step(results.perfect()) is None


def _step(result: Result) -> tuple[str, str | None]:
    step = gist.next_step(result)
    assert step is not None
    return step[0].id, step[1].id if step[1] else None


def test_overall_verdict_of_an_exercise() -> None:
    mixed = {exercise.id: gist.overall(exercise) for exercise in results.mixed().exercises}
    assert list(mixed.values()) == [
        Verdict.PASSED, Verdict.FAILED, Verdict.BROKEN, Verdict.FAILED,
        Verdict.SKIPPED, Verdict.CRASHED, Verdict.SKIPPED,
    ]  # fmt: skip
    lost_bonus = results.graded(results.QUEUE, check_large_values_arrive=results.circle_of_two())
    assert gist.is_whole(lost_bonus) and gist.overall(lost_bonus) is Verdict.PASSED


def test_percent_is_full_only_when_all_is_there() -> None:
    assert (gist.percent(699, 700), gist.percent(700, 700), gist.percent(0, 0)) == (99, 100, 0)


class Recorder(dict[str, Text]):
    """Words that remember which of them were asked for."""

    asked: set[str]

    def __getitem__(self, key: str) -> Text:
        self.asked.add(key)
        return super().__getitem__(key)

    def get(self, key: str, default: Any = None) -> Any:
        self.asked.add(key)
        return super().get(key, default)


def test_every_word_is_there_and_every_word_is_used() -> None:
    words, waits = Recorder(COURSE.words), Recorder(COURSE.waits)
    words.asked, waits.asked = set(), set()
    course = msgspec.structs.replace(COURSE, words=words, waits=waits)
    for lang in LANGUAGES:
        for result in _all_results():
            report.page(result, course, lang)
            _print_all(result, course, lang)
    words_here = (f"words/{name}.py" for name in ("console", "explain", "gist", "look", "matrix", "telling"))
    names = (*words_here, "pages/drawing.py", "pages/report.py", "templates/result.html")
    shown_here = {places.PACKAGE / name for name in names}
    elsewhere = code.Strings(path for path in places.PACKAGE.rglob("*.*") if path not in shown_here)
    assert [word for word in words if word not in words.asked and not elsewhere.name(word)] == []
    assert waits.asked == set(waits)


def _all_results() -> list[Result]:
    hanging, begun, bonus = results.mixed(), results.perfect(), results.perfect()
    hanging.exercises[3].checks.extend(results.every_hang() * 2)
    begun.exercises[0].state = State.UNTOUCHED
    begun.exercises.append(hanging.exercises[5])
    bonus.exercises[3].checks[2].verdict = Verdict.SKIPPED
    unloadable = results.mixed()
    del unloadable.exercises[:5]
    odd = [results.mixed(), results.mixed()]
    for result, kind, sandbox in zip(odd, ("stuck", "crashed"), ("landlock", "none"), strict=True):
        result.sandbox = sandbox
        error = result.exercises[5].error
        assert error is not None
        error.type = kind
    begun_only = results.perfect()
    begun_only.exercises[1].state = State.MISSING
    causes = [key.removeprefix("portability_") for key in COURSE.words if key.startswith("portability_")]
    elsewhere = [results.elsewhere(*causes), results.elsewhere()]
    return [hanging, begun, bonus, unloadable, *odd, *elsewhere, begun_only, results.perfect(), results.empty()]


def _print_all(result: Result, course: Course, lang: str) -> None:
    shown = rich.console.Console(file=io.StringIO())
    screen = console.screen(shown, course, lang)
    shown.print(screen.table(result), screen.failures(result), *map(screen.progress_line, result.exercises))
    shown.print(
        screen.everything(result), screen.timelines(result), screen.score_line(result), screen.short_line(result)
    )
    shown.print(screen.next_line(result), screen.misnamed({"ex01_first_process": "ex01.py"}))
    shown.print(*(screen.barred({"ex01_first_process": why}) for why in ("folder", "link", "special", "closed")))


def test_english_is_ascii_and_both_languages_have_the_same_places() -> None:
    for key, text in {**COURSE.words, **COURSE.waits}.items():
        assert text.en.isascii(), key
        assert text.zh.strip() and text.en.strip(), key
        assert set(explain.PLACE.findall(text.en)) == set(explain.PLACE.findall(text.zh)), key
