"""Pages in a real browser: the system's Chromium, steered by playwright; axe-core; and what HTML allows.

Who uses it: tests of pages, by the fixture `show`, which conftest.py lends to all. Such a module says
`pytestmark = pytest.mark.browser`, so that its tests run once (`tox -e browser`) and not for each Python. Where there
is no playwright or no Chromium they are skipped, and say so. A page is opened from file://.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@dataclass
class Shown:
    """A page as a browser shows it."""

    page: Any  # a playwright Page
    asked_for: list[str] = field(default_factory=list)  # every address that the browser asked for
    errors: list[str] = field(default_factory=list)  # what the browser complained of

    def violations(self) -> list[str]:
        """What axe-core objects to, each with the places; none is as it should be."""
        from axe_playwright_python.sync_playwright import Axe

        found = Axe().run(self.page, options={"runOnly": STANDARDS}).response["violations"]
        return [f"{each['id']}: {[node['target'] for node in each['nodes']][:5]}" for each in found]

    def unfold(self) -> None:
        """Opens all that is folded."""
        self.page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")

    def sideways(self) -> int:
        """By how many pixels the page is wider than its window."""
        return int(self.page.evaluate(SIDEWAYS))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """The system's Chromium, running."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="needs playwright: tox -e browser")
    pytest.importorskip("axe_playwright_python", reason="needs axe-playwright-python: tox -e browser")
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        pytest.skip("there is no Chromium on this machine")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def show(chromium: Any, tmp_path: Path) -> Iterator[Callable[..., Shown]]:
    """`show(html, width=1000, dark=False)` opens the text of a page from a file; after the test it is closed."""
    contexts = []

    def shown(html: str, *, width: int = 1000, dark: bool = False) -> Shown:
        file = tmp_path / f"page{len(contexts)}.html"
        file.write_text(html, "utf-8")
        contexts.append(
            chromium.new_context(viewport={"width": width, "height": 800}, color_scheme="dark" if dark else "light")
        )
        made = Shown(contexts[-1].new_page())
        made.page.on("request", lambda request: made.asked_for.append(request.url))
        made.page.on("console", lambda message: made.errors.append(message.text))
        made.page.goto(file.as_uri())
        return made

    yield shown
    for context in contexts:
        context.close()


def mistakes(html: str) -> list[str]:
    """What in the text of a page is not HTML as the standard has it."""
    html5lib = pytest.importorskip("html5lib", reason="needs html5lib: tox -e browser")
    parser = html5lib.HTMLParser(strict=False)
    parser.parse(html)
    return [f"line {line}: {kind} {facts}" for (line, _), kind, facts in parser.errors]
