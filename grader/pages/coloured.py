"""Some lines of a student's code as HTML: numbered, coloured, one of them marked.

Who uses it: report. In goes an Excerpt, out come rows. pygments tells words from strings; it runs nothing. What comes
from the submission is made safe first, and escaped.
"""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup
from pygments.lexers.python import PythonLexer
from pygments.token import Comment, Keyword, Name, Number, Operator, String, _TokenType

from grader.result import Excerpt
from grader.words.explain import safe

CLASSES = (
    (Comment, "c"), (String, "s"), (Number, "n"), (Keyword, "k"), (Operator.Word, "k"),
    (Name.Function, "f"), (Name.Class, "f"), (Name.Decorator, "f"), (Name.Builtin, "b"),
)  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One line."""

    number: int
    code: Markup
    is_marked: bool


def rows(excerpt: Excerpt, marked: int | None) -> list[Row]:
    """The lines of `excerpt`; `marked` is the number of the one to look at, if any."""
    text = "\n".join(safe(line, 400).replace("\n", "\\n") for line in excerpt.lines)
    found, row = [], Markup("")
    for kind, value in PythonLexer(stripnl=False, ensurenl=False).get_tokens(text):
        first, *others = value.split("\n")
        row += _span(kind, first)
        for other in others:
            found.append(row)
            row = _span(kind, other)
    found.append(row)
    return [Row(number, code, number == marked) for number, code in enumerate(found, excerpt.first)]


def _span(kind: _TokenType, text: str) -> Markup:
    name = next((name for parent, name in CLASSES if kind is parent or parent in kind.split()), None)
    return Markup('<span class="{}">{}</span>').format(name, text) if name and text else Markup.escape(text)
