"""The page in a real browser: it opens from a file, folds, suits narrow and dark screens, and everybody can read it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import results
from browser import Shown, mistakes

from grader.course import LANGUAGES
from grader.pages import report
from grader.result import Result

pytestmark = pytest.mark.browser
COURSE = results.course()
MADE = [results.mixed, results.perfect, results.empty]
Show = Callable[..., Shown]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("make", MADE)
def test_everybody_can_read_it(show: Show, make: Callable[[], Result], dark: bool, lang: str) -> None:
    shown = show(report.page(make(), COURSE, lang), dark=dark)
    shown.unfold()
    assert shown.violations() == []


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("make", MADE)
def test_it_needs_no_more_than_its_file(show: Show, make: Callable[[], Result], lang: str) -> None:
    shown = show(report.page(make(), COURSE, lang))
    assert [address.partition(":")[0] for address in shown.asked_for] == ["file"]
    assert shown.errors == []


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("make", MADE)
def test_it_is_html(make: Callable[[], Result], lang: str) -> None:
    assert mistakes(report.page(make(), COURSE, lang)) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_fits_a_narrow_screen(show: Show, lang: str) -> None:
    assert show(report.page(results.mixed(), COURSE, lang), width=360).sideways() == 0


def test_an_exercise_folds_by_the_keyboard(show: Show) -> None:
    page = show(report.page(results.perfect(), COURSE, "en")).page
    page.locator("summary").first.focus()
    page.keyboard.press("Enter")
    assert page.locator("details").first.locator("h4").first.is_visible()
    page.keyboard.press("Enter")
    assert not page.locator("details").first.locator("h4").first.is_visible()


def test_every_state_of_a_lane_can_be_seen(show: Show) -> None:
    shown = show(report.page(results.mixed(), COURSE, "en"))
    shown.unfold()
    for state in ("runs", "waits", "held", "dead"):
        box = shown.page.locator(f"svg.lanes .{state}:not(.mark)").first.bounding_box()
        assert box and box["width"] > 5, state
        assert state != "waits" or box["height"] > 5
