"""Right programs that wait in odd ways: none of them is ever taken for one that hangs.

Each module in tests/odd_waits says in its head what its function `go` gives. They run all at once, so that each of them
has to wait for its turn, too.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import hangs
import pytest
import world

pytestmark = world.linux

MODULES = sorted((Path(__file__).parent / "odd_waits").glob("*.py"))
AT_ONCE = 6


@pytest.fixture(scope="module", params=["fork", "forkserver", "spawn"])
def seen(request: pytest.FixtureRequest) -> dict[Path, hangs.Seen]:
    """What came of all of them."""
    with ThreadPoolExecutor(AT_ONCE) as executor:
        each = executor.map(lambda path: hangs.run(path, request.param, world.TIERS[0]), MODULES)
        return dict(zip(MODULES, each, strict=True))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_odd_wait_comes_to_its_end(seen: dict[Path, hangs.Seen], path: Path) -> None:
    found = seen[path]
    assert found.finding is None, (found.finding.cause, found.finding.waiting)
    assert str(found.value) == hangs.head(path, "gives")
