"""A CSV file of somebody else's, read so that it can be written back as it was but for the cells that were filled.

Who uses it: columns and fill, for a teacher's own export of a course system; intake, for the cells alone of a roster.
What goes in: bytes. What comes out: rows of cells, and bytes again: encoding, byte order mark, delimiter and line ends
as found; a row that nobody changed is written byte by byte as it stood, another one by the csv module.

A cell is a *formula* where a spreadsheet would run it: it begins with = + - @, a tab or a carriage return, and is
neither a number nor the `-` that stands for no grade.
"""

from __future__ import annotations

import contextlib
import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from grader.visible import visible

DELIMITERS = ",;\t|"
MARKS = {b"\xef\xbb\xbf": "utf-8", b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
FORMULA = re.compile(r"[\s\x00]*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r]")
NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)*\s?%?")
EXCEL = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)  # a first line by which Excel is told the delimiter
FOREIGN = re.compile(r"([A-Za-z]?)([^\x00-\x7f]+)([A-Za-z]?)")
PRIVATE = re.compile("[\ue000-\uf8ff]")


class NotATable(Exception):
    """What was given is no CSV file; the text is a sentence that says why."""


class NoEncoding(NotATable):
    """How it is written cannot be told."""


@dataclass
class Row:
    """One record, as cells and as it stood in the file."""

    cells: list[str]
    raw: str
    changed: bool = False

    def put(self, column: int, text: str) -> None:
        """Sets one cell; makes the row longer where it is too short."""
        self.cells += [""] * (column + 1 - len(self.cells))
        self.changed = self.changed or self.cells[column] != text
        self.cells[column] = text

    def get(self, column: int | None) -> str:
        """One cell without the blanks around it; nothing where the row is too short."""
        return self.cells[column].strip() if column is not None and column < len(self.cells) else ""


@dataclass
class Table:
    """A whole file: the header is its first row that is not empty."""

    header: Row
    rows: list[Row]
    encoding: str
    delimiter: str
    mark: bytes = b""
    before: str = ""  # what stood before the header
    newline: str = "\r\n"
    decimal: str = "."
    made_safe: int = field(default=0, init=False)  # how many cells `make_safe` has changed

    def names(self) -> list[str]:
        """The header's cells without the blanks around them."""
        return [cell.strip() for cell in self.header.cells]

    def make_safe(self) -> None:
        """Puts an apostrophe before every formula below the header, as a spreadsheet does for what is text."""
        for row in self.rows:
            for column, cell in enumerate(row.cells):
                if is_formula(cell):
                    row.put(column, safe_cell(cell))
                    self.made_safe += 1

    def to_bytes(self) -> bytes:
        """The file as it is to be written."""
        text = self.before + self.header.raw + "".join(self._text(row) for row in self.rows)
        return self.mark + text.encode(self.encoding)

    def _text(self, row: Row) -> str:
        if not row.changed:
            return row.raw
        ended = row.raw.endswith(("\n", "\r"))
        old = next(csv.reader(io.StringIO(row.raw, newline=""), delimiter=self.delimiter), [])
        all_quoted = bool(old) and row.raw.rstrip("\r\n") == one_line(old, self.delimiter, csv.QUOTE_ALL)
        return one_line(row.cells, self.delimiter, csv.QUOTE_ALL if all_quoted else csv.QUOTE_MINIMAL) + (
            self.newline if ended else ""
        )


def read(content: bytes, encoding: str | None = None, least: int = 2) -> Table:
    """The table that `content` holds, in `encoding` where it is named.

    Raises NotATable where it cannot be decoded, or is no table with a header of `least` columns, two or one.
    """
    mark, text, found = decoded(content, encoding)
    told = EXCEL.match(text)
    before = told.group() if told else ""
    csv.field_size_limit(max(csv.field_size_limit(), len(text)))  # an online text in Moodle's worksheet is one cell
    delimiter = told.group(1) if told else _delimiter(text)
    try:
        rows = list(_records(text[len(before) :], delimiter))
    except csv.Error as error:
        raise NotATable(f"its quoting is broken: {error}") from None
    first = next((n for n, row in enumerate(rows) if any(cell.strip() for cell in row.cells)), None)
    if first is None or len(rows[first].cells) < least:
        raise NotATable("it has no header with two columns or more" if least > 1 else "it has no header")
    return Table(
        header=rows[first],
        rows=rows[first + 1 :],
        encoding=found,
        delimiter=delimiter,
        mark=mark,
        before=before + "".join(row.raw for row in rows[:first]),
        newline=_newline(text),
        decimal=_decimal(rows[first + 1 :], delimiter),
    )


def decoded(content: bytes, encoding: str | None = None) -> tuple[bytes, str, str]:
    """The byte order mark, the text behind it, and how it is written; raises NotATable where that cannot be told."""
    if content.startswith(b"PK\x03\x04"):
        raise NotATable("it is a workbook: save it as CSV")
    mark = next((mark for mark in MARKS if content.startswith(mark)), b"")
    return mark, *_decode(content[len(mark) :], MARKS.get(mark) or encoding)


def is_formula(cell: str) -> bool:
    """Whether a spreadsheet would run the cell."""
    return bool(FORMULA.match(cell)) and cell.strip() != "-" and not NUMBER.fullmatch(cell.strip())


def safe_cell(cell: str) -> str:
    """The cell as text that no spreadsheet runs."""
    return f"'{cell}" if is_formula(cell) else cell


def one_line(cells: list[str], delimiter: str = ",", quoting: int = csv.QUOTE_MINIMAL) -> str:
    """One record as CSV, without an end of line."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, quoting=quoting).writerow(cells)  # type: ignore[arg-type]
    return text.getvalue().removesuffix("\r\n")


def to_csv(rows: list[list[str]]) -> bytes:
    """A table of our own, in UTF-8 with no cell that a spreadsheet would run, and no character that cannot be seen."""
    return "".join(one_line([safe_cell(visible(cell)) for cell in row]) + "\r\n" for row in rows).encode("utf-8")


# --- how it was written


def _decode(content: bytes, encoding: str | None) -> tuple[str, str]:
    """The text and its encoding: one that gives the same bytes back."""
    for name in [encoding] if encoding else _encodings(content):
        try:
            text = content.decode(name)
            if text.encode(name) == content:
                return text, name
        except (UnicodeError, LookupError):
            continue
    raise NoEncoding(f"it is not written in {encoding}" if encoding else "its encoding is not known: name it")


def _encodings(content: bytes) -> list[str]:
    """What to try, most likely first."""
    if b"\x00" in content:
        return ["utf-16-le", "utf-16-be"] if content.count(b"\x00", 1) and content[1:2] == b"\x00" else ["utf-16-be"]
    old = ["cp1252", "gb18030"]
    return ["utf-8", *(reversed(old) if _looks_chinese(content) else old)]


def _looks_chinese(content: bytes) -> bool:
    """Chinese words stand alone; read as Chinese, an accented letter takes its neighbours along or touches them."""
    try:
        text = content.decode("gb18030")
    except UnicodeDecodeError:
        return False
    words = FOREIGN.findall(text)
    touching = sum(bool(before or after) for before, _, after in words)
    return not PRIVATE.search(text) and len(words) > 2 * touching


def _delimiter(text: str) -> str:
    """The one by which most rows are as wide as the header, and the header is widest.

    One by which it can be read to its end goes before; else what is wrong would be told of a table of one column.
    """

    def fits(delimiter: str) -> tuple[bool, float, int]:
        widths, is_whole = [], False
        with contextlib.suppress(csv.Error):
            for row in _records(text, delimiter):
                widths += [len(row.cells)] if row.cells else []
            is_whole = True
        if not widths or widths[0] == 1:
            return (False, 0, 0)
        return (is_whole, widths.count(widths[0]) / len(widths), widths[0])

    return max(DELIMITERS, key=fits)


def _records(text: str, delimiter: str) -> Iterator[Row]:
    taken: list[str] = []

    def lines() -> Iterator[str]:
        for line in io.StringIO(text, newline=""):
            taken.append(line)
            yield line

    for cells in csv.reader(lines(), delimiter=delimiter, strict=True):
        yield Row(cells, "".join(taken))
        taken.clear()


def _newline(text: str) -> str:
    return next((end for end in ("\r\n", "\n", "\r") if end in text), "\r\n")


def _decimal(rows: list[Row], delimiter: str) -> str:
    """A comma where numbers are written so, and none with a point."""
    cells = [cell.strip() for row in rows for cell in row.cells] if delimiter != "," else _quoted(rows)
    commas = any(re.fullmatch(r"\d+,\d{1,2}", cell) for cell in cells)
    return "," if commas and not any(re.fullmatch(r"\d+\.\d{1,5}", cell) for cell in cells) else "."


def _quoted(rows: list[Row]) -> list[str]:
    return [cell.strip() for row in rows if '"' in row.raw for cell in row.cells]
