"""The changes that make a mutant of a solution: mutmut's, and a few of a learner's mistakes that it does not have.

Each operator takes a node of libcst's tree and yields what could stand in its place. mutmut's are used because they
are plain functions from node to nodes in a library that is kept up (names, numbers, strings, comparisons, arguments
left out or None); what it lacks is what goes wrong most often in these exercises: a step that is forgotten.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import libcst as cst
from mutmut.mutation.mutators import mutation_operators

Operator = tuple[type[cst.CSTNode], Callable[[Any], Iterable[cst.CSTNode]]]
PASS = cst.SimpleStatementLine([cst.Pass()])


def leave_out(block: cst.IndentedBlock) -> Iterator[cst.CSTNode]:
    """One statement of a block is forgotten."""
    for index, statement in enumerate(block.body):
        if not isinstance(statement, (cst.FunctionDef, cst.ClassDef)) and not _is_docstring(statement):
            yield block.with_changes(body=[*block.body[:index], PASS, *block.body[index + 1 :]])


def _is_docstring(statement: cst.CSTNode) -> bool:
    first = statement.body[0] if isinstance(statement, cst.SimpleStatementLine) else None
    return isinstance(first, cst.Expr) and isinstance(first.value, (cst.SimpleString, cst.ConcatenatedString))


def negate(node: cst.If | cst.While | cst.Assert) -> Iterator[cst.CSTNode]:
    """A condition the wrong way round."""
    test = node.test.with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()])
    yield node.with_changes(test=cst.UnaryOperation(cst.Not(), test))


def forget_else(node: cst.If | cst.For | cst.While) -> Iterator[cst.CSTNode]:
    """No `else` or `elif`."""
    if node.orelse is not None:
        yield node.with_changes(orelse=None)


def return_nothing(node: cst.Return) -> Iterator[cst.CSTNode]:
    """`return` without the value."""
    if node.value is not None:
        yield node.with_changes(value=None)


def forget_part_of_try(node: cst.Try) -> Iterator[cst.CSTNode]:
    """A handler, `else` or `finally` is forgotten."""
    for index in range(len(node.handlers)):
        handlers = [*node.handlers[:index], *node.handlers[index + 1 :]]
        if handlers or node.finalbody:
            yield node.with_changes(handlers=handlers, orelse=node.orelse if handlers else None)
        else:
            yield cst.If(cst.Name("True"), node.body)
    if node.orelse is not None:
        yield node.with_changes(orelse=None)
    if node.finalbody is not None and node.handlers:
        yield node.with_changes(finalbody=None)
    elif node.finalbody is not None:
        yield cst.If(cst.Name("True"), node.body)


def catch_all(node: cst.ExceptHandler) -> Iterator[cst.CSTNode]:
    """`except Exception` in place of the one that is meant."""
    yield node.with_changes(type=cst.Name("Exception"), whitespace_after_except=cst.SimpleWhitespace(" "))


def pass_through(node: cst.Call) -> Iterator[cst.CSTNode]:
    """`sorted(x)` and the like is forgotten: its only argument stands in its place."""
    if len(node.args) == 1 and node.args[0].keyword is None and not node.args[0].star:
        yield node.args[0].value


OWN: list[Operator] = [
    (cst.IndentedBlock, leave_out),
    (cst.If, negate),
    (cst.While, negate),
    (cst.If, forget_else),
    (cst.For, forget_else),
    (cst.While, forget_else),
    (cst.Return, return_nothing),
    (cst.Try, forget_part_of_try),
    (cst.ExceptHandler, catch_all),
    (cst.Call, pass_through),
]
OPERATORS: list[Operator] = [*mutation_operators, *OWN]
