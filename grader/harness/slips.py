"""Slips in the source of a function, and of what of the file it uses: statements that do less than they seem to.

Who uses it: a stage that has loaded nothing. A text goes in; for each function come out the slips, each with its line,
those of the function itself first:

    name_alone          a name without parentheses, as in `process.join`: nothing is called
    lazy_alone          a generator expression, or a map, that nobody goes through
    return_in_loop      a `return`, or a `break`, that ends a loop in its first round, whatever happens
    return_in_finally   a `return` that has the last word, over any result and any exception

A slip is no fault by itself, and no verdict rests on it: it explains one that was seen.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

from .texts import at_top

LOOPS = (ast.For, ast.AsyncFor, ast.While)
DEFINED = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
LAZY = frozenset({"map", "filter", "zip"})
ENDS = {ast.Return: "return", ast.Break: "break"}
MOST = 8  # of one function that are told

Slip = tuple[str, int, str]  # its key, its line, and what stands there


def slips(text: bytes, functions: list[str]) -> dict[str, list[Slip]]:
    """The slips of each function; one that is not there has none. Raises SyntaxError or ValueError for no Python."""
    known = at_top(ast.parse(text).body)
    return {function: [slip for node in _used(known, function) for slip in _of(node)][:MOST] for function in functions}


def _used(known: dict[str, ast.AST], function: str) -> Iterator[ast.AST]:
    """What stands at the top of the file under `function`, and under the names that are used there, and so on."""
    todo, been = [function], set()
    while todo:
        if (name := todo.pop(0)) in been or name not in known:
            continue
        been.add(name)
        yield known[name]
        todo += [part.id for part in ast.walk(known[name]) if isinstance(part, ast.Name)]


def _of(node: ast.AST) -> Iterator[Slip]:
    for part in ast.walk(node):
        if isinstance(part, ast.Expr):
            yield from _alone(part.value)
        elif isinstance(part, LOOPS):
            yield from _in_loop(part)
        elif isinstance(part, ast.Try):
            yield from (("return_in_finally", each.lineno, "return") for each in _returns(part.finalbody))


def _alone(value: ast.expr) -> Iterator[Slip]:
    if isinstance(value, (ast.Name, ast.Attribute)):
        yield "name_alone", value.lineno, ast.unparse(value)
    is_map = isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id in LAZY
    if is_map or isinstance(value, ast.GeneratorExp):
        yield "lazy_alone", value.lineno, ""


def _in_loop(loop: Any) -> Iterator[Slip]:
    """What ends it in its first round: under no condition, and nothing begins the next round before."""
    ends = [each for each in loop.body if type(each) in ENDS]
    if ends and not any(isinstance(part, ast.Continue) for part in ast.walk(loop)):
        yield "return_in_loop", ends[0].lineno, ENDS[type(ends[0])]


def _returns(body: list[ast.stmt]) -> Iterator[ast.Return]:
    """The `return`s in `body` that are not those of a function in it."""
    for node in body:
        if isinstance(node, ast.Return):
            yield node
        elif not isinstance(node, (*DEFINED, ast.Lambda)):
            yield from _returns([part for part in ast.iter_child_nodes(node) if isinstance(part, ast.stmt)])
