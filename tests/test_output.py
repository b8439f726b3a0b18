"""What a check prints, as far as it is kept."""

from __future__ import annotations

import pytest

from grader.handles.output import Output
from grader.judge import outcomes


def kept(most: int, *pieces: bytes) -> str:
    output = Output(most)
    for piece in pieces:
        output.add(piece)
    return output.text()


def test_all_that_fits_is_kept_as_it_is() -> None:
    assert kept(100) == ""
    assert kept(100, b"a" * 50, b"b" * 50) == "a" * 50 + "b" * 50
    assert kept(100, "进程\n".encode(), b"\xff\x00") == "进程\n\\xff\x00"


@pytest.mark.parametrize("size", [1, 7, 64, 1000])
def test_beginning_and_end_are_kept_however_it_comes(size: int) -> None:
    whole = b"".join(b"%04d\n" % number for number in range(200))
    pieces = [whole[start : start + size] for start in range(0, len(whole), size)]
    text = kept(100, *pieces)
    assert text == kept(100, whole)
    assert text == f"{whole[:50].decode()}\n[... {len(whole) - 100} bytes left out ...]\n{whole[-50:].decode()}"


def test_text_may_be_asked_for_at_any_time() -> None:
    output = Output(10)
    for _ in range(3):
        output.add(b"12345678")
        output.text()
    assert output.text() == "12345\n[... 14 bytes left out ...]\n45678"
    assert output.total == 24


def test_flood_takes_no_room() -> None:
    output = Output(1000)
    for _ in range(2_000):
        output.add(bytes(10_000))
    assert len(output.head) + len(output.tail) <= 3_000
    assert output.total == 20_000_000


def test_what_only_begins_like_our_frames_takes_no_time() -> None:
    frame = '  File "/kit/grade_harness/probe.py", line 5, in x\n    y()\n'
    printed = '  File "' + "/grade_harness/" * 20_000 + f"\n{frame}end\n"
    assert outcomes.theirs(printed).count("\n") == 2  # in steps as many as its letters, and not as their square
