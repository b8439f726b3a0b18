"""What is said of a file that cannot be loaded, for the errors that this Python truly raises."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader import course as courses
from grader.result import LoadError
from grader.words import explain, loading

COURSE = courses.load()
CHINESE = 'x = "进程"\n'
FILES = {
    "load_encoding": [CHINESE.encode("gbk"), "x = 1\n".encode("utf-16"), b"# coding: gkb\nx = 1\n"],
    "load_indentation": [b"if 1:\n    x = 1\n  y = 2\n", b"if 1:\n        x = 1\n\ty = 2\n"],
    "load_syntax": [b"def f()\n    pass\n", b"x = (1\n", b"print 'a'\n"],
    "load_exits": [b"exit()\n", b"import sys; sys.exit(3)\n"],
    "load_module": [b"import nothing_of_this_name\n", b"from os import nothing_of_this_name\n"],
    "load_reads_input": [b"raise EOFError('EOF when reading a line')\n"],
    "load_raised": [b"print(undefined)\n", b"raise ValueError('of my own')\n"],
}


@pytest.mark.parametrize(("key", "content"), [(key, content) for key, files in FILES.items() for content in files])
def test_error_has_the_advice_that_fits(tmp_path: Path, key: str, content: bytes) -> None:
    (tmp_path / "x.py").write_bytes(content)
    with pytest.raises(BaseException) as raised:
        exec(compile((tmp_path / "x.py").read_bytes(), "x.py", "exec"), {"exit": _exit})
    assert loading.advice(LoadError(type=raised.type.__name__, text=str(raised.value))) == key


def _exit() -> None:
    raise SystemExit


def test_every_advice_has_words() -> None:
    keys = {"load_raised", "load_encoding", *loading.BY_TYPE.values()}
    assert {key for key in keys if key not in COURSE.words} == set()


@pytest.mark.parametrize(("hang", "said"), [("busy", "It computes"), ("asleep", "It sleeps"), ("settled", "waits for")])
def test_import_that_never_ends_is_told_in_words(hang: str, said: str) -> None:
    error = LoadError(type="stuck", text=hang)
    assert said in explain.error_text(error, COURSE, "en")
    assert "__main__" in explain.error_advice(error, COURSE, "en")
