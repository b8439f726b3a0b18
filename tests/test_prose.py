"""On a terminal no line is too wide; Chinese is broken anywhere but before what closes, English at spaces."""

from __future__ import annotations

import io

import pytest
from rich.cells import cell_len

from grader.words.prose import prose, wrapped
from grader.words.terminal import open_console

pytestmark = pytest.mark.outside
MIXED = "进程从启动到结束，要么就绪（等 CPU），要么“运行”，要么阻塞。start() 之前只有对象；结束之后，还留着退出码。"


@pytest.mark.parametrize("width", range(4, 90))
def test_lines_fit_and_nothing_is_lost(width: int) -> None:
    lines = list(wrapped(MIXED, width))
    assert max(map(cell_len, lines)) <= width
    assert "".join(lines).replace(" ", "") == MIXED.replace(" ", "")


@pytest.mark.parametrize("width", range(12, 90))
def test_no_line_begins_with_what_closes(width: int) -> None:
    lines = list(wrapped(MIXED, width))
    assert [line for line in lines if line[0] in "，。；：）”、"] == []
    assert [line for line in lines if line[-1] in "（“"] == []


def test_lines_are_filled() -> None:
    assert list(wrapped("一二三四 abc 五六七", 10)) == ["一二三四", "abc 五六七"]
    assert list(wrapped("一二三四五六", 8)) == ["一二三四", "五六"]
    assert list(wrapped("", 8)) == [""]


def test_it_is_printed_so() -> None:
    stream = io.StringIO()
    printer = open_console(stream)
    printer.print(prose(f"{MIXED}\n第二行"), width=40, soft_wrap=False)
    assert stream.getvalue().splitlines() == [*wrapped(MIXED, 40), "第二行"]
