"""The terminal: all is told and in order, columns align; nothing in a submission is markup, or a command to anybody."""

from __future__ import annotations

import io
import re
from pathlib import Path

import ci_readers
import msgspec
import pytest
import results
import rich.console
from rich.cells import cell_len
from rich.console import RenderableType

from grader.course import LANGUAGES
from grader.result import SYSTEM, Result, Verdict
from grader.student.panel import Panel
from grader.visible import UNSAFE
from grader.words import console, explain
from grader.words.prose import prose
from grader.words.runners import inert
from grader.words.terminal import code, open_console

pytestmark = pytest.mark.frontend
COURSE = results.course()
LINKS = "|".join(re.escape(section.link) for section in COURSE.sections.values())
COLOUR = re.compile(rf"\x1b\[[0-9;]*m|\x1b\]8;(?:id=[0-9]+;(?:{LINKS})|;)\x1b\\")
HOSTILE = [
    "\x1b]0;x\x07", "\x1b[2J\x9b31m", "\u202e\u2066", "\x00\x08\r", "\ud800", "x" * 100_000,
    "[bold red]x[/]", "[link=https://example.org]x[/link]", "[/]", ":warning:",
]  # fmt: skip
COMMANDS = [
    "::error::pwn", "\n  ::error::pwn", "\u3000::stop-commands::pwn", "x ##[error]pwn", "##vso[task.complete]pwn",
    *("x" * cells + " ::set-output name=score::pwn" for cells in (50, 66, 70)), "字" * 39 + " ::error::pwn",
]  # fmt: skip
KEYS = ("id", "cause", "hang", "waits_for", "section", "function")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def printed(result: Result, lang: str = "en", *, terminal: bool = False, part: str = "all") -> str:
    stream = Terminal() if terminal else io.StringIO()
    shown = open_console(stream)
    shown.width = 80
    screen = console.screen(shown, COURSE, lang)
    parts: dict[str, list[RenderableType]] = {
        "progress": [screen.progress_line(exercise) for exercise in result.exercises],
        "table": [screen.table(result)],
        "failures": [screen.failures(result), screen.score_line(result)],
        "everything": [screen.everything(result)],
        "short": [screen.short_line(result)],
        "next": [screen.next_line(result)],
    }
    for each in parts if part == "all" else [part]:
        shown.print(*parts[each], sep="\n")
    return stream.getvalue()


@pytest.fixture(autouse=True)
def _a_terminal_with_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    for name in ("NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize("terminal", [False, True])
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("keep", [(), KEYS])
@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_nothing_in_a_submission_steers_the_terminal(
    text: str, keep: tuple[str, ...], lang: str, terminal: bool
) -> None:
    shown = COLOUR.sub("", printed(results.hostile(text, keep=keep), lang, terminal=terminal))
    assert not UNSAFE.search(shown)
    shown.encode()
    assert explain.safe_line(text, 40)[:10] in shown


@pytest.mark.parametrize("terminal", [False, True])
@pytest.mark.parametrize("keep", [(), KEYS])
@pytest.mark.parametrize("text", COMMANDS, ids=range(len(COMMANDS)))
def test_nothing_in_a_submission_is_a_command_to_a_runner(text: str, keep: tuple[str, ...], terminal: bool) -> None:
    shown = COLOUR.sub("", printed(results.hostile(text, keep=keep), terminal=terminal))
    assert ci_readers.no_commands(shown)
    assert "pwn" in shown


def test_a_command_is_none_however_its_line_is_broken_or_written() -> None:
    stream = io.StringIO()
    shown = open_console(stream)
    shown.soft_wrap, shown.width = False, 12
    shown.print("a line ends ::error::x")
    shown.print("  ", end="")
    shown.print("::error::x")
    assert ci_readers.no_commands(stream.getvalue())
    assert stream.getvalue().count(": :error::x") == 2


def test_many_empty_lines_are_each_looked_at_once() -> None:
    lines = "\n" * 500_000  # to look at all that follow from each of them would never end
    assert inert(f"{lines}  ::error::x") == f"{lines}  : :error::x"


def test_width_that_nobody_knows_is_the_usual_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "0")
    assert open_console(io.StringIO()).width == 80


@pytest.mark.parametrize("terminal", [False, True])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_table_aligns_within_80_columns(lang: str, terminal: bool) -> None:
    lines = COLOUR.sub("", printed(results.mixed(), lang, terminal=terminal, part="table")).splitlines()
    assert all(cell_len(line) <= 80 for line in lines)
    ends = {cell_len(line.rstrip()) for line in lines if re.search(r"\d/\d+\s*$", line)}
    assert len(ends) == 1
    assert any("─" in line for line in lines) == terminal


@pytest.mark.parametrize("lang", LANGUAGES)
def test_terminal_lines_fit_80_columns(lang: str) -> None:
    lines = COLOUR.sub("", printed(results.mixed(), lang, terminal=True)).splitlines()
    assert all(cell_len(line) <= 80 for line in lines if "https://" not in line)


@pytest.mark.parametrize("part", ["failures", "everything"])
def test_a_link_is_never_broken(part: str) -> None:
    links = [section.link for section in COURSE.sections.values()]
    whole = [line.strip() for line in COLOUR.sub("", printed(results.mixed(), terminal=True, part=part)).splitlines()]
    assert any(link in whole for link in links)
    course = msgspec.structs.replace(COURSE, sections={
        number: msgspec.structs.replace(section, link=f"https://example.org/{'x' * 100}")
        for number, section in COURSE.sections.items()
    })  # fmt: skip
    stream = Terminal()
    shown = open_console(stream)
    shown.width = 80
    screen = console.screen(shown, course, "en")
    shown.print(screen.failures(results.mixed()) if part == "failures" else screen.everything(results.mixed()))
    lines = re.sub(r"\x1b(?:\[[0-9;]*m|\]8;[^\\]*\\)", "", stream.getvalue()).splitlines()
    assert [line for line in lines if "https" in line and not line.endswith("x" * 100)] == []


@pytest.mark.parametrize("before", ["Read", "\u590d\u4e60\uff1a"])
def test_a_link_in_a_sentence_is_never_broken(before: str) -> None:
    stream, link = Terminal(), f"https://example.org/{'x' * 80}"
    shown = open_console(stream)
    shown.width = 80
    shown.print(prose(f"{before} {link}\n{'word ' * 30}"))
    lines = re.sub(r"\x1b\]8;[^\\]*\\", "", stream.getvalue()).splitlines()
    assert lines[0] == f"{before} {link}"
    assert len(lines) == 3


def test_on_a_screen_that_is_filled_each_line_is_one_row(tmp_path: Path) -> None:
    shown = open_console(Terminal())
    shown.width = 40
    panel = Panel(shown, console.screen(shown, COURSE, "en"), tmp_path)
    rows = panel._lines(prose(f"Read https://example.org/{'x' * 80}\nand more"))
    assert [cell_len(re.sub(r"\x1b\]8;[^\\]*\\", "", row)) for row in rows] == [40, 8]


@pytest.mark.parametrize("no_color", [False, True])
def test_code_is_never_wrapped(monkeypatch: pytest.MonkeyPatch, no_color: bool) -> None:
    if no_color:
        monkeypatch.setenv("NO_COLOR", "1")
    stream = Terminal()
    shown = open_console(stream)
    shown.width = 40
    text = f"def f():\n    return {' + '.join(map(str, range(40)))}"
    shown.print(code(text, shown), soft_wrap=True)
    assert re.sub(r"\x1b\[[0-9;]*m", "", stream.getvalue()) == f"{text}\n"


def test_what_is_told_of_a_failure_stands_in_order() -> None:
    text = printed(results.mixed(), part="failures")
    told = [
        "x The child carries the name", "Expected: 'writer-4f1c'", "Seen: 'Process-1'", "Likely cause: The target ran",
        "Your line: ex02_name_and_pid.py:14  process = Process(", "Hint: Have a look", "Read: 7.4 Name, PID",
        "Your code printed: hello", "No other process is ended", "costs no point", "Who waits for whom: At line 31",
        "ex11_iterables.py cannot be loaded", "Seen: SyntaxError", "Score: 11 of 23 points, 47 %",
    ]  # fmt: skip
    places = [text.find(part.replace("x The", "The")) for part in told]
    assert -1 not in places
    assert places == sorted(places)


def test_plain_lines_are_not_wrapped() -> None:
    text = printed(results.mixed(), part="failures")
    assert any(len(line) > 100 for line in text.splitlines())
    assert "\x1b" not in text


def test_colour_only_on_a_terminal_that_wants_it(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "\x1b[31m" in printed(results.mixed(), terminal=True)
    monkeypatch.setenv("NO_COLOR", "1")
    assert not re.search(r"\x1b\[[0-9;]*3[0-9]", printed(results.mixed(), terminal=True))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_ascii_takes_over_where_the_encoding_has_no_more(lang: str) -> None:
    raw = io.BytesIO()
    shown = open_console(io.TextIOWrapper(raw, encoding="ascii"))
    screen = console.screen(shown, COURSE, lang)
    shown.print(screen.table(results.mixed()), screen.failures(results.mixed()))
    shown.file.flush()
    text = raw.getvalue().decode("ascii")
    assert "x ex02" in text and "\\u2717" not in text
    assert ("Name and PID" if lang == "en" else "\\u540d") in text


def test_signs_stand_beside_the_colours() -> None:
    text = printed(results.mixed(), part="table")
    assert all(sign in text for sign in explain.SIGNS.values())


def test_score_line_tells_the_bonus_and_what_is_incomplete() -> None:
    assert "Score: 25 of 25 points, 100 %, +2 bonus (in 1.9 s)" in printed(results.perfect())
    assert "! This result is not complete" in printed(results.empty())


def test_screen_follows_the_console() -> None:
    plain = console.screen(rich.console.Console(file=io.StringIO()), COURSE, "en")
    assert plain.plain and not plain.ascii_only


def test_what_is_wrong_for_the_same_reason_is_told_once() -> None:
    result = results.mixed()
    stuck = next(check for exercise in result.exercises for check in exercise.checks if check.hang)
    exercise = next(exercise for exercise in result.exercises if stuck in exercise.checks)
    exercise.checks.append(msgspec.structs.replace(stuck, id="check_another"))
    text = printed(result, part="failures")
    assert text.count("(for the same reason as above; grade -v tells all)") == 1
    assert text.count("Who waits for whom") == printed(results.mixed(), part="failures").count("Who waits for whom")
    assert "as above" not in printed(result, part="everything")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_everything_has_a_line_for_each_check(lang: str) -> None:
    text = printed(results.mixed(), lang, part="everything")
    titles = [
        explain.title(exercise.id, check, COURSE, lang)
        for exercise in results.mixed().exercises
        for check in exercise.checks
        if exercise.state.value == "graded"
    ]
    assert len(titles) > 5
    assert [title for title in titles if title not in text] == []


@pytest.mark.parametrize("terminal", [False, True])
@pytest.mark.parametrize(("lang", "why"), [("en", "It costs no point."), ("zh", "不扣分。")])
def test_everything_says_why_a_check_was_not_judged(lang: str, why: str, terminal: bool) -> None:
    result = results.perfect()
    result.exercises[1].checks[0] = results.check("check_import_starts_nothing", Verdict.SKIPPED, because=SYSTEM)
    assert why in COLOUR.sub("", printed(result, lang, part="everything", terminal=terminal))


@pytest.mark.parametrize("terminal", [False, True])
def test_what_passed_shows_what_it_printed_and_nothing_to_mend(terminal: bool) -> None:
    result = results.perfect()
    result.exercises[1].checks[0].output = "printed by the check\n"
    text = COLOUR.sub("", printed(result, part="everything", terminal=terminal))
    assert "printed by the check" in text
    assert "Hint" not in text and "Read" not in text


@pytest.mark.parametrize(
    ("lang", "legend"), [("en", "o born   x ended   = running or ready"), ("zh", "o 诞生   x 结束")]
)
def test_timelines_have_one_legend_that_tells_every_character(lang: str, legend: str) -> None:
    result = results.perfect()
    for check in result.exercises[0].checks[:2]:
        check.timeline = results.circle_of_two().timeline
    stream = io.StringIO()
    shown = open_console(stream)
    shown.print(console.screen(shown, COURSE, lang).timelines(result))
    assert stream.getvalue().startswith(legend)
    assert stream.getvalue().count(legend) == 1


def test_where_nothing_was_timed_there_is_no_legend() -> None:
    screen = console.Screen(COURSE, "en")
    assert screen.timelines(results.empty()).renderables == []


def test_short_is_one_line() -> None:
    assert printed(results.perfect(), part="short") == "\u2713 25 of 25 points, 100 %, +2 bonus\n"
    assert re.fullmatch(
        r"! 11 of 23 points, 47 %, .*ex11 cannot be loaded, ex02 .* failed\n", printed(results.mixed(), part="short")
    )
    assert len(printed(results.mixed(), "zh", part="short").splitlines()) == 1


@pytest.mark.parametrize(("cause", "told"), [("not_written", False), ("no_such_function", False), (None, True)])
def test_bonus_that_was_left_out_is_no_fault(cause: str | None, told: bool) -> None:
    result = results.perfect()
    bonus = [check for exercise in result.exercises for check in exercise.checks if check.stretch]
    for check in bonus:
        check.verdict, check.points, check.cause = Verdict.FAILED, 0, cause
    assert bonus
    assert ("failed" in printed(result, part="failures")) is told
    assert ("failed" in printed(result, part="short")) is told


def test_next_is_said_for_whatever_was_found() -> None:
    assert printed(results.mixed(), part="next").startswith(
        "Next: The child carries the name (a hint: grade hint ex02)"
    )
    assert printed(results.perfect(), part="next") == "Next: Nothing is left: all that could be judged is right.\n"
    assert printed(results.empty(), part="next") == "Next: grade what has not been judged yet: grade run\n"


def test_the_section_leads_to_its_link_in_a_terminal_alone() -> None:
    assert "\x1b]8;id=" in printed(results.mixed(), terminal=True)
    assert "\x1b]8;" not in printed(results.mixed())
