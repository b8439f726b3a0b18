"""The page of pairs in a real browser: light and dark, wide and narrow, in both languages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from browser import Shown, mistakes
from test_likeness import ODD, OTHERS, RENAMED, class_of

from grader import course
from grader.classes import pairspage

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("lang", "width", "dark"), [("en", 1280, False), ("en", 360, True), ("zh", 1280, True)])
@pytest.mark.parametrize("texts", [(), (ODD, RENAMED, *OTHERS, "def (")])
def test_everybody_can_read_it(
    show: Callable[..., Shown], texts: tuple[str, ...], lang: str, width: int, dark: bool
) -> None:
    class_ = class_of(*texts)
    names = {f"s{n}": f"Student {n}" for n in range(9)}
    html = pairspage.page(class_, class_.pairs(9), names, course.load(), lang)
    shown = show(html, width=width, dark=dark)

    assert shown.violations() == []
    assert shown.sideways() <= 0
    assert shown.errors == []
    assert mistakes(html) == []
    assert shown.page.locator("article mark").count() > 0 or not texts
