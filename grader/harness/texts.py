"""What a text says of its names, and what the texts of the modules beside it say of theirs.

Who uses it: forms.py and slips.py, which follow the names. Nothing of a text is run.
"""

from __future__ import annotations

import ast
import symtable
from collections.abc import Callable, Iterator

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)


class Text:
    """A text, read once for all functions.

    `named` is what each name at its top stands for, `all_of` the modules of which it takes all names, `own` the names
    of functions and attributes that it gives, `globals` the global names that each function uses, by name and line.
    """

    def __init__(self, text: bytes) -> None:
        tree = ast.parse(text)
        self.named = at_top(tree.body)
        self.all_of = [module for node in tree.body if (module := _module_of_all(node))]
        self.own = set(_own_attributes(tree))
        self.globals = _globals(symtable.symtable(text, "submission", "exec"))  # type: ignore[arg-type]


class Texts:
    """The text that was asked about, under the name "", and those of the modules beside it."""

    def __init__(self, text: bytes, beside: Callable[[str], bytes | None]) -> None:
        self._beside = beside
        self._known: dict[str, Text | None] = {"": Text(text)}

    def of(self, module: str) -> Text | None:
        """The text of a module; None where it is none of the submission's, or no Python."""
        if module not in self._known:
            text = self._beside(module)
            try:
                self._known[module] = None if text is None else Text(text)
            except (SyntaxError, ValueError):
                self._known[module] = None
        return self._known[module]


def _module_of_all(node: ast.stmt) -> str | None:
    """The module in `from module import *`."""
    return node.module if isinstance(node, ast.ImportFrom) and node.names[0].name == "*" else None


def _own_attributes(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, FUNCTIONS[:2]):
            yield node.name
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.attr


def at_top(body: list[ast.stmt]) -> dict[str, ast.AST]:
    """What each name at the top of the file stands for: a function, a class, or the value that it was given last."""
    found: dict[str, ast.AST] = {}
    for node in body:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            found[node.name] = node
        elif isinstance(node, (ast.Assign, ast.AnnAssign)) and node.value is not None:
            for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                found.update({part.id: node.value for part in ast.walk(target) if isinstance(part, ast.Name)})
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            found.update({name.asname or name.name: node for name in node.names})
        else:
            for block in ("body", "handlers", "orelse", "finalbody"):
                found.update(at_top(getattr(node, block, [])))
    return found


def _globals(table: symtable.SymbolTable) -> dict[tuple[str, int], set[str]]:
    """For each function of the file, by name and line: the global names that it uses, or that one within it uses."""
    found: dict[tuple[str, int], set[str]] = {}
    for child in table.get_children():
        within = _globals(child)
        used = {symbol.get_name() for symbol in child.get_symbols() if symbol.is_global() and symbol.is_referenced()}
        found.update(within)
        found.setdefault((child.get_name().strip("<>"), child.get_lineno()), set()).update(used, *within.values())
    return found
