"""Which loop forms stand in the source of a function, and of the functions of the file that it calls.

Who uses it: a stage that has loaded nothing, for the one rule of form (source.py says why). A text goes in; out come
`for`, the comprehensions, the generator expression and `map`, each with its line. What is called is followed by name:
functions, lambdas, other names for them, what is imported from a file beside this one, and of a class the methods that
are named somewhere on the way or that Python itself calls when an object is made or used. What runs but once, when the
file is loaded, is no part of it. Python's own symbol table tells a global name from a local one, so that a variable
called `map` or one called like some function of the file is neither. A text is no code, unless `exec` or `eval` is
used: then every text on the way is looked at as if it were.
"""

from __future__ import annotations

import ast
import textwrap
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from .texts import FUNCTIONS, Texts

FORMS = {
    ast.For: "for",
    ast.AsyncFor: "for",
    ast.ListComp: "list comprehension",
    ast.SetComp: "set comprehension",
    ast.DictComp: "dict comprehension",
    ast.GeneratorExp: "generator expression",
}
RUN_A_TEXT = frozenset({"exec", "eval"})
TELL_THE_CLASS = ("isinstance", "issubclass")  # they call nothing of it
GO_ON = frozenset({"next", "__next__"})  # what goes through an iterator by itself leaves no work to a decorator
# Methods that Python calls to show, compare, copy or make known, and not to go through anything.
ASIDE = frozenset(
    f"__{name}__"
    for name in (
        *("repr", "str", "format", "eq", "ne", "lt", "le", "gt", "ge", "hash", "reduce", "reduce_ex", "getstate"),
        *("setstate", "copy", "deepcopy", "dir", "sizeof", "class_getitem", "init_subclass", "set_name"),
    )
)

Found = tuple[str, int, str]  # the file, "" for the one that was asked about, the line and the form


def loops(
    text: bytes, functions: list[str], beside: Callable[[str], bytes | None] = lambda module: None
) -> dict[str, list[str]]:
    """For each function, one str for each form: "for (line 12)", "map (line 4)"; one that is not there has none.

    `beside` gives the text of another module of the submission; None for any other. Raises SyntaxError or ValueError
    for a text that is no Python.
    """
    texts = Texts(text, beside)
    return {name: [_told(*each) for each in sorted(_Reach(texts, "", set()).follow(name))] for name in functions}


def _told(file: str, line: int, form: str) -> str:
    return f"{form} ({file}, line {line})" if file else f"{form} (line {line})"


class _Reach:
    """What can be reached from a function by the names that it uses."""

    def __init__(self, texts: Texts, module: str, been: set[tuple[str, str]]) -> None:
        text = texts.of(module)
        assert text
        self.texts, self.text, self.module, self.been = texts, text, module, been
        self.looked_at: set[ast.AST] = set()
        self.found: set[tuple[int, str]] = set()
        self.names: set[str] = set()
        self.called: set[str] = set()  # those of them that are called, or asked for an attribute
        self.attributes: set[str] = set()
        self.elsewhere: set[tuple[str, str]] = set()  # module and name
        self.strings: set[tuple[int, str]] = set()
        self.decorators: list[ast.expr] = []

    def follow(self, function: str) -> set[Found]:
        """Looks at `function`, and at all that can be reached from it; the files, lines and forms that were found."""
        self.been.add((self.module, function))
        self.names.add(function)
        self.called.add(function)
        while more := self._new(self._nodes()) or self._new(self._wrapping()):
            self.looked_at.update(more)
            for node in more:
                self._look(node)
        if RUN_A_TEXT & (self.names | self.attributes):
            self.found |= {(line, form) for line, text in self.strings for form in _forms_in_text(text)}
        file = f"{self.module.replace('.', '/')}.py" if self.module else ""
        return {(file, *each) for each in self.found} | self._follow_elsewhere()

    def _new(self, nodes: Iterable[ast.AST]) -> list[ast.AST]:
        return [node for node in nodes if node not in self.looked_at]

    def _follow_elsewhere(self) -> set[Found]:
        found: set[Found] = set()
        for module, name in sorted(self.elsewhere):
            if (module, name) not in self.been and self.texts.of(module):
                found |= _Reach(self.texts, module, self.been).follow(name)
        return found

    def _nodes(self) -> Iterator[ast.AST]:
        for name in sorted(self.names):
            node = self.text.named.get(name)
            if node is None:
                self.elsewhere.update((module, name) for module in self.text.all_of if module)
            elif isinstance(node, ast.ImportFrom):
                self._from(node, name)
            elif isinstance(node, ast.ClassDef):
                yield from self._of_class(node)
            elif not isinstance(node, ast.Import) and (name in self.called or not isinstance(node, ast.Call)):
                yield node  # what a call gave when the file was loaded is of interest only where that is called

    def _wrapping(self) -> list[ast.expr]:
        """The decorators of what was looked at, once that is all, and does not do the work by itself."""
        return [] if GO_ON & (self.names | self.attributes) else self.decorators

    def _from(self, node: ast.ImportFrom, name: str) -> None:
        of = next((each.name for each in node.names if name in (each.asname, each.name)), name)
        if node.module != "builtins":
            self.elsewhere.add((node.module or "", of))
        elif of == "map":
            self._add(node, "map")

    def _of_class(self, node: ast.ClassDef) -> Iterator[ast.AST]:
        yield from (*node.bases, *node.decorator_list)
        for part in node.body:
            name = getattr(part, "name", "__body__")
            is_pythons = name.startswith("__") and name.endswith("__") and name not in ASIDE
            if name in self.attributes or is_pythons:
                yield part

    def _look(self, node: ast.AST) -> None:
        is_code = isinstance(node, FUNCTIONS)
        known = self._globals_in(node) if is_code else None
        docstrings = _docstrings(node)
        self.decorators += getattr(node, "decorator_list", [])
        if isinstance(node, ast.Name):
            self.called.add(node.id)  # another name for it
        for part in _parts(node):
            if isinstance(part, ast.Lambda) and not is_code:
                self._look(part)  # a value at the top of the file is no function, but a lambda in it is one
            elif is_code and type(part) in FORMS:
                self._add(part, FORMS[type(part)])
            elif isinstance(part, ast.Name):
                self._name(part, known)
            elif isinstance(part, ast.Attribute):
                self._attribute(part)
            elif isinstance(part, ast.Call) and isinstance(part.func, ast.Name):
                self.called.add(part.func.id)
            elif isinstance(part, ast.ImportFrom):
                self._imported(part)
            elif isinstance(part, ast.Constant) and isinstance(part.value, str) and part not in docstrings:
                self.strings.add((part.lineno, part.value))

    def _name(self, node: ast.Name, known: set[str] | None) -> None:
        """A name that is used; `known` are those that are global there, None where all are."""
        if isinstance(node.ctx, ast.Load) and (known is None or node.id in known):
            if node.id == "map" and not self._has_own_map():
                self._add(node, "map")
            self.names.add(node.id)

    def _has_own_map(self) -> bool:
        value = self.text.named.get("map")
        is_builtin = isinstance(value, ast.ImportFrom) and value.module == "builtins"
        return value is not None and not is_builtin and not (isinstance(value, ast.Name) and value.id == "map")

    def _attribute(self, node: ast.Attribute) -> None:
        if node.attr == "map" and isinstance(node.ctx, ast.Load) and "map" not in self.text.own:
            self._add(node, "map")
        self.attributes.add(node.attr)
        if isinstance(node.value, ast.Name):
            self.called.add(node.value.id)
            if isinstance(module := self.text.named.get(node.value.id), ast.Import):
                named = (each.name for each in module.names if node.value.id in (each.asname, each.name))
                self.elsewhere.update((name, node.attr) for name in named)

    def _imported(self, node: ast.ImportFrom) -> None:
        for each in node.names:
            self._from(node, each.asname or each.name)

    def _add(self, node: Any, form: str) -> None:
        self.found.add((node.lineno, form))

    def _globals_in(self, node: Any) -> set[str]:
        """The global names that a function uses, those of its defaults among them."""
        names = {name.id for each in _defaults(node) for name in ast.walk(each) if isinstance(name, ast.Name)}
        return names | self.text.globals.get((getattr(node, "name", "lambda"), node.lineno), set())


def _defaults(node: Any) -> Iterator[ast.expr]:
    """The defaults of a function, but for calls whose results it never calls: those were made when it was defined."""
    called = {part.func.id for part in ast.walk(node) if isinstance(part, ast.Call) and isinstance(part.func, ast.Name)}
    last_first = [*node.args.posonlyargs, *node.args.args][::-1]
    pairs = [
        *zip(last_first, node.args.defaults[::-1], strict=False),
        *zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True),
    ]
    yield from (value for name, value in pairs if value and (name.arg in called or not isinstance(value, ast.Call)))


def _parts(node: ast.AST) -> Iterator[ast.AST]:
    """`node` and all below it but decorators, what calls nothing, and lambdas that do not stand in a function."""
    is_code = isinstance(node, FUNCTIONS)
    todo = [node]
    while todo:
        yield (part := todo.pop())
        if isinstance(part, ast.Lambda) and not is_code:
            continue
        if isinstance(part, ast.Call) and isinstance(part.func, ast.Name) and part.func.id in TELL_THE_CLASS:
            todo += part.args[:1]
            continue
        for field, value in ast.iter_fields(part):
            if field not in _quiet_fields(part):
                todo += [each for each in (value if isinstance(value, list) else [value]) if isinstance(each, ast.AST)]


def _quiet_fields(part: ast.AST) -> tuple[str, ...]:
    """What of a node calls nothing, or not when the function runs."""
    if isinstance(part, ast.ExceptHandler):
        return ("type",)
    return ("annotation", "returns", "type_params", *(("decorator_list",) if isinstance(part, FUNCTIONS) else ()))


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
