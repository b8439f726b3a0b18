"""The page: it stands alone, it is well-formed, it tells all, and nothing in a submission can change its structure."""

from __future__ import annotations

import html.parser
import itertools
import re
from collections.abc import Callable

import msgspec
import pytest
import results

from grader.course import LANGUAGES
from grader.pages import environment as pages
from grader.pages import report
from grader.pages.drawing import fit, waits_svg
from grader.result import SYSTEM, Result, Verdict, Waiting
from grader.visible import UNSAFE

pytestmark = pytest.mark.frontend
COURSE = results.course()
VOID = {"meta", "link"}
KEYS = ("id", "cause", "hang", "waits_for", "section", "function")
HOSTILE = [
    "<script>alert(1)</script>",
    "\"'><img src=x onerror=alert(1)>",
    "</pre></details></style><!--",
    "\x1b]0;x\x07",
    "\u202e\u2066",
    "\x00",
    "\ud800",
    "x" * 100_000,
    "{{ 7 * 7 }}{% endif %}",
    "process <svg/onload=alert(1)>",
]


class Page(html.parser.HTMLParser):
    """The tags of a page in order; closing tags have to close what was opened last."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data

    def names(self) -> list[str]:
        return [name for name, _ in self.tags]


def shown(result: Result, lang: str = "en") -> Page:
    page = Page(report.page(result, COURSE, lang))
    assert page.open == []
    return page


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("make", [results.mixed, results.perfect, results.empty])
def test_page_stands_alone(make: Callable[[], Result], lang: str) -> None:
    page = shown(make(), lang)
    assert not {"script", "iframe", "object", "img", "form", "base"} & set(page.names())
    links = {name: value or "" for _, attrs in page.tags for name, value in attrs.items() if name in ("href", "src")}
    assert all(link.startswith(("#", "data:,", "https://example.org/")) for link in links.values())
    assert not any(name.startswith("on") for _, attrs in page.tags for name in attrs)
    policy = next(attrs["content"] for _, attrs in page.tags if attrs.get("http-equiv") == "Content-Security-Policy")
    assert policy and policy.startswith("default-src 'none'; style-src 'unsafe-inline'; img-src data:")
    assert not re.search(r"url\(|@import", page.text)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("make", [results.mixed, results.perfect, results.empty])
def test_page_has_a_language_headings_in_order_and_no_dead_links(make: Callable[[], Result], lang: str) -> None:
    page = shown(make(), lang)
    assert page.tags[0] == ("html", {"lang": {"en": "en", "zh": "zh-Hans"}[lang]})
    levels = [int(name[1]) for name in page.names() if re.fullmatch("h[1-6]", name)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    ids = [attrs["id"] for _, attrs in page.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    targets = [attrs["href"] or "" for name, attrs in page.tags if name == "a"]
    assert {target[1:] for target in targets if target.startswith("#")} <= set(ids)
    assert {attrs["aria-labelledby"] for _, attrs in page.tags if "aria-labelledby" in attrs} <= set(ids)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("keep", [(), KEYS])
@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_nothing_in_a_submission_changes_the_page(text: str, keep: tuple[str, ...], lang: str) -> None:
    written = report.page(results.hostile(text, keep=keep), COURSE, lang)
    written.encode()
    assert not UNSAFE.search(written)
    assert len(written) < 3_000_000
    assert Page(written).names() == shown(results.hostile("harmless", keep=keep), lang).names()


def test_page_tells_what_a_student_needs() -> None:
    text = shown(results.mixed()).text
    for told in (
        "11 of 23 points", "47 %", "1 of 7 exercises complete", "bubblewrap (namespaces of its own)", "3.12.1", "fork",
        "The target ran in your own process (PID 4711)", "ex02_name_and_pid.py:14", "hello from the child",
        "process = Process(target=target, args=(name,))", "Have a look at what args takes.", "costs no point",
        "At line 31, the main process waits in join() for process 'writer' to end.", "128 KiB",
        "There is no file ex09_pool_queue.py", "SyntaxError: expected ':'", "def is_iterable(obj)",
        "Nothing is written in ex13_summary.py yet", "Well done", "First thing to do next", "ended by SIGKILL",
    ):  # fmt: skip
        assert told in text, told
    assert "/tmp/x" not in text


def test_page_tells_it_in_chinese() -> None:
    text = shown(results.mixed(), "zh").text
    for told in ("11 分（满分 23 分）", "下一步先做这个", "进程“writer”", "你已经掌握的内容", "做得好", "重点"):
        assert told in text, told


def test_exercises_with_something_to_repair_are_open() -> None:
    details = [a for name, a in shown(results.mixed()).tags if name == "details" and "exercise" in (a["class"] or "")]
    assert ["open" in attrs for attrs in details] == [False, True, True, True, False, True, False]


def test_an_incomplete_result_says_so() -> None:
    assert "This result is not complete" in shown(results.empty()).text
    assert "This result is not complete" not in shown(results.mixed()).text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_wrong_for_the_same_reason_is_folded_and_leads_to_the_first(lang: str) -> None:
    result = results.mixed()
    exercise = next(each for each in result.exercises if any(check.hang for check in each.checks))
    stuck = next(check for check in exercise.checks if check.hang)
    exercise.checks.append(msgspec.structs.replace(stuck, id="check_another"))
    page, before = shown(result, lang), shown(results.mixed(), lang)
    number = result.exercises.index(exercise) + 1
    anchor = f"#e{number}c{exercise.checks.index(stuck) + 1}"

    def links(page: Page) -> int:
        return sum(attrs.get("href") == anchor for name, attrs in page.tags if name == "a")

    assert page.names().count("details") > before.names().count("details")
    assert links(page) == links(before) + 1
    assert page.text.count(COURSE.words["reason_as_above"].in_(lang)) == 1


@pytest.mark.parametrize("timeline", [False, True])
def test_a_check_that_was_not_judged_says_why(timeline: bool) -> None:
    result = results.perfect()
    check = results.check(
        "check_import_starts_nothing", Verdict.SKIPPED, because=SYSTEM, timeline=results.timeline() if timeline else []
    )
    result.exercises[1].checks[0] = check
    assert "It costs no point." in shown(result).text


def test_the_colour_of_an_exercise_is_not_that_of_its_checks() -> None:
    assert not re.search(r"\.(?:failed|crashed|stuck|broken) \.verdict", report.page(results.mixed(), COURSE, "en"))


def test_map_of_sections() -> None:
    tiles = [attrs["class"] for name, attrs in shown(results.mixed()).tags if "tile" in (attrs.get("class") or "")]
    masteries = ["mastered", "mastered", "begun", "open", "begun", "open", "open", "none"]
    assert tiles == [f"tile {mastery}" for mastery in masteries]


def test_a_bonus_is_no_condition_of_mastery() -> None:
    result = results.perfect()
    result.exercises[3] = results.graded(results.QUEUE, check_large_values_arrive=results.circle_of_two())
    result.add_up()
    page = shown(result)
    assert "try the bonus: Any amount of data arrives" in page.text
    assert "100 %" in page.text
    assert "tile begun" not in [attrs.get("class") for _, attrs in page.tags]


def test_backticks_in_words_of_the_course_are_code() -> None:
    shown_as = "use <code>a&lt;b&gt;</code> &amp; <code>c</code>, not `\n`"
    assert pages.prose("use `a<b>` & `c`, not `\n`") == shown_as


def test_drawing_has_a_box_for_each_and_an_arrow_for_each_wait() -> None:
    drawn = Page(str(waits_svg(results.circle_of_two(), COURSE, "en")))
    assert drawn.names().count("rect") == 2
    assert [attrs["class"] for name, attrs in drawn.tags if name == "g"].count("arrow circle") == 2
    assert "process 'writer'" in drawn.text and "31: join()" in drawn.text


def test_drawing_of_a_crowd_stays_small_and_of_nobody_empty() -> None:
    crowd = [Waiting(who=f"pool worker {n}", pid=n, waits_for="lock", on="pool worker 0") for n in range(50)]
    assert Page(str(waits_svg(results.stuck(*crowd), COURSE, "en"))).names().count("rect") == 6
    assert waits_svg(results.stuck(Waiting(who="main", pid=1, waits_for="sleep")), COURSE, "en") == ""
    assert waits_svg(results.check("check_pool_transfer", Verdict.PASSED), COURSE, "en") == ""


def test_fit_counts_a_chinese_character_as_two_columns() -> None:
    assert fit("abcdef", 6) == "abcdef"
    assert fit("进程进程", 7) == "..."
    assert fit("进程“writer”的名字很长", 20).endswith("...")
