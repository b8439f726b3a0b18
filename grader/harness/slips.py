"""Slips in the source of a function, and of what of the file it uses: statements that do less than they seem to.

Who uses it: a stage that has loaded nothing. A text goes in; for each function come out the slips, each with its line,
those of the function itself first:

    name_alone          a name without parentheses, as in `process.join` or `return work`: nothing is called
    name_as_condition   the same where something depends on it, as in `while not queue.empty`: a method counts as true
    gone_through_twice  a generator expression, or a map, that somebody goes through who was not the first
    lazy_alone          a generator expression, or a map, that nobody goes through
    started_lazily      the same that starts something, gone through by who waits for each before it starts the next
    return_in_loop      a `return`, or a `break`, that ends a loop in its first round, whatever happens
    return_in_finally   a `return` that has the last word, over any result and any exception

A slip is no fault by itself, and no verdict rests on it: it explains one that was seen.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from typing import Any

from .texts import at_top

LOOPS = (ast.For, ast.AsyncFor, ast.While)
TRIES = tuple(getattr(ast, name) for name in ("Try", "TryStar") if hasattr(ast, name))  # `except*`: from 3.11 on
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
DEFINED = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
LAZY = frozenset({"map", "filter", "zip"})
ENDS = {ast.Return: "return", ast.Break: "break"}
METHODS = frozenset({"empty", "full", "is_alive", "is_dir", "is_file", "is_set", "isdir", "isfile", "qsize"})
STARTS = frozenset({"apply_async", "start", "submit"})
WAITS = frozenset({"get", "join", "result", "wait"})
EATERS = frozenset({"list", "max", "min", "set", "sorted", "sum", "tuple"})
BRANCHES = (*DEFINED, ast.Lambda, ast.If, ast.IfExp, ast.While, ast.ExceptHandler)
MOST = 8  # of one function that are told

Slip = tuple[str, int, str]  # its key, its line, and what stands there


def slips(text: bytes, functions: list[str]) -> dict[str, list[Slip]]:
    """The slips of each function; one that is not there has none. Raises SyntaxError or ValueError for no Python."""
    known = at_top(ast.parse(text).body)
    return {function: [*_returned(known, function), *_all(known, function)][:MOST] for function in functions}


def _all(known: dict[str, ast.AST], function: str) -> Iterator[Slip]:
    for node in _used(known, function):
        yield from _of(node)


def _returned(known: dict[str, ast.AST], function: str) -> Iterator[Slip]:
    """A function of the file that `function` gives back in place of calling it: no exercise asks for one."""
    node = known.get(function)
    for each in _returns(node.body) if isinstance(node, ast.FunctionDef) else ():
        if isinstance(each.value, ast.Name) and isinstance(known.get(each.value.id), ast.FunctionDef):
            yield "name_alone", each.lineno, each.value.id


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
        yield from (
            ("name_as_condition", each.lineno, ast.unparse(each)) for each in _conditions(part) if _is_bare(each)
        )
        if isinstance(part, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield from _twice(part)
            yield from _lazily(part)
        if isinstance(part, ast.Expr):
            yield from _alone(part.value)
        elif isinstance(part, LOOPS):
            yield from _in_loop(part)
        elif isinstance(part, TRIES):
            yield from (("return_in_finally", each.lineno, "return") for each in _returns(part.finalbody))


def _alone(value: ast.expr) -> Iterator[Slip]:
    if isinstance(value, (ast.Name, ast.Attribute)):
        yield "name_alone", value.lineno, ast.unparse(value)
    if _is_lazy(value):
        yield "lazy_alone", value.lineno, ""


def _conditions(part: ast.AST) -> list[ast.expr]:
    """What is asked whether it is true, by `part`."""
    if isinstance(part, (ast.If, ast.While, ast.IfExp, ast.Assert)):
        return [part.test]
    if isinstance(part, ast.BoolOp):
        return part.values
    if isinstance(part, ast.UnaryOp) and isinstance(part.op, ast.Not):
        return [part.operand]
    if isinstance(part, ast.Call) and isinstance(part.func, ast.Name) and part.func.id in ("all", "any"):
        return [each.elt for each in part.args if isinstance(each, (ast.GeneratorExp, ast.ListComp))]
    return part.ifs if isinstance(part, ast.comprehension) else []


def _is_bare(value: ast.expr) -> bool:
    """Whether it is a method's name without parentheses; of an object of one's own it may be anything."""
    if not isinstance(value, ast.Attribute) or value.attr not in METHODS:
        return False
    return not (isinstance(value.value, ast.Name) and value.value.id == "self")


def _twice(function: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[Slip]:
    """Who goes through a lazy thing after somebody else; a name that is also used in a branch is not told."""
    parts = list(ast.walk(function))
    branches = [part for part in parts if isinstance(part, BRANCHES) and part is not function]
    hidden = {id(part) for branch in branches for part in ast.walk(branch)}
    for name in _lazy_names(parts):
        eaten = [each for part in parts for each in _eaten(part) if each.id == name]
        if len(eaten) > 1 and hidden.isdisjoint(map(id, eaten)):
            yield "gone_through_twice", sorted(each.lineno for each in eaten)[1], name


def _lazily(function: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[Slip]:
    """Who waits for each of what a lazy thing starts, so that the next is started only afterwards."""
    parts = list(ast.walk(function))
    lazy = _lazy_names(parts)
    for part in parts:
        for each in _gone_through(part):
            value = lazy.get(each.id) if isinstance(each, ast.Name) else each
            if value and _starts_lazily(value) and _calls(part, WAITS):
                yield "started_lazily", value.lineno, ""


def _starts_lazily(value: ast.expr) -> bool:
    return _is_lazy(value) and _calls(value, STARTS) and not _calls(value, WAITS)


def _gone_through(part: ast.AST) -> list[ast.expr]:
    """What `part` goes through, one after the other."""
    if isinstance(part, ast.For):
        return [part.iter]
    if isinstance(part, COMPREHENSIONS):
        return [each.iter for each in part.generators]
    return part.args[1:] if isinstance(part, ast.Call) and _is_lazy(part) else []


def _calls(part: ast.AST, methods: frozenset[str]) -> bool:
    calls = [each.func for each in ast.walk(part) if isinstance(each, ast.Call)]
    return any(isinstance(each, ast.Attribute) and each.attr in methods for each in calls)


def _lazy_names(parts: list[ast.AST]) -> dict[str, ast.expr]:
    """The names that stand for a lazy thing and for nothing else, each with that thing."""
    stored = [part.id for part in parts if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)]
    made = [(part.targets[0], part.value) for part in parts if isinstance(part, ast.Assign) and _is_lazy(part.value)]
    return {name.id: value for name, value in made if isinstance(name, ast.Name) and stored.count(name.id) == 1}


def _eaten(part: ast.AST) -> list[ast.Name]:
    """The names of what `part` goes through to its end."""
    found: list[ast.expr] = []
    if isinstance(part, ast.comprehension) or (isinstance(part, ast.For) and not _leaves(part)):
        found = [part.iter]
    elif isinstance(part, ast.Call) and isinstance(part.func, ast.Name) and part.func.id in EATERS:
        found = part.args
    return [each for each in found if isinstance(each, ast.Name)]


def _leaves(loop: ast.For) -> bool:
    return any(isinstance(part, (ast.Break, ast.Return, ast.Yield)) for part in ast.walk(loop))


def _is_lazy(value: ast.expr) -> bool:
    is_map = isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id in LAZY
    return is_map or isinstance(value, ast.GeneratorExp)


def _in_loop(loop: Any) -> Iterator[Slip]:
    """What ends it in its first round: under no condition, and nothing begins the next round before."""
    ends = [each for each in loop.body if type(each) in ENDS]
    if ends and not any(isinstance(part, ast.Continue) for part in ast.walk(loop)):
        yield "return_in_loop", ends[0].lineno, ENDS[type(ends[0])]


def _returns(body: Iterable[ast.AST]) -> Iterator[ast.Return]:
    """The `return`s in `body` that are not those of a function in it."""
    for node in body:
        if isinstance(node, ast.Return):
            yield node
        elif not isinstance(node, (*DEFINED, ast.Lambda)):
            yield from _returns(ast.iter_child_nodes(node))
