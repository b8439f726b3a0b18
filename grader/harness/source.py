"""What the text of a submission says, read without running it.

A stage that has loaded nothing answers these questions, so no code of the student's has a say in the answer, and a
text that is made to break a parser breaks only that stage.
"""

from __future__ import annotations

import ast
from pathlib import Path

from . import forms


def same(path: str, stub: str) -> bool:
    """Whether the file at `path` is still `stub`: the same code, whatever its comments, docstrings and layout."""
    try:
        return _bare(ast.parse(Path(path).read_bytes())) == _bare(ast.parse(stub))
    except (SyntaxError, ValueError):
        return False


def _bare(tree: ast.Module) -> str:
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list) and body and _is_text(body[0]):
            del body[0]
    return ast.dump(tree)


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def loops(path: str, function: str) -> list[str]:
    """The loop forms in the source of `function`, and of the functions of the file that it calls: see forms.py."""
    return forms.loops(Path(path).read_bytes(), function)
