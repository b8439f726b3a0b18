"""What a text of Python says without being run: which functions it defines, and which strings stand in it.

Who uses it: wording. The code is the kit's and the course's own, so it may be parsed here.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from pathlib import Path

CALL = re.compile(r"\bw\('(\w+)'")  # how a template asks for a word
START = re.compile(r"\bw\('(\w+_)' ~")


def functions(path: Path) -> list[str]:
    """The functions and classes that the file defines at its top level and that do not begin with `_`."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    names = [node.name for node in ast.parse(path.read_bytes()).body if isinstance(node, kinds)]
    return [name for name in names if not name.startswith("_")]


class Strings:
    """The strings in some Python files and templates."""

    def __init__(self, files: Iterable[Path]) -> None:
        self._whole: set[str] = set()
        self._starts: set[str] = set()
        for file in files:
            if file.suffix == ".py":
                self._take_python(ast.parse(file.read_bytes()))
            elif file.suffix == ".html":
                text = file.read_text("utf-8")
                self._whole.update(CALL.findall(text))
                self._starts.update(START.findall(text))

    def name(self, key: str) -> bool:
        """Whether `key` stands there, or is put together there of the start of an f-string and another string."""
        rest = (key.removeprefix(start) for start in self._starts if key.startswith(start))
        return key in self._whole or any(part in self._whole for part in rest)

    def _take_python(self, tree: ast.Module) -> None:
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                self._whole.add(node.value)
            elif isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                self._starts.add(str(node.values[0].value))
