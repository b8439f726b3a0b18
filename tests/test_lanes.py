"""The timeline as lanes and sentences: who started whom, what overlaps, who says so, and the lines of the code."""

from __future__ import annotations

import pytest
import results

from grader.course import LANGUAGES
from grader.pages import coloured
from grader.result import Event, Excerpt
from grader.words import lanes

COURSE = results.course()


def test_lanes_show_births_waits_and_ends() -> None:
    chart = lanes.chart(results.circle_of_two(), COURSE, "en")
    assert chart.as_text == [("the main process", "o====....="), ("process 'writer'", "  o=##=x")]
    assert [lane.parent for lane in chart.lanes] == [None, 0]


def test_events_carry_their_source() -> None:
    told = lanes.lines(results.circle_of_two(), COURSE, "en")
    assert told[2].what == "is born: the main process has started it"
    assert told[5].what == "waits at line 31: join() (for process 'writer')"
    assert told[7].what == "has ended with exit code 7"
    assert {line.source for line in told} == {"seen by the kernel", "done by the check", "said by your code"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_any_event_can_be_told(lang: str) -> None:
    check = results.circle_of_two()
    check.timeline = [Event(at_s=0, kind="?", pid=n, who="", by="?", detail="\u202e") for n in range(100)]
    assert len(lanes.chart(check, COURSE, lang).lanes) == lanes.MOST_LANES
    assert len(lanes.lines(check, COURSE, lang)) == 100


def test_lines_of_code_are_numbered_coloured_and_escaped() -> None:
    rows = coloured.rows(Excerpt(first=7, lines=["def f(x):", "    return '<b>\u202e'"]), 8)
    assert [(row.number, row.is_marked) for row in rows] == [(7, False), (8, True)]
    assert "<b>" not in rows[1].code and "&lt;b&gt;" in rows[1].code and "\\u202e" in rows[1].code
    assert '<span class="k">return</span>' in rows[1].code


def test_what_follows_alike_is_drawn_as_one() -> None:
    check = results.circle_of_two()
    check.timeline = [Event(at_s=0, kind=kind, pid=5, who="main") for kind in ("born", "called", "checked_in", "waits")]
    chart = lanes.chart(check, COURSE, "en")
    assert chart.lanes[0].spans == [(0, 3, "runs"), (3, 4, "waits")]
    assert chart.states == {"runs", "waits"}
