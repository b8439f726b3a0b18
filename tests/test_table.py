"""A table of somebody else's: it is written back as it stood, whatever its form, but for what was filled."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.exports import table
from grader.exports.table import NotATable

pytestmark = pytest.mark.frontend
TEXT = 'Name;Note, gerundet;Ort\r\n"Müller; Jürgen";7,5;"Köln ""Süd"""\r\nZoë;-;Genève\r\n'
CHINESE = "姓名,成绩\n王小明,-\n李雷,61\n"


@pytest.mark.parametrize(
    ("content", "encoding", "delimiter", "cell"),
    [
        (TEXT.encode(), "utf-8", ";", "Müller; Jürgen"),
        (codecs.BOM_UTF8 + TEXT.encode(), "utf-8", ";", "Müller; Jürgen"),
        (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), "utf-16-le", ";", "Müller; Jürgen"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16-be", ";", "Müller; Jürgen"),
        (TEXT.encode("utf-16-le"), "utf-16-le", ";", "Müller; Jürgen"),
        (TEXT.encode("utf-16-be"), "utf-16-be", ";", "Müller; Jürgen"),
        (TEXT.encode("cp1252"), "cp1252", ";", "Müller; Jürgen"),
        (CHINESE.encode("gb18030"), "gb18030", ",", "王小明"),
        (CHINESE.encode(), "utf-8", ",", "王小明"),
        (b"name\tpoints\nada\t3", "utf-8", "\t", "ada"),
        (b"sep=;\r\nname;points\r\nada;3\r\n", "utf-8", ";", "ada"),
        (b'\n"name","points"\n"ada","3"\n', "utf-8", ",", "ada"),
        (b"name,points\rada,3\r", "utf-8", ",", "ada"),
    ],
)
def test_what_is_not_filled_is_written_as_it_stood(content: bytes, encoding: str, delimiter: str, cell: str) -> None:
    read = table.read(content)
    assert (read.encoding, read.delimiter, read.rows[0].cells[0]) == (encoding, delimiter, cell)
    assert read.to_bytes() == content


@given(
    st.lists(
        st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=9), min_size=2, max_size=4),
        max_size=6,
    )
)
def test_any_table_of_the_csv_module_comes_back(rows: list[list[str]]) -> None:
    content = "".join(table.one_line(row) + "\r\n" for row in [["name", "points"], *rows]).encode()
    assert table.read(content).to_bytes() == content


def test_a_filled_row_is_quoted_as_it_was_and_the_others_stay() -> None:
    read = table.read(b'"a","b"\r\n"x, y","1"\r\nz,  2\r\nu,3')
    read.rows[0].put(1, "4")
    read.rows[2].put(2, "=5")
    read.make_safe()
    assert read.to_bytes() == b'"a","b"\r\n"x, y","4"\r\nz,  2\r\nu,3,\'=5'


@pytest.mark.parametrize("cell", ["=1+1", "+x", "-x", "@a", "\tx", "\rx", " =1", '="=1"', "-1+2", "+1 2", "\uff1d1"])
def test_formulas(cell: str) -> None:
    assert table.is_formula(cell)
    assert not table.is_formula(table.safe_cell(cell))


@pytest.mark.parametrize("cell", ["", "-", "-5", "+49", "-1.5", "-1,5 %", "Doe, Jane", "a=b", "'=1"])
def test_no_formulas(cell: str) -> None:
    assert table.safe_cell(cell) == cell


@pytest.mark.parametrize(
    ("content", "encoding", "why"),
    [
        (b"", None, "no header"),
        (b"PK\x03\x04\x00\x00", None, "workbook"),
        (b"one column\nx\n", None, "no header"),
        (b'a,b\n"x,y\n', None, "quoting|header"),
        (b"a,b\n\xff\xff\x81,\xff\n", None, "encoding"),
        (CHINESE.encode(), "ascii", "ascii"),
        (CHINESE.encode(), "klingon", "klingon"),
    ],
)
def test_what_is_no_table(content: bytes, encoding: str | None, why: str) -> None:
    with pytest.raises(NotATable, match=why):
        table.read(content, encoding)


def test_a_cell_may_be_long() -> None:
    made = table.read(f"Identifier,Online text\nParticipant 7,{'x' * 200_000}\n".encode())
    assert len(made.rows[0].get(1)) == 200_000


def test_numbers_are_written_as_the_table_has_them() -> None:
    assert table.read(TEXT.encode()).decimal == ","
    assert table.read(b"a,b\nx,7.5\n").decimal == "."
    assert table.read(b'a,b\n"x","7,50"\n').decimal == ","


@pytest.mark.parametrize("name", ["Íñigo", "Núñez", "Größe", "Süß", "Þór", "Müller", "Zoë", "Étienne", "João", "Søren"])
def test_a_western_name_is_not_taken_for_chinese(name: str) -> None:
    assert table.read(f"Student;ID\n{name};1\n".encode("cp1252")).rows[0].cells == [name, "1"]


@pytest.mark.parametrize("name", ["王小明", "李雷", "诸葛亮", "朱镕基", "赟", "欧阳娜娜", "Ada 王"])
def test_a_chinese_name_is_not_taken_for_a_western_one(name: str) -> None:
    assert table.read(f"Student,ID\n{name},1\n".encode("gb18030")).rows[0].cells == [name, "1"]


def test_a_byte_order_mark_says_more_than_a_name() -> None:
    content = codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le")
    assert table.read(content, "utf-16").to_bytes() == content
