"""The page of a class in a real browser: light, dark, wide, narrow, in both languages, with and without its script."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from browser import STANDARDS, Shown, mistakes
from classes import crowd

from grader import course as courses
from grader.classes import classpage

pytestmark = pytest.mark.browser
KIT = courses.load()


def html(size: int, lang: str = "en") -> str:
    made, found = crowd(size)
    return classpage.page(made, KIT, lang, lambda each: found.get(each.id))


@pytest.fixture
def alive(chromium: Any, tmp_path: Path) -> Any:
    """`alive(html)` opens a page with its script running or not; gives it, and what the browser complained of."""
    contexts = []

    (tmp_path / "submissions" / "s0000").mkdir(parents=True)
    (tmp_path / "submissions" / "s0000" / "report.html").write_text("<!DOCTYPE html><title>x</title>", "utf-8")

    def opened(text: str, script: bool = True) -> tuple[Any, list[str]]:
        (tmp_path / "index.html").write_text(text, "utf-8")
        size = {"width": 1280, "height": 900}
        contexts.append(chromium.new_context(viewport=size, java_script_enabled=script))
        page, errors = contexts[-1].new_page(), []
        page.on("console", lambda message: errors.append(message.text))
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto((tmp_path / "index.html").as_uri())
        return page, errors

    yield opened
    for context in contexts:
        context.close()


@pytest.mark.parametrize("size", [0, 3, 30])
@pytest.mark.parametrize(
    ("lang", "width", "dark"), [("en", 1280, False), ("en", 1280, True), ("en", 360, False), ("zh", 1280, False)]
)
def test_everybody_can_read_it(show: Callable[..., Shown], size: int, lang: str, width: int, dark: bool) -> None:
    shown = show(html(size, lang), width=width, dark=dark)
    assert shown.violations() == []
    assert shown.sideways() <= 0
    assert len(shown.asked_for) == 1
    assert shown.errors == []


def test_it_can_be_read_without_its_script(alive: Any) -> None:
    page, errors = alive(html(30), script=False)
    assert page.locator("tbody tr:visible").count() == page.locator("tbody tr").count() > 20
    assert not page.locator("#search").is_visible()
    assert page.locator("thead button").count() == 0
    page.locator("details.who summary").first.click()
    assert page.locator("details.who[open] a").first.is_visible()
    assert errors == []


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_it_is_html(lang: str) -> None:
    assert mistakes(html(30, lang)) == []


def test_it_sorts_and_searches(alive: Any) -> None:
    page, errors = alive(html(40))
    heads, rows = page.locator("thead button"), page.locator("tbody tr:visible")
    percents = page.locator("tbody tr:visible td:nth-of-type(2)")

    heads.nth(2).click()
    found = [int(text) for text in percents.all_inner_texts()]
    assert found == sorted(found, reverse=True)
    assert page.locator("thead th").nth(2).get_attribute("aria-sort") == "descending"
    heads.nth(2).click()
    assert [int(text) for text in percents.all_inner_texts()] == sorted(found)
    page.get_by_role("searchbox").fill("odon")
    names = page.locator("tbody tr:visible th").all_inner_texts()
    assert names and all("Ödön" in name for name in names)
    page.get_by_role("searchbox").fill("1003")
    assert rows.count() == 1
    page.get_by_role("searchbox").fill("nobody at all")
    assert rows.count() == 0
    assert page.locator("#search output").inner_text().startswith("0 of")
    assert errors == []


def test_a_stripe_says_which_check_it_is_and_leads_to_the_student(alive: Any) -> None:
    page, errors = alive(html(3))
    cell = page.locator("tbody tr").first.locator("td.heat").nth(1)
    cell.hover(position={"x": 2, "y": 10})
    second = list(KIT.exercises.values())[1]
    assert (cell.get_attribute("title") or "").startswith(next(iter(second.checks.values())).title.en)
    cell.click()
    page.wait_for_url("**/submissions/s0000/report.html#e2")
    assert errors == []


def test_it_is_accessible_with_its_script(alive: Any) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page, _ = alive(html(30))
    page.locator("thead button").first.click()
    found = Axe().run(page, options={"runOnly": STANDARDS}).response["violations"]
    assert [each["id"] for each in found] == []


def test_a_thousand_students_are_there_at_once(alive: Any) -> None:
    page, errors = alive(html(1000))
    assert page.locator("tbody tr").count() > 850
    page.locator("thead button").nth(2).click()
    assert int(page.locator("tbody tr td:nth-of-type(2)").first.inner_text()) > 90
    assert errors == []
    page.emulate_media(media="print")
    assert page.locator("tbody tr").last.locator("td").last.bounding_box()["height"] > 0
