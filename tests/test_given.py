"""What a check asks for inside is not in the sandbox before, and then is there for children of every start method."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from world import TIERS, Scene, linux, sandbox_with, scene

from grader import places
from grader.given import copy_work
from grader.handles import given
from grader.walls.sandbox import Sandbox

pytestmark = linux
METHODS = ["fork", "forkserver", "spawn"]

WORK = """
import gc
import importlib
import multiprocessing
import os
import sys

def looks_round(names):
    modules = [name for name in sys.modules if name.startswith("grade_given")]
    functions = [thing for thing in gc.get_objects() if getattr(thing, "__name__", None) in names]
    files = [name for name in os.listdir(".") if name.startswith("grade_given")]
    return modules, len(functions), files

def imports(name):
    importlib.import_module(name)

def hands_over(method, function, args):
    process = multiprocessing.get_context(method).Process(target=function, args=args)
    process.start()
    process.join()
    return process.exitcode

def works_in_a_pool(method, function, args):
    with multiprocessing.get_context(method).Pool(1) as pool:
        return pool.apply(function, args)

def fills_the_folder():
    open("grade_given", "w").close()
"""
STAND_INS = ["_write_queue", "_read_queue", "_try_get", "copy_work", "_progress", "Shelf", "Counting", "write_values"]


@pytest.fixture(params=TIERS)
def sandbox(request: pytest.FixtureRequest) -> object:
    with sandbox_with(request.param, {"work.py": WORK}) as made:
        yield made


def asked_for() -> set[str]:
    """Every name that the checks ask `inside` for."""
    texts = [path.read_text("utf-8") for path in places.CHECKS.glob("ex*.py")]
    return {name for text in texts for name in re.findall(r"\binside(?:\.begin)?\.(\w+)", text)} - {"begin"}


def test_each_name_is_in_one_module() -> None:
    paths = [path for path in given.FOLDER.glob("*.py") if path.stem != "__init__"]
    names = [name for path in paths for name in re.findall(r'"(\w+)": ', path.read_text("utf-8").split("GIVEN:")[1])]
    assert sorted(names) == sorted(given.modules())


def test_what_is_sent_says_nothing_of_where_it_lay() -> None:
    for module in given.modules().values():
        assert str(Path(places.PACKAGE)).encode() not in bytes.fromhex(module.code)


def test_nothing_is_within_reach_until_a_check_asks(sandbox: Sandbox) -> None:
    with scene(sandbox) as at:
        assert at.submission.looks_round(STAND_INS) == ([], 0, [])
        at.inside.note_all_joins()
        assert at.submission.looks_round(STAND_INS) == ([], 0, [])
        for name in ("given_queues", "transfer_parts"):
            assert at.submission.begin.imports(f"grade_harness.{name}").error().type == "ModuleNotFoundError"
        at.inside.counting([1])
        assert at.submission.looks_round(["Counting"]) == (["grade_given_iterables"], 1, ["grade_given"])
    with scene(sandbox) as at:
        assert at.submission.looks_round(STAND_INS) == ([], 0, [])


def test_module_is_sent_once(sandbox: Sandbox) -> None:
    with scene(sandbox) as at:
        one = at.inside.shelf([1])
        other = at.inside.shelf([2])
        assert at.inside.loop(one, 5) == [1]
        assert at.inside.loop(other, 5) == [2]
        assert at.submission.looks_round(["Shelf"])[1] == 1


def test_prop_asks_only_where_a_function_is_faulty(sandbox: Sandbox) -> None:
    with scene(sandbox) as at:
        at.submission.prop(imports=at.inside.a_try_get)
        assert at.submission.looks_round(STAND_INS) == ([], 0, [])
        at.stage.faulty = frozenset({"imports"})
        at.submission.prop(imports=at.inside.a_try_get)
        assert at.submission.imports(at.inside.queue(1, ["a"])) == "a"


@pytest.mark.parametrize("method", METHODS)
def test_stand_in_can_be_handed_to_a_child(method: str) -> None:
    with sandbox_with(TIERS[0], {"work.py": WORK}) as sandbox, scene(sandbox, start_method=method) as at:
        queue = at.inside.empty_queue(0)
        assert at.submission.hands_over(method, at.inside.a_write_queue(), [queue, ["a", "b"]]) == 0
        assert at.inside.contents(queue) == ["a", "b"]


@pytest.mark.parametrize("method", METHODS)
def test_stand_in_can_be_handed_to_a_worker(method: str) -> None:
    with sandbox_with(TIERS[0], {"work.py": WORK}) as sandbox, scene(sandbox, start_method=method) as at:
        queue = at.inside.managed_queue(5, [1, 2])
        assert at.submission.works_in_a_pool(method, at.inside.reader(), [queue]) == [1, 2]


def test_check_has_what_it_asks_for_where_its_folder_is_taken(sandbox: Sandbox) -> None:
    with scene(sandbox) as at:
        at.submission.fills_the_folder()
        assert at.inside.loop(at.inside.generator([1, 2]), 5) == [1, 2]


def test_all_that_checks_ask_for_is_there(sandbox: Sandbox) -> None:
    with scene(sandbox) as at:
        for name in sorted(asked_for()):
            assert not _is_missing(at, name), name


def _is_missing(at: Scene, name: str) -> bool:
    call = getattr(at.inside.begin, name)
    return call("of", "no", "use", "at", "all").error().type == "KeyError"


def test_a_copy_work_returns_something_where_the_students_does(tmp_path: Path) -> None:
    (tmp_path / "from").mkdir()
    (tmp_path / "to").mkdir()
    (tmp_path / "from" / "a").write_bytes(b"1")
    for returns, result in (("", None), ("return", None), ("return None", None), ("return 'a'", 1)):
        found: dict[str, Any] = {}
        exec(f"def copy_work(a, b, c):\n    if c:\n        print()\n    {returns or 'print()'}\n", found)
        with pytest.MonkeyPatch.context() as patch:
            patch.setitem(sys.modules, "ex10_folder_copier", SimpleNamespace(**found))
            stand_in = copy_work.GIVEN["a_copy_work"]()
        assert stand_in(str(tmp_path / "from"), str(tmp_path / "to"), "a") == result
        assert (tmp_path / "to" / "a").read_bytes() == b"1"


def test_a_copy_work_that_is_no_plain_function_is_taken_to_return_something() -> None:
    assert copy_work.GIVEN["a_copy_work"]() is copy_work.copy_work
