"""Which loops of a text only ask and wait: going round changes nothing, so that only others can make them end.

A stage that has loaded nothing answers this, as it does for source.py. Such a loop is a `while` of which every
statement asks (is_alive, empty, ready ...), sleeps or prints, and that looks at no clock and counts nothing, unless
nobody looks at the count; or one that tries first of all to get something, or asks whether it may go on, and where it
may not, goes round again. Where in doubt, a loop is not one of them.
"""

from __future__ import annotations

import ast
from typing import Any

from .source import read

FUNCTIONS = {"sleep", "print", "len", "any", "all", "bool", "active_children", "parent_process"}
METHODS = {
    "is_alive", "empty", "full", "qsize", "ready", "done", "running", "is_set", "locked", "poll", "join", "wait",
    "get_lock", "exists", "isfile", "isdir", "listdir", "waitpid", "sleep", "active_children", "active_count",
    "parent_process", "current_process", "current_thread", "main_thread", "getpid", "getppid", "enumerate",
}  # fmt: skip
TRYING = {"get", "put", "recv", "result", "wait", "join", "next"}  # that raise where nothing comes in time
AT_ONCE = {"get_nowait", "put_nowait"}  # that raise at once
PLAIN = (
    ast.Constant, ast.Name, ast.Load, ast.Attribute, ast.Compare, ast.cmpop, ast.BoolOp, ast.boolop, ast.UnaryOp,
    ast.unaryop, ast.Call, ast.keyword, ast.Subscript, ast.Tuple, ast.List, ast.JoinedStr, ast.FormattedValue,
    ast.GeneratorExp, ast.ListComp, ast.comprehension, ast.Store,
)  # fmt: skip
LEAVING = (ast.Break, ast.Return, ast.Raise)
CALLING = {"map", "filter", "reduce", "iter", "starmap", "sorted"}  # that may call what they are given many times
LOOPS = (ast.While, ast.For, ast.AsyncFor, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


def polls(path: str) -> dict[str, list[list[int]]]:
    """The lines of the loops that only ask ("idle"), each as [first, last, first and last where it waits]; of all
    others, as [first, last] ("other"); and, whatever they do, of each `for` ("for") and each `while` ("while")."""
    nodes = list(ast.walk(ast.parse(read(path))))
    reader = _Reader(nodes)
    idle = [_span(node) + waits for node in nodes if (waits := reader.waits(node)) is not None]
    spans = [each[:2] for each in idle]
    other = [_span(node) for node in nodes if _goes_round(node) and not reader.is_plain(node)]
    return {
        "idle": idle,
        "other": [span for span in other if span not in spans],
        "for": [_span(node) for node in nodes if isinstance(node, ast.For)],
        "while": [_span(node) for node in nodes if isinstance(node, ast.While)],
    }


def _goes_round(node: ast.AST) -> bool:
    return isinstance(node, LOOPS) or (
        isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLING
    )


def _span(node: Any) -> list[int]:
    return [node.lineno, node.end_lineno]


class _Reader:
    """Knows which names of a text are what they seem to be."""

    def __init__(self, nodes: list[ast.AST]) -> None:
        own = {name for node in nodes for name in _given(node)}
        self.methods, self.trying, self.at_once = METHODS - own, TRYING - own, AT_ONCE - own
        self.read = _read(nodes)
        self.functions = FUNCTIONS - own - {name for node in nodes for name in _assigned(node)}
        self.hides_code = any(map(_runs_unseen, nodes))

    def waits(self, loop: ast.AST) -> list[int] | None:
        """The lines where a loop that only asks waits: all of it, or the part that is reached where nothing has come;
        None for others."""
        if not isinstance(loop, ast.While) or loop.orelse or self.hides_code or not self.is_plain(loop.test):
            return None
        turned_away: list[int] | None = None
        for number, statement in enumerate(loop.body):
            rest = loop.body[number + 1 :]
            if isinstance(statement, ast.Try) and (tried := self._tried(statement, rest)):
                return _span(tried)
            turned_away = turned_away or self._turned_away(statement, rest)
            if not self._is_harmless(statement):
                return turned_away
        return _span(loop)

    def _tried(self, statement: ast.Try, rest: list[ast.stmt]) -> ast.AST | None:
        """Where a `try` waits that takes something, and where failing leads round again, if not always."""
        first = statement.body[0]
        value = _taking(getattr(first, "value", None))
        if not isinstance(first, (ast.Expr, ast.Assign, ast.Return)) or not isinstance(value, ast.Call):
            return None
        if all(isinstance(each.body[-1], LEAVING) for each in statement.handlers):
            return None
        failing = [*(each.body for each in statement.handlers), statement.finalbody]
        goes_round = all(isinstance(each.body[-1], (ast.Continue, *LEAVING)) for each in statement.handlers)
        if not all(map(self._stays_or_leaves, failing)) or not (goes_round or all(map(self._is_harmless, rest))):
            return None
        plain = all(map(self.is_plain, [value.func, *value.args, *(each.value for each in value.keywords)]))
        if not plain or not isinstance(value.func, ast.Attribute):
            return None
        if value.func.attr in self.at_once and len(statement.handlers) == 1:
            return statement.handlers[0]
        return first if value.func.attr in self.trying else None

    def _turned_away(self, statement: ast.stmt, rest: list[ast.stmt]) -> list[int] | None:
        """Where an `if` waits that asks whether to go on: in the branch that changes nothing and leads round again."""
        if not isinstance(statement, ast.If) or not self.is_plain(statement.test):
            return None
        if all(map(self._is_harmless, statement.body)) and isinstance(statement.body[-1], ast.Continue):
            return [statement.body[0].lineno, _span(statement.body[-1])[1]]
        if statement.orelse and all(map(self._is_harmless, [*statement.orelse, *rest])):
            return [statement.orelse[0].lineno, _span(statement.orelse[-1])[1]]
        return None

    def _is_harmless(self, statement: ast.stmt) -> bool:
        if isinstance(statement, (ast.Pass, ast.Continue, ast.Break)):
            return True
        if isinstance(statement, (ast.Return, ast.Expr)):
            return statement.value is None or self.is_plain(statement.value)
        if isinstance(statement, ast.AugAssign):
            is_unread = isinstance(statement.target, ast.Name) and statement.target.id not in self.read
            return is_unread and self.is_plain(statement.value)
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


def _taking(value: Any) -> Any:
    """The call of `queue.get()` in `values.append(queue.get())` too: whatever is around it comes afterwards."""
    is_around = isinstance(value, ast.Call) and getattr(value.func, "attr", None) in ("append", "add")
    return value.args[0] if is_around and len(value.args) == 1 else value


def _read(nodes: list[ast.AST]) -> set[str]:
    """The names that anything may depend on: not those that are only printed or given back."""
    names = [node for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)]
    shown = {node for each in nodes if _shows(each) for node in ast.walk(each)}
    return {node.id for node in names if node not in shown}


def _shows(node: ast.AST) -> bool:
    if isinstance(node, ast.Return):
        return isinstance(node.value, ast.Name)
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"


def _runs_unseen(node: ast.AST) -> bool:
    """Whether looking at an object may run code of the text: a property, a special method."""
    if not isinstance(node, ast.FunctionDef):
        return False
    return bool(node.decorator_list) or (node.name.startswith("__") and node.name != "__init__")
