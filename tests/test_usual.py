"""What an exception usually means: each kind as this Python itself words it."""

from __future__ import annotations

import concurrent.futures
import multiprocessing
import multiprocessing.managers
import multiprocessing.pool
import queue
import re
import threading
from collections.abc import Callable
from typing import Any

import pytest

from grader import course as courses
from grader.harness.probe import Probe
from grader.result import CheckResult, Verdict
from grader.words import explain
from grader.words.usual import USUAL, usual

COURSE = courses.load()


def code(text: str) -> Callable[[], Any]:
    return lambda: exec(text, {"queue": queue, "process": multiprocessing.Process(target=print)})


def lent(text: str) -> Callable[[], Any]:
    return lambda: exec(text, {"target": Probe("hold", "unix:")})


def never_joined() -> None:
    threading.Thread(target=print).join()


def never_closed() -> None:
    with multiprocessing.pool.ThreadPool(1) as pool:
        pool.join()


def never_sent() -> None:
    receiving, sending = multiprocessing.Pipe(duplex=False)
    sending.close()
    receiving.recv()


def used_when_closed() -> None:
    with multiprocessing.pool.ThreadPool(1) as pool:
        pool.close()
        pool.apply(print)


class NotSetUp(multiprocessing.Process):
    def __init__(self) -> None:
        self.target = print


class NotSetUpEither(threading.Thread):
    def __init__(self) -> None:
        self.target = print


RAISE: list[tuple[str, Callable[[], Any]]] = [
    ("probe", lent("[each for each in target]")),
    ("probe", lent("len(target)")),
    ("probe", lent("print(*target)")),
    ("probe", lent("target.empty()")),
    ("probe", lent("raise ValueError(target)")),
    ("name", code("os.getpid()")),
    ("set_later", code("def f():\n    number += 1\nf()")),
    ("not_called", code("process.is_alive.name")),
    ("not_called", code("process.is_alive + 1")),
    ("not_called", code("for each in print: pass")),
    ("none", code("None.exitcode")),
    ("none", code("for each in None: pass")),
    ("none_called", code("nothing = None\nnothing()")),
    ("no_process", code("import os\nos.kill(2**31 - 1, 0)")),
    ("attribute", code("process.exit_code")),
    ("called", code("five = 5\nfive()")),
    ("arguments", code("(lambda a: a)()")),
    ("arguments", code("(lambda a: a)(1, 2)")),
    ("arguments", code("(lambda a: a)(b=2)")),
    ("group", lambda: multiprocessing.Process(print)),  # type: ignore[arg-type]
    ("not_started", code("process.join()")),
    ("not_started", never_joined),
    ("pool_running", never_closed),
    ("pool_closed", used_when_closed),
    ("no_workers", lambda: multiprocessing.pool.ThreadPool(0)),
    ("no_workers", lambda: concurrent.futures.ThreadPoolExecutor(0)),
    ("no_super", lambda: NotSetUp().start()),
    ("no_super", lambda: NotSetUpEither().start()),
    ("star", code("print(*5)")),
    ("time_limit", lambda: concurrent.futures.Future().result(timeout=0)),
    ("manager", lambda: multiprocessing.managers.SyncManager().Queue()),
    ("unhashable", code("{[]: 1}")),
    ("unhashable", code("{[]}")),
    ("no_length", code("len(each for each in [])")),
    ("no_length", code("items = iter(i for i in [])\nitems[0]")),
    ("stop_in_generator", code("next(next(iter([])) for _ in [1])")),
    ("no_iterator", code("next([])")),
    ("index", code("[][0]")),
    ("stop", code("next(iter([]))")),
    ("empty", code("queue.Queue().get_nowait()")),
    ("no_file", code("open('/nowhere/at/all')")),
    ("file_there", code("raise FileExistsError(17, 'File exists')")),
    ("folder", code("raise IsADirectoryError(21, 'Is a directory')")),
    ("no_module", code("import nothing_of_this_name")),
    ("read_only", code("raise OSError(30, 'Read-only file system', '/submission/a.log')")),
    ("recursion", code("def f(): f()\nf()")),
    ("no_network", code("raise OSError(97, 'Address family not supported by protocol')")),
    ("other_end", never_sent),
]


@pytest.mark.parametrize(("key", "raise_it"), RAISE, ids=lambda value: value if isinstance(value, str) else "")
def test_what_this_python_raises(key: str, raise_it: Callable[[], Any]) -> None:
    with pytest.raises(Exception) as raised:
        raise_it()
    meant = usual(type(raised.value).__name__, str(raised.value))
    assert meant is not None
    assert meant[0] == f"usual_{key}"


def test_network_that_another_process_lacked_is_named() -> None:
    printed = "Process QueueManager-1:\nOSError: [Errno 97] Address family not supported by protocol\n"
    assert usual("EOFError", "", printed) == ("usual_no_network", {})
    assert usual("IndexError", "", printed) == ("usual_index", {})


def test_every_key_has_its_words_and_the_facts_for_them() -> None:
    words = {key for key in COURSE.words if key.startswith("usual_")}
    assert words == {f"usual_{key}" for key, _ in USUAL}
    for key, pattern in USUAL:
        assert set(re.findall(r"\{(\w+)\}", COURSE.words[f"usual_{key}"].en)) == set(
            re.findall(r"\(\?P<(\w+)>", pattern)
        )


@pytest.mark.parametrize("kind", ["ValueError", "", "Own", "\x1b[2J", "NameErrors"])
def test_what_is_met_seldom_is_not_explained(kind: str) -> None:
    assert usual(kind, "name 'x' is not defined" * 1000) is None


@pytest.mark.parametrize(("lang", "words"), [("en", "an import missing"), ("zh", "漏了 import")])
def test_it_stands_below_the_cause(lang: str, words: str) -> None:
    check = CheckResult(
        id="check_x", function="f", section="7.3", verdict=Verdict.FAILED, cause="raised",
        facts={"type": "NameError", "text": "name 'os' is not defined"},
    )  # fmt: skip
    told = explain.causes(check, COURSE, lang)
    assert len(told) == 2
    assert words in told[1]


def test_an_exception_that_says_nothing_leaves_no_colon() -> None:
    check = CheckResult(
        id="check_x", function="f", section="7.3", verdict=Verdict.FAILED, cause="raised",
        facts={"type": "StopIteration", "text": ""},
    )  # fmt: skip
    assert explain.causes(check, COURSE, "en")[0] == "Your code raised StopIteration."


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_line_to_look_at_is_spoken_of_only_where_one_is_known(lang: str) -> None:
    check = CheckResult(
        id="check_x", function="f", section="7.3", verdict=Verdict.FAILED, cause="raised", facts={"type": "ValueError"}
    )
    without = explain.causes(check, COURSE, lang)[0]
    check.file, check.line = "sub/ex01_first_process.py", 14
    assert explain.causes(check, COURSE, lang)[0].startswith(without)
    assert "ex01_first_process.py:14" in explain.causes(check, COURSE, lang)[0]
    assert "line" not in without and "行" not in without
