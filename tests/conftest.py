"""For all tests: what is kept between two commands is kept for each test alone, and never in the user's own home.

A browser is lent to those that want one (browser.py).
"""

from __future__ import annotations

from pathlib import Path

import pytest
from browser import chromium, show

__all__ = ["chromium", "show"]


@pytest.fixture(autouse=True)
def state(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of what is kept; it is made when something is."""
    folder = tmp_path_factory.mktemp("home") / "state"
    monkeypatch.setenv("XDG_STATE_HOME", str(folder))
    return folder
