"""What state an exercise file is in, before any of its checks: each way not to be graded, and how it is told."""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Iterator

import pytest
from world import TIERS, linux, sandbox_with, scene

from grader import course as courses
from grader import places
from grader.handles.stage import Stage
from grader.handles.submission import Submission
from grader.judge.examine import examine
from grader.kernel import processes
from grader.limits import Limits
from grader.result import Excerpt, LoadError, State
from grader.walls.sandbox import Sandbox
from grader.words import explain, loading

pytestmark = linux

NAME = "ex12_iterators"
STUB = (places.EXERCISES / f"{NAME}.py").read_text("utf-8")
SOLUTION = (places.SOLUTIONS / f"{NAME}.py").read_text("utf-8")

UNTOUCHED: dict[str, str | bytes] = {
    "as_it_was": STUB,
    "other_comments": "# mine\n" + re.sub(r'"""(.|\n)*?"""', '"""Mine."""', STUB) + "\n\n# the end",
    "other_line_ends": STUB.replace("\n", "\r\n").encode("utf-8-sig"),
    "other_layout": STUB.replace("    ", "  ").replace("\n\n\n", "\n"),
    "nothing_in_it": "",
    "only_blanks": "\n \n\t\n",
    "only_a_comment": "# 还没写",
    "only_a_docstring": '"""Mine."""\n',
}
GRADED: dict[str, str | bytes] = {
    "solution": SOLUTION,
    "solution_crlf_and_mark": SOLUTION.replace("\n", "\r\n").encode("utf-8-sig"),
    "solution_gbk": ("# -*- coding: gbk -*-\n名字 = '进程'\n" + SOLUTION).encode("gbk"),
    "solution_latin": b"# coding: latin-1\nname = '\xe9'\n" + SOLUTION.encode(),
    "one_line_more": STUB + "\nx = 1\n",
    "one_line": "x = 1\n",
}
UNLOADABLE: dict[str, tuple[str | bytes, str, str, int | None]] = {
    "syntax": ("def f(:\n", "SyntaxError", "invalid syntax", 1),
    "indentation": ("def f():\npass\n", "IndentationError", "expected an indented block", 2),
    "tabs": ("if 1:\n\tx = 1\n        y = 2\n", "TabError", "inconsistent use of tabs", 3),
    "null": ("x = 1\0\n", "SyntaxError|ValueError", "null bytes", None),
    "gbk_unsaid": ("x = '进程'\n".encode("gbk"), "SyntaxError|UnicodeDecodeError", "", None),
    "no_such_coding": ("# coding: klingon\n", "SyntaxError", "klingon", None),
    "name": ("x = 1\ny = z\n", "NameError", "name 'z' is not defined", 2),
    "module": ("import no_such_module_进程\n", "ModuleNotFoundError", "no_such_module_进程", 1),
    "helper": ("import broken_helper\n", "ZeroDivisionError", "division", 2),
    "exit": ("import sys\nsys.exit('bye')\n", "SystemExit", "bye", 2),
    "hard_exit": ("import os\nos._exit(7)\n", "crashed", "exit code 7", None),
    "killed": ("import os\nos.kill(os.getpid(), 9)\n", "crashed", "SIGKILL", None),
    "waits": ("import signal\nsignal.pause()\n", "stuck", "settled", None),
    "sleeps": ("import time\ntime.sleep(9_999)\n", "stuck", "asleep", None),
    "busy": ("while True: pass\n", "stuck", "busy", None),
    "reads": ("input()\n", "EOFError", "", 1),
    "recursion": ("def f(): f()\nf()\n", "RecursionError", "maximum recursion depth", 2),
    "deep": ("(" * 5000 + ")" * 5000, "SyntaxError|MemoryError|RecursionError|crashed", "", None),
    "interrupt": ("raise KeyboardInterrupt\n", "KeyboardInterrupt", "", 1),
}


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    files = {f"{name}.py": text for name, text in {**UNTOUCHED, **GRADED}.items()}
    files |= {f"{name}.py": told[0] for name, told in UNLOADABLE.items()}
    files |= {"broken_helper.py": "x = 1\ny = x / 0\n", "a_folder.py/inside.py": "", "数.py": SOLUTION}
    with sandbox_with(TIERS[0], files, Limits(cpu_s=0.3)) as made:
        yield made


def state(sandbox: Sandbox, name: str) -> tuple[State, LoadError | None]:
    found = examine(sandbox, name, STUB, ["for_each", "take"], None)
    return found.state, found.error


@pytest.mark.parametrize("name", ["nowhere", "a_folder"])
def test_file_that_is_not_there_is_missing(sandbox: Sandbox, name: str) -> None:
    assert state(sandbox, name) == (State.MISSING, None)


@pytest.mark.parametrize("name", UNTOUCHED)
def test_stub_or_empty_file_is_untouched_whatever_its_words_and_layout(sandbox: Sandbox, name: str) -> None:
    assert state(sandbox, name) == (State.UNTOUCHED, None)


@pytest.mark.parametrize("name", [*GRADED, "数"])
def test_file_that_loads_and_is_not_the_stub_is_graded(sandbox: Sandbox, name: str) -> None:
    assert state(sandbox, name) == (State.GRADED, None)


@pytest.mark.parametrize("name", UNLOADABLE)
def test_file_that_does_not_load_is_told_with_its_reason(sandbox: Sandbox, name: str) -> None:
    _, kind, text, line = UNLOADABLE[name]
    found, error = state(sandbox, name)
    assert found is State.UNLOADABLE
    assert error is not None
    assert re.fullmatch(kind, error.type)
    assert text in error.text
    assert line is None or error.line == line
    assert error.line is None or error.file == ("broken_helper.py" if name == "helper" else f"{name}.py")


def test_line_of_the_error_is_shown_as_it_stands(sandbox: Sandbox) -> None:
    assert [each and each.source for each in (state(sandbox, "name")[1], state(sandbox, "helper")[1])] == [
        "y = z", "y = x / 0",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "line", "called"),
    [
        ("def f():\n    g()\ndef g():\n    1 / 0\n\nf()\n", 6, Excerpt(first=4, lines=["    1 / 0"], of="f")),
        ("def f():\n    1 / 0\nx = f()\n", 3, Excerpt(first=2, lines=["    1 / 0"], of="f")),
        ("class A:\n    def m(self):\n        1 / 0\nA().m()\n", 4, Excerpt(first=3, lines=["        1 / 0"], of="m")),
        ("def f(g):\n    1 / 0\n@f\ndef g(): pass\n", 2, None),
        ("class A:\n    1 / 0\n", 2, None),
        ("x = [1 / y for y in [0]]\n", 1, None),
        ("import broken_helper\n", 2, None),
        ("import broken_demo\n", 3, Excerpt(first=2, lines=["    1 / 0"], of="h")),
    ],
)
def test_call_at_the_bottom_is_told_and_not_only_the_line_inside(text: str, line: int, called: Excerpt | None) -> None:
    helpers = {"broken_helper.py": "x = 1\ny = x / 0\n", "broken_demo.py": "def h():\n    1 / 0\nh()\n"}
    with sandbox_with(TIERS[0], {"demo.py": text, **helpers}) as own:
        error = examine(own, "demo", STUB, ["take"], None).error
    assert error is not None
    assert (error.line, error.called) == (line, called)


@pytest.mark.parametrize(
    ("helper", "key"),
    [
        ("from circle import f\n", "load_circle"),
        ("import circle\ncircle.f()\n", "load_circle"),
        ("import circle\ndef g():\n    circle.f()\n", None),
        ("from nowhere import f\n", "load_module"),
    ],
)
def test_files_that_import_each_other_are_told_as_a_circle(helper: str, key: str | None) -> None:
    files = {"circle.py": "import helper\ndef f():\n    pass\n", "helper.py": helper}
    with sandbox_with(TIERS[0], files) as own:
        error = examine(own, "circle", STUB, ["take"], None).error
    assert (error and loading.advice(error)[0]) == key


@pytest.mark.parametrize("is_preloaded", [False, True])
def test_module_is_taken_for_unfinished_while_it_is_loaded_and_not_afterwards(is_preloaded: bool) -> None:
    text = "seen = __spec__._initializing\ndef now():\n    return __spec__._initializing\n"
    with sandbox_with(TIERS[0], {"work.py": text}) as own:
        if is_preloaded:
            examine(own, "work", STUB, ["take"], None)
        assert ("work" in own.preloaded) is is_preloaded
        with scene(own) as at:
            assert at.submission.value("seen") == True  # noqa: E712
            assert at.submission.now() == False  # noqa: E712


def test_file_that_imports_itself_is_told_so() -> None:
    with sandbox_with(TIERS[0], {"circle.py": "from circle import f\n"}) as own:
        error = examine(own, "circle", STUB, ["take"], None).error
    assert error and loading.advice(error) == ("load_itself", {"module": "circle", "file": "circle.py"})


@pytest.mark.parametrize(
    ("text", "file"),
    [
        ("import json, damaged as d\n", "damaged.py"),
        ("from damaged import x\n", "damaged.py"),
        ("from sub import damaged\n", "sub/damaged.py"),
        ("import sub.damaged\n", "sub/damaged.py"),
        ("x = 1\0", None),
        ("compile('a\\0', 'x', 'exec')\n", "null.py"),
    ],
)
def test_file_that_is_damaged_is_told_and_not_the_one_that_imports_it(text: str, file: str | None) -> None:
    utf_16 = "x = 1\n".encode("utf-16")
    files = {"null.py": text, "damaged.py": utf_16, "sub/damaged.py": utf_16, "sub/__init__.py": ""}
    with sandbox_with(TIERS[0], files) as own:
        error = examine(own, "null", STUB, ["take"], None).error
    assert error is not None
    assert error.file == file
    named = file is not None and file.endswith("damaged.py")
    assert (str(file) in explain.error_advice(error, courses.load(), "zh")) is named


def test_first_call_of_an_endless_recursion_is_told(sandbox: Sandbox) -> None:
    with sandbox_with(TIERS[0], {"deep.py": "def f():\n    f()\n\n\nf()\n"}) as own:
        error = examine(own, "deep", STUB, ["take"], None).error
    assert error is not None
    assert (error.line, error.called) == (5, Excerpt(first=2, lines=["    f()"], of="f"))


@pytest.mark.parametrize("tier", [tier for tier in TIERS if tier != "none"])
def test_file_written_beside_the_source_is_told_as_such(tier: str) -> None:
    text = "open(__file__ + '.log', 'w')\n"
    with sandbox_with(tier, {"log.py": text}) as own:
        error = examine(own, "log", STUB, ["take"], None).error
    assert error is not None
    assert loading.advice(error)[0] == "load_read_only"


def test_loops_are_read_before_anything_runs(sandbox: Sandbox) -> None:
    text = "for x in []:\n    pass\ndef take(i, c):\n    for x in i:\n        pass\ndef for_each(i, a):\n    g()\n"
    text += "def g():\n    return [x for x in ()]\n"
    with sandbox_with(TIERS[0], {"loops.py": text}) as own:
        found = examine(own, "loops", STUB, ["for_each", "take", "nobody"], None)
    assert found.loops == {"for_each": ["list comprehension (line 9)"], "take": ["for (line 4)"], "nobody": []}


def test_stages_run_what_was_compiled_once_also_those_of_a_new_zygote() -> None:
    with sandbox_with(TIERS[0], {"once.py": "x = 1\n"}) as own:
        assert examine(own, "once", STUB, [], None).state is State.GRADED
        (own.home / "submission" / "once.py").write_text("x = 2\n")
        for starts in (1, 2):
            with Stage(own, "once") as stage:
                submission = Submission(stage)
                submission.load()
                assert submission.value("x").value == 1
            assert own.starts == starts
            os.kill(own.ready().pid, signal.SIGKILL)


def test_file_that_python_warns_of_is_compiled_each_time() -> None:
    with sandbox_with(TIERS[0], {"warns.py": "x = '\\d'\n"}) as own:
        assert examine(own, "warns", STUB, [], None).state is State.GRADED
        assert own.preloaded == {}


def test_nothing_is_left_of_any_of_them(sandbox: Sandbox) -> None:
    assert processes.below(sandbox.ready().pid) == []
