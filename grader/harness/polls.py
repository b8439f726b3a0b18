"""Which loops of a text only ask and wait: going round changes nothing, so that only others can make them end.

A stage that has loaded nothing answers this, as it does for source.py. Such a loop is a `while` of which every
statement asks (is_alive, empty, ready ...), sleeps or prints, and that counts nothing and looks at no clock; or one
that tries first of all to get something within a time limit, and when it does not, goes round again. Where in doubt, a
loop is not one of them.
"""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

FUNCTIONS = {"sleep", "print", "len", "any", "all", "bool", "active_children"}
METHODS = {
    "is_alive", "empty", "full", "qsize", "ready", "done", "running", "is_set", "locked", "poll", "join", "wait",
    "get_lock", "exists", "waitpid", "active_children", "sleep",
}  # fmt: skip
TRYING = {"get", "put", "recv", "result", "wait", "join", "next"}  # that raise where nothing comes in time
PLAIN = (
    ast.Constant, ast.Name, ast.Load, ast.Attribute, ast.Compare, ast.cmpop, ast.BoolOp, ast.boolop, ast.UnaryOp,
    ast.unaryop, ast.Call, ast.keyword, ast.Subscript, ast.Tuple, ast.List, ast.JoinedStr, ast.FormattedValue,
    ast.GeneratorExp, ast.ListComp, ast.comprehension, ast.Store,
)  # fmt: skip
LEAVING = (ast.Break, ast.Return, ast.Raise)
CALLING = {"map", "filter", "reduce", "iter", "starmap", "sorted"}  # that may call what they are given many times
LOOPS = (ast.While, ast.For, ast.AsyncFor, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


def polls(path: str) -> dict[str, list[list[int]]]:
    """The lines of the loops that only ask ("idle"), each as [first, last, first and last where it waits]; and of all
    others, as [first, last] ("other")."""
    tree = ast.parse(Path(path).read_bytes())
    reader = _Reader(tree)
    idle = [_span(node) + _span(waits) for node in ast.walk(tree) if (waits := reader.waits(node)) is not None]
    spans = [each[:2] for each in idle]
    other = [_span(node) for node in ast.walk(tree) if _goes_round(node) and not reader.is_plain(node)]
    return {"idle": idle, "other": [span for span in other if span not in spans]}


def _goes_round(node: ast.AST) -> bool:
    return isinstance(node, LOOPS) or (
        isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLING
    )


def _span(node: Any) -> list[int]:
    return [node.lineno, node.end_lineno]


class _Reader:
    """Knows which names of a text are what they seem to be."""

    def __init__(self, tree: ast.Module) -> None:
        own = {name for node in ast.walk(tree) for name in _given(node)}
        self.methods, self.trying = METHODS - own, TRYING - own
        self.functions = FUNCTIONS - own - {name for node in ast.walk(tree) for name in _assigned(node)}
        self.hides_code = any(map(_runs_unseen, ast.walk(tree)))

    def waits(self, loop: ast.AST) -> Any:
        """Where a loop that only asks waits: anywhere in itself, or in the statement that it tries; None for others."""
        if not isinstance(loop, ast.While) or loop.orelse or self.hides_code or not self.is_plain(loop.test):
            return None
        for number, statement in enumerate(loop.body):
            if isinstance(statement, ast.Try) and (tried := self._tried(statement, loop.body[number + 1 :])):
                return tried
            if not self._is_harmless(statement):
                return None
        return loop

    def _tried(self, statement: ast.Try, rest: list[ast.stmt]) -> ast.stmt | None:
        """The first statement of a `try` that takes something, where failing leads round again or out of the loop."""
        first = statement.body[0]
        value = getattr(first, "value", None)
        if not isinstance(first, (ast.Expr, ast.Assign, ast.Return)) or not isinstance(value, ast.Call):
            return None
        failing = [*(each.body for each in statement.handlers), statement.finalbody]
        goes_round = all(isinstance(each.body[-1], (ast.Continue, *LEAVING)) for each in statement.handlers)
        if not all(map(self._stays_or_leaves, failing)) or not (goes_round or all(map(self._is_harmless, rest))):
            return None
        plain = all(map(self.is_plain, [value.func, *value.args, *(each.value for each in value.keywords)]))
        return first if plain and isinstance(value.func, ast.Attribute) and value.func.attr in self.trying else None

    def _is_harmless(self, statement: ast.stmt) -> bool:
        if isinstance(statement, (ast.Pass, ast.Continue, ast.Break)):
            return True
        if isinstance(statement, (ast.Return, ast.Expr)):
            return statement.value is None or self.is_plain(statement.value)
        if isinstance(statement, ast.Assign):
            return all(isinstance(each, ast.Name) for each in statement.targets) and self.is_plain(statement.value)
        if isinstance(statement, ast.If):
            return self.is_plain(statement.test) and all(map(self._stays_or_leaves, (statement.body, statement.orelse)))
        if isinstance(statement, ast.With):
            return all(self.is_plain(item.context_expr) for item in statement.items) and all(
                map(self._is_harmless, statement.body)
            )
        return False

    def _stays_or_leaves(self, block: list[ast.stmt]) -> bool:
        """Whether the block changes nothing, unless it leads out of the loop."""
        return all(map(self._is_harmless, block)) or isinstance(block[-1], LEAVING)

    def is_plain(self, expression: ast.AST) -> bool:
        """Whether it only looks at something."""
        return all(isinstance(node, PLAIN) and self._asks(node) for node in ast.walk(expression))

    def _asks(self, node: ast.AST) -> bool:
        if not isinstance(node, ast.Call):
            return True
        if isinstance(node.func, ast.Attribute):
            return node.func.attr in self.methods
        return isinstance(node.func, ast.Name) and node.func.id in self.functions


def _given(node: ast.AST) -> list[str]:
    """The names that a node gives to code or attributes of the text's own."""
    if isinstance(node, ast.ClassDef):
        return [node.name, *(name for each in node.body for part in ast.walk(each) for name in _assigned(part))]
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return [node.name]
    if isinstance(node, ast.alias):
        return [node.asname] if node.asname else []
    return [node.attr] if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store) else []


def _assigned(node: ast.AST) -> list[str]:
    if isinstance(node, ast.arg):
        return [node.arg]
    return [node.id] if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) else []


def _runs_unseen(node: ast.AST) -> bool:
    """Whether looking at an object may run code of the text: a property, a special method."""
    if not isinstance(node, ast.FunctionDef):
        return False
    return bool(node.decorator_list) or (node.name.startswith("__") and node.name != "__init__")
