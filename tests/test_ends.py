"""Who holds the other end: the two sockets of a pair are told by their numbers, which others may come between."""

from __future__ import annotations

import pytest

from grader.kernel import ends
from grader.kernel.ends import Ends
from grader.kernel.settled import Wait

WAITS = Wait(1, 1, "recvfrom")


@pytest.mark.parametrize(
    ("held", "others"),
    [
        ({1: [100], 2: [101]}, [2]),
        ({1: [100], 2: [99], 3: [103]}, [2]),
        ({1: [100], 2: [103], 3: [200]}, [2]),
        ({1: [100, 101], 2: [103]}, []),
        ({1: [100], 2: [100, 200]}, []),
    ],
)
def test_other_end_of_a_pair_of_sockets(
    held: dict[int, list[int]], others: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ends, "what_is_waited_for", lambda wait: {"socket:[100]"})
    opened = Ends([])
    opened.by_pid = {pid: {f"socket:[{number}]": {2} for number in numbers} for pid, numbers in held.items()}
    assert opened.others(WAITS) == others
