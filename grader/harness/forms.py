"""Which loop forms stand in the source of a function, and of the functions of the file that it calls.

Who uses it: a stage that has loaded nothing, for the one rule of form (source.py says why). A text goes in; out come
`for`, the comprehensions, the generator expression and `map`, each with its line. What is called is followed by name:
functions, lambdas, other names for them, and of a class the methods that are named somewhere on the way or that Python
itself calls. Python's own symbol table tells a global name from a local one, so that a variable called `map` or one
called like some function of the file is neither. A text is no code, unless `exec` or `eval` is used: then every text
on the way is looked at as if it were.
"""

from __future__ import annotations

import ast
import symtable
import textwrap
from collections.abc import Iterator
from typing import Any

FORMS = {
    ast.For: "for",
    ast.AsyncFor: "for",
    ast.ListComp: "list comprehension",
    ast.SetComp: "set comprehension",
    ast.DictComp: "dict comprehension",
    ast.GeneratorExp: "generator expression",
}
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
RUN_A_TEXT = frozenset({"exec", "eval"})


def loops(text: bytes, functions: list[str]) -> dict[str, list[str]]:
    """For each function, one str for each form: "for (line 12)", "map (line 4)"; one that is not there has none.

    Raises SyntaxError or ValueError for a text that is no Python.
    """
    read = _Text(text)
    return {name: [f"{form} (line {line})" for line, form in sorted(_Reach(read).follow(name))] for name in functions}


class _Text:
    """A text, read once for all functions."""

    def __init__(self, text: bytes) -> None:
        tree = ast.parse(text)
        self.named = _named(tree.body)
        self.methods = {node.name for node in ast.walk(tree) if isinstance(node, FUNCTIONS[:2])}
        self.globals = _globals(symtable.symtable(text, "submission", "exec"))  # type: ignore[arg-type]


class _Reach:
    """What can be reached from a function by the names that it uses."""

    def __init__(self, text: _Text) -> None:
        self.named, self.methods, self.globals = text.named, text.methods, text.globals
        self.found: set[tuple[int, str]] = set()
        self.names: set[str] = set()
        self.attributes: set[str] = set()
        self.texts: set[tuple[int, str]] = set()

    def follow(self, function: str) -> set[tuple[int, str]]:
        """Looks at `function`, and at all that can be reached from it; the lines and forms that were found."""
        self.names.add(function)
        looked_at: set[ast.AST] = set()
        while more := [node for node in self._nodes() if node not in looked_at]:
            looked_at.update(more)
            for node in more:
                self._look(node)
        if RUN_A_TEXT & (self.names | self.attributes):
            self.found |= {(line, form) for line, text in self.texts for form in _forms_in_text(text)}
        return self.found

    def _nodes(self) -> Iterator[ast.AST]:
        for node in (self.named[name] for name in self.names if name in self.named):
            yield from self._of_class(node) if isinstance(node, ast.ClassDef) else (node,)

    def _of_class(self, node: ast.ClassDef) -> Iterator[ast.AST]:
        yield from (*node.bases, *node.decorator_list)
        for part in node.body:
            name = getattr(part, "name", "__body__")
            if name in self.attributes or (name.startswith("__") and name.endswith("__")):
                yield part

    def _look(self, node: ast.AST) -> None:
        is_code = isinstance(node, FUNCTIONS)
        known = self._globals_in(node) if is_code else None
        docstrings = _docstrings(node)
        for part in _parts(node):
            if isinstance(part, ast.Lambda) and not is_code:
                self._look(part)  # a value at the top of the file is no function, but a lambda in it is one
            elif is_code and type(part) in FORMS:
                self._add(part, FORMS[type(part)])
            elif isinstance(part, ast.Name):
                self._name(part, known)
            elif isinstance(part, ast.Attribute):
                self._attribute(part)
            elif isinstance(part, ast.ImportFrom) and part.module == "builtins":
                self._imported(part)
            elif isinstance(part, ast.Constant) and isinstance(part.value, str) and part not in docstrings:
                self.texts.add((part.lineno, part.value))

    def _name(self, node: ast.Name, known: set[str] | None) -> None:
        """A name that is used; `known` are those that are global there, None where all are."""
        if isinstance(node.ctx, ast.Load) and (known is None or node.id in known):
            if node.id == "map" and not self._has_own_map():
                self._add(node, "map")
            self.names.add(node.id)

    def _has_own_map(self) -> bool:
        value = self.named.get("map")
        is_builtin = isinstance(value, ast.ImportFrom) or (isinstance(value, ast.Name) and value.id == "map")
        return value is not None and not is_builtin

    def _attribute(self, node: ast.Attribute) -> None:
        if node.attr == "map" and "map" not in self.methods:
            self._add(node, "map")
        self.attributes.add(node.attr)

    def _imported(self, node: ast.ImportFrom) -> None:
        if any(name.name == "map" for name in node.names):
            self._add(node, "map")

    def _add(self, node: Any, form: str) -> None:
        self.found.add((node.lineno, form))

    def _globals_in(self, node: Any) -> set[str]:
        """The global names that a function uses, those of its decorators and defaults among them."""
        outside = (*getattr(node, "decorator_list", ()), *node.args.defaults, *filter(None, node.args.kw_defaults))
        names = {name.id for each in outside for name in ast.walk(each) if isinstance(name, ast.Name)}
        return names | self.globals.get((getattr(node, "name", "lambda"), node.lineno), set())


def _parts(node: ast.AST) -> Iterator[ast.AST]:
    """`node` and all below it but annotations, which call nothing, and lambdas that do not stand in a function."""
    is_code = isinstance(node, FUNCTIONS)
    todo = [node]
    while todo:
        yield (part := todo.pop())
        if isinstance(part, ast.Lambda) and not is_code:
            continue
        for field, value in ast.iter_fields(part):
            if field not in ("annotation", "returns", "type_params"):
                todo += [each for each in (value if isinstance(value, list) else [value]) if isinstance(each, ast.AST)]


def _docstrings(node: ast.AST) -> set[ast.AST]:
    """The texts in `node` that stand alone, as docstrings do."""
    return {part.value for part in ast.walk(node) if isinstance(part, ast.Expr)}


def _forms_in_text(text: str) -> set[str]:
    """The loop forms in a text that could be run; none where it is no Python."""
    try:
        parts = list(ast.walk(ast.parse(textwrap.dedent(text).strip())))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return set()
    forms = {FORMS[type(part)] for part in parts if type(part) in FORMS}
    return forms | {"map" for part in parts if isinstance(part, ast.Name) and part.id == "map"}


def _named(body: list[ast.stmt]) -> dict[str, ast.AST]:
    """What each name at the top of the file stands for: a function, a class, or the value that it was given last."""
    named: dict[str, ast.AST] = {}
    for node in body:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            named[node.name] = node
        elif isinstance(node, (ast.Assign, ast.AnnAssign)) and node.value is not None:
            for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                named.update({part.id: node.value for part in ast.walk(target) if isinstance(part, ast.Name)})
        elif isinstance(node, ast.ImportFrom) and node.module == "builtins":
            named.update({name.asname or name.name: node for name in node.names if name.name == "map"})
        else:
            for block in ("body", "handlers", "orelse", "finalbody"):
                named.update(_named(getattr(node, block, [])))
    return named


def _globals(table: symtable.SymbolTable) -> dict[tuple[str, int], set[str]]:
    """For each function of the file, by name and line: the global names that it uses, or that one within it uses."""
    found: dict[tuple[str, int], set[str]] = {}
    for child in table.get_children():
        within = _globals(child)
        used = {symbol.get_name() for symbol in child.get_symbols() if symbol.is_global() and symbol.is_referenced()}
        found.update(within)
        found.setdefault((child.get_name().strip("<>"), child.get_lineno()), set()).update(used, *within.values())
    return found
