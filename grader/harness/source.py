"""What the text of a submission says, read without running it.

A stage that has loaded nothing answers these questions, so no code of the student's has a say in the answer, and a
text that is made to break a parser breaks only that stage.
"""

from __future__ import annotations

import ast
import marshal
import os
import warnings
from importlib.machinery import SourceFileLoader

from . import forms

CODE_BYTES = 200_000  # more is compiled anew in each stage: it has to fit into a message


def same(path: str, stub: str) -> bool:
    """Whether the file at `path` is still `stub`, or has no code: whatever its comments, docstrings and layout."""
    try:
        text, other = _bare(ast.parse(read(path))), _bare(ast.parse(stub))
    except (SyntaxError, ValueError):
        return False
    if len(text) != len(other):
        return not text
    return all(ast.dump(one) == ast.dump(two) for one, two in zip(text, other, strict=True))


def _bare(tree: ast.Module) -> list[ast.stmt]:
    """The statements at the top, without docstrings anywhere."""
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list) and body and _is_text(body[0]):
            del body[0]
    return tree.body


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def loops(path: str, functions: list[str]) -> dict[str, list[str]]:
    """The loop forms in the source of each function, and of the functions of the file that it calls: see forms.py."""
    return forms.loops(read(path), functions, lambda module: _beside(path, module))


def _beside(path: str, module: str) -> bytes | None:
    """The text of a module that lies beside the file at `path`; None where there is none."""
    within = os.path.join(os.path.dirname(path), *module.split("."))
    there = next(filter(os.path.isfile, (f"{within}.py", os.path.join(within, "__init__.py"))), None)
    return None if there is None else read(there)


def read(path: str) -> bytes:
    """What the file at `path` holds."""
    with open(path, "rb") as file:
        return file.read()


def compiled(name: str, path: str) -> bytes | None:
    """The code of the module `name` in the file at `path`, by marshal; None where Python has anything to say of it."""
    loader = SourceFileLoader(name, path)
    try:
        with warnings.catch_warnings(record=True) as told:
            warnings.simplefilter("always")
            code = marshal.dumps(loader.source_to_code(loader.get_data(path), path))
    except (SyntaxError, ValueError, OSError, MemoryError, RecursionError):
        return None
    return None if told or len(code) > CODE_BYTES else code
