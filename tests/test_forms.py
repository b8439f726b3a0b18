"""The one rule of form, on short texts: which loop forms stand in a function, and in what it calls."""

from __future__ import annotations

import textwrap

import pytest

from grader.harness import forms

ALLOWED = {
    "while": """
        def for_each(iterable, action):
            iterator = iter(iterable)
            while True:
                action(next(iterator))
    """,
    "comments and docstrings": '''
        def for_each(iterable, action):
            """Does what `for item in iterable: action(item)` does, and map(action, iterable)."""
            # for item in iterable: action(item)
            return [*iterable]
    ''',
    "strings": """
        def for_each(iterable, action):
            print("map for [x for x in y]")
    """,
    "a text that is not run": """
        def for_each(iterable, action):
            print("for item in iterable: action(item)")
    """,
    "a text that is run and a docstring": '''
        def for_each(iterable, action):
            """for item in iterable: action(item)"""
            exec("action(next(iter(iterable)))")
    ''',
    "a method that compiles": """
        def for_each(iterable, action):
            action(next(iter(iterable)), re.compile("for").pattern)
    """,
    "a loop in what is not called": """
        def for_each(iterable, action):
            action(next(iter(iterable)))

        def take(iterator, count):
            return [next(iterator) for _ in range(count)]
    """,
    "a variable called map": """
        def for_each(iterable, action):
            map = iter(iterable)
            action(next(map))
    """,
    "a parameter called map": """
        def for_each(map, action):
            action(next(map))
    """,
    "a function of one's own called map": """
        def map(action, iterator):
            while True:
                action(next(iterator))

        def for_each(iterable, action):
            map(action, iter(iterable))
    """,
    "another name for a function of one's own": """
        def run(action, iterator):
            while True:
                action(next(iterator))

        map = run

        def for_each(iterable, action):
            map(action, iter(iterable))
    """,
    "a method of one's own called map": """
        class Mapper:
            def map(self, iterator):
                while True:
                    next(iterator)

        def for_each(iterable, action):
            Mapper().map(iter(iterable))
    """,
    "a local name like a function of the file": """
        def items():
            return [x for x in range(3)]

        def for_each(iterable, action):
            items = iter(iterable)
            action(next(items))
    """,
    "a parameter like a function of the file": """
        def action(item):
            for each in item:
                print(each)

        def for_each(iterable, action):
            action(next(iter(iterable)))
    """,
    "a value that a comprehension made": """
        ENDS = [object() for _ in range(1)]

        def for_each(iterable, action):
            while (item := next(iterable, ENDS[0])) is not ENDS[0]:
                action(item)
    """,
    "a method that is never named": """
        class Walk:
            def __init__(self, iterable):
                self.iterator = iter(iterable)

            def all(self):
                return [item for item in self.iterator]

            def step(self):
                return next(self.iterator)

        def for_each(iterable, action):
            action(Walk(iterable).step())
    """,
    "a class in an annotation": """
        class MyIterator:
            def __init__(self, items):
                for item in items:
                    print(item)

        def for_each(iterable: MyIterator, action) -> MyIterator:
            iterator: MyIterator = iter(iterable)
            action(next(iterator))
    """,
    "an older try above": """
        def for_each(iterable, action):
            for item in iterable:
                action(item)

        def for_each(iterable, action):
            action(next(iter(iterable)))
    """,
    "words that hold the forms": """
        def for_each(iterable, action):
            before = mapping = format(iterable)
            starmap(action, before)
    """,
    "a method that shows or compares": """
        class Walk:
            def __init__(self, iterable):
                self.iterator = iter(iterable)

            def __repr__(self):
                return ", ".join(str(each) for each in vars(self))

            def __eq__(self, other):
                return all(one == two for one, two in zip(self.iterator, other.iterator))

            def step(self):
                return next(self.iterator)

        def for_each(iterable, action):
            action(Walk(iterable).step())
    """,
    "a class that is caught or asked for": """
        class Stop(Exception):
            def __init__(self, *parts):
                self.parts = [part for part in parts]

        def for_each(iterable, action):
            try:
                isinstance(iterable, Stop) or action(next(iter(iterable)))
            except Stop:
                pass
    """,
    "what made a value of the file": """
        def make(names):
            for name in names:
                last = name
            return [last]

        END = make("ab")

        def for_each(iterable, action, other=make("cd")):
            while (item := next(iterable, END)) is not END and item is not other:
                action(item)
    """,
    "an attribute of one's own called map": """
        def for_each(iterable, action):
            state = SimpleNamespace()
            state.map = next(iter(iterable))
            action(state.map)
    """,
    "a decorator of a function that goes on by itself": """
        def logged(function):
            def wrapper(*args):
                print([type(each) for each in args])
                return function(*args)
            return wrapper

        @logged
        def for_each(iterable, action):
            action(next(iter(iterable)))
    """,
    "a module of nobody": """
        import each
        from all import *
        from that import go

        def for_each(iterable, action):
            each.go(iterable, action), go(iterable, action), other(iterable, action)
    """,
    "not there": """
        for x in range(3):
            print(x)
    """,
}
GO = "def go(i, a):\n    for x in i: a(x)\n"
EACH = "def for_each(i, a):\n    "
WALK = "class Walk:\n    def go(self, i, a):\n        for x in i: a(x)\n"
FOUND = {
    "for": ("for (line 2)", EACH + "for x in i: a(x)"),
    "async for": ("for (line 3)", EACH + "async def go():\n        async for x in i: a(x)"),
    "list comprehension": ("list comprehension (line 2)", EACH + "[a(x) for x in i]"),
    "set comprehension": ("set comprehension (line 2)", EACH + "{a(x) for x in i}"),
    "dict comprehension": ("dict comprehension (line 2)", EACH + "{x: a(x) for x in i}"),
    "generator expression": ("generator expression (line 2)", EACH + "any(a(x) for x in i)"),
    "map": ("map (line 2)", EACH + "list(map(a, i))"),
    "map as an alias within": ("map (line 2)", EACH + "m = map\n    list(m(a, i))"),
    "map as an alias of the file": ("map (line 1)", "m = map\n" + EACH + "list(m(a, i))"),
    "map as a default": ("map (line 1)", "def for_each(i, a, m=map):\n    list(m(a, i))"),
    "map handed on": ("map (line 2)", EACH + "list(run(map, a, i))"),
    "map of builtins": ("map (line 3)", "import builtins\n" + EACH + "list(builtins.map(a, i))"),
    "map imported": ("map (line 1)", "from builtins import map as m\n" + EACH + "list(m(a, i))"),
    "map imported within": ("map (line 2)", EACH + "from builtins import map as m\n    list(m(a, i))"),
    "map of a pool": ("map (line 2)", EACH + "Pool().map(a, i)"),
    "map in a partial": ("map (line 1)", "m = partial(map)\n" + EACH + "list(m(a, i))"),
    "nested function": ("for (line 3)", EACH + "def go():\n        for x in i: a(x)\n    go()"),
    "lambda within": ("list comprehension (line 2)", EACH + "(lambda: [a(x) for x in i])()"),
    "function of the file": ("for (line 2)", GO + EACH + "go(i, a)"),
    "function below": ("for (line 4)", EACH + "go(i, a)\n" + GO),
    "function of a function": ("for (line 2)", GO + "def one(i, a):\n    go(i, a)\n" + EACH + "one(i, a)"),
    "function that calls itself": ("for (line 2)", GO + "    go(i, a)\n" + EACH + "go(i, a)"),
    "lambda of the file": ("list comprehension (line 1)", "go = lambda i, a: [a(x) for x in i]\n" + EACH + "go(i, a)"),
    "lambda with a type": (
        "list comprehension (line 1)",
        "go: F = lambda i, a: [a(x) for x in i]\n" + EACH + "go(i, a)",
    ),
    "lambda that is for_each": ("list comprehension (line 1)", "for_each = lambda i, a: [a(x) for x in i]"),
    "another name": ("for (line 2)", GO + "for_each = go"),
    "another name, in a tuple": ("for (line 2)", GO + "for_each, _ = go, 1"),
    "partial": ("for (line 2)", GO + "for_each = partial(go)"),
    "decorator": ("for (line 2)", GO + "@go\n" + EACH + "a(i)"),
    "decorated": ("for (line 4)", "@cache\n@other\n" + GO + EACH + "go(i, a)"),
    "method": ("for (line 3)", WALK + EACH + "Walk().go(i, a)"),
    "method of an object of the file": ("for (line 3)", WALK + "walk = Walk()\n" + EACH + "walk.go(i, a)"),
    "method that Python calls": ("for (line 3)", WALK.replace("go", "__init__") + EACH + "Walk(i, a)"),
    "what a call made, which is called": (
        "for (line 3)",
        "def make():\n  def go(i, a):\n    for x in i: a(x)\n  return go\ngo = make()\n" + EACH + "go(i, a)",
    ),
    "what a call made, under another name": (
        "for (line 3)",
        "def make():\n  def go(i, a):\n    for x in i: a(x)\n  return go\ng = make()\ngo = g\n" + EACH + "go(i, a)",
    ),
    "a default that is called": (
        "for (line 3)",
        "def make():\n  def go(i, a):\n    for x in i: a(x)\n  return go\ndef for_each(i, a, go=make()): go(i, a)",
    ),
    "a class that is raised": (
        "for (line 3)",
        WALK.replace("go", "__init__") + EACH + "try: raise Walk(i, a)\n    except Walk: pass",
    ),
    "inherited method": ("for (line 3)", WALK + "class Run(Walk): pass\n" + EACH + "Run().go(i, a)"),
    "under a condition": ("for (line 3)", "if True:\n  def go(i, a):\n    for x in i: a(x)\n" + EACH + "go(i, a)"),
    "in a handler": (
        "for (line 4)",
        "try: import go\nexcept ImportError:\n  def go(i, a):\n    for x in i: a(x)\n" + EACH + "go",
    ),
    "a global used within": ("for (line 2)", GO + EACH + "def run():\n        go(i, a)\n    run()"),
    "text that is run": ("for (line 2)", EACH + "exec('for x in i: a(x)')"),
    "text that is run, on several lines": ("for (line 2)", EACH + "exec('''\n  for x in i:\n    a(x)\n  ''')"),
    "text that is run by builtins": ("map (line 3)", "import builtins\n" + EACH + "builtins.eval('list(map(a, i))')"),
    "text with a name that is run": ("for (line 1)", "LOOP = 'for x in i: a(x)'\n" + EACH + "exec(LOOP)"),
    "text that is run below": ("for (line 2)", "def go(i, a):\n    exec('for x in i: a(x)')\n" + EACH + "go(i, a)"),
    "in another coding": ("for (line 3)", "# -*- coding: latin-1 -*-\n" + EACH + "for \u00e4 in i: a(\u00e4)"),
}


def found(text: bytes) -> list[str]:
    return forms.loops(text, ["for_each"])["for_each"]


@pytest.mark.parametrize("text", ALLOWED.values(), ids=ALLOWED)
def test_what_is_allowed_is_not_found(text: str) -> None:
    assert found(textwrap.dedent(text).encode()) == []


@pytest.mark.parametrize("form, text", FOUND.values(), ids=FOUND)
def test_what_is_not_allowed_is_found(form: str, text: str) -> None:
    assert found(text.encode("latin-1")) == [form]


def test_every_form_is_told_once_and_in_order() -> None:
    text = EACH + "for x in i: a(x)\n    list(map(a, map(a, i)))\n    for x in i: a(x)\n    m()\nm = map"

    assert found(text.encode()) == ["for (line 2)", "map (line 3)", "for (line 4)", "map (line 6)"]


def test_a_name_for_map_that_is_map_hides_nothing() -> None:
    text = "map = map\n" + EACH + "map(a, i)"

    assert found(text.encode()) == ["map (line 1)", "map (line 3)"]


def test_a_text_that_is_no_python_is_refused() -> None:
    with pytest.raises(SyntaxError):
        found(b"def for_each(:")


def test_an_expression_of_any_length_is_looked_through() -> None:
    text = EACH + "for x in i: a(x)\n    return " + " + ".join(["1"] * 900)

    assert found(text.encode()) == ["for (line 2)"]


EACH_MODULE = "def go(i, a):\n    inner.run(i, a)\ndef for_each(i, a):\n\n    for x in i: a(x)\nimport inner\n"
MODULES = {"each": EACH_MODULE, "inner": "def run(i, a):\n    list(map(a, i))\nfrom each import go\n", "bad": "def ("}
ELSEWHERE = {
    "itself": ("for (each.py, line 5)", "from each import for_each"),
    "under another name": ("for (each.py, line 5)", "from each import for_each as f\n" + EACH + "f(i, a)"),
    "with all others": ("for (each.py, line 5)", "from each import *"),
    "of a module": ("for (each.py, line 5)", "import each\n" + EACH + "each.for_each(i, a)"),
    "of a module under another name": ("for (each.py, line 5)", "import each as e\n" + EACH + "e.for_each(i, a)"),
    "imported within": ("for (each.py, line 5)", EACH + "from each import for_each as f\n    f(i, a)"),
    "of a module of a module": ("map (inner.py, line 2)", "from each import go\n" + EACH + "go(i, a)"),
}


@pytest.mark.parametrize("form, text", ELSEWHERE.values(), ids=ELSEWHERE)
def test_what_lies_in_a_file_beside_is_found(form: str, text: str) -> None:
    beside = {name: module.encode() for name, module in MODULES.items()}
    assert forms.loops(text.encode(), ["for_each"], beside.get)["for_each"] == [form]


def test_a_file_beside_that_is_no_python_has_no_forms() -> None:
    assert forms.loops(b"from bad import for_each", ["for_each"], {"bad": b"def ("}.get)["for_each"] == []
