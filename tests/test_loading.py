"""What is said of a file that cannot be loaded, for the errors that this Python truly raises."""

from __future__ import annotations

import traceback
from pathlib import Path

import pytest

from grader import course as courses
from grader.result import Excerpt, LoadError
from grader.words import explain, loading

COURSE = courses.load()
CHINESE = 'x = "进程"\n'
FILES = {
    "load_encoding": [CHINESE.encode("gbk"), b"# coding: gkb\nx = 1\n"],
    "load_null": ["x = 1\n".encode("utf-16"), "x = 1\n".encode("utf-16-le"), b"x = 1\n\0\0\0"],
    "load_indentation": [b"if 1:\n    x = 1\n  y = 2\n", b"if 1:\n        x = 1\n\ty = 2\n"],
    "load_syntax": [b"def f()\n    pass\n", b"x = (1\n", b"print 'a'\n", b"x = f(1 2)\n", b"return_ = 1 2\n"],
    "load_input_method": [
        line.encode() for line in ('print（"hi"）', "x = 1，2", "def f()：\n    pass", "x = “a”", 'x = "a”')
    ],
    "load_wide_space": ["x = 1　+ 2\n".encode(), "　x = 1\n".encode(), "def f():\n　　x = 1\n".encode()],
    "load_no_break_space": ["def f():\n\xa0   x = 1\n".encode(), "x =\xa01\n".encode()],
    "load_unseen": ["x = 1 \u200b\n".encode(), "def f():\n\ufeff    x = 1\n".encode()],
    "load_merge": [
        b"<<<<<<< HEAD\nx = 1\n=======\nx = 2\n>>>>>>> main\n",
        b"def f():\n<<<<<<< HEAD\n    x = 1\n=======\n    x = 2\n>>>>>>> 1a2b3c4\n",
        b"x = 1\n||||||| 12ab\n",
        b"x = 1\n=======\n",
        b"x = 1\n>>>>>>> 1a2b3c4\n",
    ],
    "load_prompt": [b">>> import os\n", b"x = 1\n>>>\n", b"... x = 1\n", b"In [1]: import os\n"],
    "load_fence": [b"```python\nx = 1\n```\n", b"x = 1\n```\n", b"~~~\n"],
    "load_numbered": [
        b"1 import os\n2 \n",
        b"1: def f():\n2:     pass\n",
        b'12 """Doc."""\n',
        b"# 1\n 7  class A:\n",
    ],
    "load_compared": [b"x = 1\nif x = 1:\n    pass\n"],
    "load_keyword": [b"def f():\n    retrun 5\n", b"whille 1:\n    pass\n", b"Def f():\n    pass\n", b"improt os\n"],
    "load_exits": [b"exit()\n", b"import sys; sys.exit(3)\n"],
    "load_module": [b"import nothing_of_this_name\n", b"import os.nothing_of_this_name\n"],
    "load_module_like": [b"import mulitprocessing\n", b"from Queue import Queue\n", b"import signla.nothing\n"],
    "load_import_name": [b"from multiprocessing import Proces\n", b"from os import nothing_of_this_name\n"],
    "load_reads_input": [b"raise EOFError('EOF when reading a line')\n"],
    "load_decodes": [b"x = 1\ny = b'\\xff'.decode()\n"],
    "load_raised": [b"print(undefined)\n", b"raise ValueError('of my own')\n"],
}


@pytest.mark.parametrize(("key", "content"), [(key, content) for key, files in FILES.items() for content in files])
def test_error_has_the_advice_that_fits(tmp_path: Path, key: str, content: bytes) -> None:
    (tmp_path / "x.py").write_bytes(content)
    with pytest.raises(BaseException) as raised:
        exec(compile((tmp_path / "x.py").read_bytes(), "x.py", "exec"), {"exit": _exit})
    assert loading.advice(_told(raised.value, content))[0] == key


def test_advice_names_what_is_meant() -> None:
    told = [
        ("SyntaxError", "invalid character '（' (U+FF08) (x.py, line 1)", "print（1）", "（"),
        ("SyntaxError", "invalid syntax (x.py, line 1)", "    retrun 5", "`return`"),
        ("ModuleNotFoundError", "No module named 'mulitprocessing'", "", "`multiprocessing`"),
        ("ImportError", "cannot import name 'Proces' from 'multiprocessing' (/x)", "", "`Proces`"),
    ]
    for kind, text, source, named in told:
        for lang in courses.LANGUAGES:
            assert named in explain.error_advice(LoadError(type=kind, text=text, source=source), COURSE, lang)


def test_call_outside_of_functions_is_told_with_the_line_that_fails() -> None:
    called = Excerpt(first=2, lines=["    os.listdir(folder)"], of="copy_folder")
    error = LoadError(type="FileNotFoundError", text="[Errno 2] ...: 'test'", line=9, called=called)
    for lang in courses.LANGUAGES:
        told = explain.error_advice(error, COURSE, lang)
        for part in ("9", "copy_folder()", "2", "`os.listdir(folder)`", "__main__"):
            assert part in told


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("OSError: [Errno 30] Read-only file system: '/submission/ex02.log'", "read_only"),
        ("PermissionError: [Errno 13] Permission denied: '/tmp/grade-a/grade-b/submission/x.log'", "read_only"),
        ("PermissionError: [Errno 13] Permission denied: '/etc/shadow'", "raised"),
        ("OSError: [Errno 30] Read-only file system: '/usr/x'", "raised"),
    ],
)
def test_folder_of_the_files_is_told_to_be_read_only(text: str, key: str) -> None:
    kind, _, rest = text.partition(": ")
    assert loading.advice(LoadError(type=kind, text=rest))[0] == f"load_{key}"


def test_what_is_no_slip_is_taken_for_none() -> None:
    error = LoadError(type="ModuleNotFoundError", text="No module named 'psutil'")  # shutil is near
    assert loading.advice(error)[0] == "load_module"


def _told(error: BaseException, content: bytes) -> LoadError:
    of_the_file = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == "x.py"]
    line = error.lineno if isinstance(error, SyntaxError) else next(iter(of_the_file), None)
    lines = dict(enumerate(content.decode("utf-8", "replace").split("\n"), 1))
    source = lines.get(line, "").strip() if line else None
    return LoadError(type=type(error).__name__, text=str(error), line=line, source=source)


def _exit() -> None:
    raise SystemExit


def test_every_advice_has_words() -> None:
    keys = {"load_raised", "load_encoding", "load_read_only", "load_called", *FILES, *loading.BY_TYPE.values()}
    assert {key for key in keys if key not in COURSE.words} == set()


@pytest.mark.parametrize(("hang", "said"), [("busy", "It computes"), ("asleep", "It sleeps"), ("settled", "waits for")])
def test_import_that_never_ends_is_told_in_words(hang: str, said: str) -> None:
    error = LoadError(type="stuck", text=hang)
    assert said in explain.error_text(error, COURSE, "en")
    assert "__main__" in explain.error_advice(error, COURSE, "en")
