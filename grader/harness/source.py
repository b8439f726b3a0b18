"""What the text of a submission says, read without running it.

A stage that has loaded nothing answers these questions, so no code of the student's has a say in the answer, and a
text that is made to break a parser breaks only that stage.
"""

from __future__ import annotations

import ast
from pathlib import Path

LOOPS = {
    ast.For: "for",
    ast.AsyncFor: "for",
    ast.ListComp: "list comprehension",
    ast.SetComp: "set comprehension",
    ast.DictComp: "dict comprehension",
    ast.GeneratorExp: "generator expression",
}


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
    """The loops in the source of `function` and of the functions and classes of the file that it calls.

    One str each, such as "for (line 12)" or "map (line 4)"; a function that is not in the file has none.
    """
    named = _named(ast.parse(Path(path).read_bytes()))
    found: list[tuple[int, str]] = []
    todo, done = [function], set()
    while todo:
        name = todo.pop()
        if name in done or name not in named:
            continue
        done.add(name)
        for node in ast.walk(named[name]):
            if type(node) in LOOPS:
                found.append((_line(node), LOOPS[type(node)]))
            elif isinstance(node, ast.Name) and node.id == "map" and "map" not in named:
                found.append((node.lineno, "map"))
            elif isinstance(node, ast.Name):
                todo.append(node.id)
    return [f"{form} (line {line})" for line, form in sorted(found)]


def _line(node: ast.AST) -> int:
    return int(getattr(node, "lineno", 0))


def _named(tree: ast.Module) -> dict[str, ast.AST]:
    named: dict[str, ast.AST] = {}
    for node in tree.body:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            named[node.name] = node
        elif isinstance(node, ast.Assign):
            named.update({target.id: node.value for target in node.targets if isinstance(target, ast.Name)})
    return named
