"""The mutants of a solution: its text goes in, texts with one change each come out, no two of them the same program."""

from __future__ import annotations

import ast
import difflib
from collections.abc import Iterator
from dataclasses import dataclass

import libcst as cst

from .operators import OPERATORS


@dataclass(frozen=True)
class Mutant:
    """A solution with one change: in which function ("" for none), which lines were and what they became."""

    function: str
    was: str
    becomes: str
    code: str

    def __str__(self) -> str:
        return "\n".join([*_signed("-", self.was), *_signed("+", self.becomes)])

    @property
    def key(self) -> tuple[str, str, str]:
        """What names it in the list of equivalent mutants."""
        return self.function, self.was, self.becomes


def _signed(sign: str, lines: str) -> list[str]:
    return [f"{sign} {line}" for line in lines.splitlines()]


def mutants(code: str) -> list[Mutant]:
    """All mutants of `code` that are programs, in the order of the text."""
    seen = {_bare(code)}
    found = []
    for function, changed in _changed(cst.parse_module(code)):
        bare = _bare(changed)
        if bare is not None and bare not in seen:
            seen.add(bare)
            found.append(Mutant(function, *_difference(code, changed), changed))
    return found


def _bare(code: str) -> str | None:
    """The program without its layout; None where it is none."""
    try:
        compile(tree := ast.parse(code), "mutant", "exec")
    except (SyntaxError, ValueError):
        return None
    return ast.dump(tree)


def _changed(module: cst.Module) -> Iterator[tuple[str, str]]:
    places = _Places()
    module.visit(places)
    for function, node in places.found:
        for kind, operator in OPERATORS:
            if isinstance(node, kind):
                for other in operator(node):
                    changed = module.deep_replace(node, other)  # type: ignore[arg-type]
                    yield function, changed.code  # type: ignore[union-attr]


class _Places(cst.CSTVisitor):
    """Every node that may be changed, with the name of the function or method around it."""

    def __init__(self) -> None:
        self.found: list[tuple[str, cst.CSTNode]] = []
        self.around: list[str] = []

    def on_visit(self, node: cst.CSTNode) -> bool:
        if isinstance(node, (cst.Import, cst.ImportFrom, cst.Annotation)):
            return False
        if isinstance(node, (cst.FunctionDef, cst.ClassDef)):
            self.around.append(node.name.value)
        self.found.append((".".join(self.around), node))
        return True

    def on_leave(self, original_node: cst.CSTNode) -> None:
        if isinstance(original_node, (cst.FunctionDef, cst.ClassDef)):
            self.around.pop()


def _difference(code: str, changed: str) -> tuple[str, str]:
    """The lines that were, and the lines that they became, without indentation and comments around."""
    lines = [line for line in difflib.ndiff(code.splitlines(), changed.splitlines()) if line[:2] in ("- ", "+ ")]
    return _joined(lines, "- "), _joined(lines, "+ ")


def _joined(lines: list[str], sign: str) -> str:
    texts = [line[2:].strip() for line in lines if line.startswith(sign)]
    return "\n".join(text for text in texts if text and not text.startswith("#"))
