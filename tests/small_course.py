"""A course of one exercise, as a teacher could have one, for the tests of `grade verify` and of `--course`.

It is without fault. `make` writes it into a folder, with other files on top, so that a test says only what it changes.
"""

from __future__ import annotations

from pathlib import Path

COURSE = """
id = "small"
title = {en = "A small course", zh = "小课程"}

[sections.1]
title = {en = "Numbers", zh = "数字"}
link = "https://example.org/1"

[exercises.ex01_double]
title = {en = "Twice", zh = "两倍"}
praise = {en = "Well done.", zh = "做得好。"}

[exercises.ex01_double.checks.check_import_starts_no_process]
function = "import"
section = "1"
absence = true
title = {en = "Importing starts no process.", zh = "导入时不启动进程。"}
hint = {en = "Look at the end of the file.", zh = "看看文件的结尾。"}

[exercises.ex01_double.checks.check_double_of_a_number]
function = "double"
section = "1"
title = {en = "double gives twice the number.", zh = "double 返回两倍的数。"}
hint = {en = "Try it with 1.", zh = "用 1 试一试。"}

[exercises.ex01_double.checks.check_double_of_a_text]
function = "double"
section = "1"
stretch = true
title = {en = "double gives a text twice.", zh = "double 把文字重复两遍。"}
hint = {en = "Try it with 'a'.", zh = "用 'a' 试一试。"}

[exercises.ex01_double.checks.check_run]
function = "run"
section = "1"
title = {en = "run has the target called in a child.", zh = "run 让 target 在子进程里运行。"}
hint = {en = "Print os.getpid().", zh = "打印 os.getpid()。"}
"""
CHECKS = """
def check_import_starts_no_process(submission, processes):
    begun = processes.begun_at_import()

    assert begun == []


def check_double_of_a_number(submission, fresh):
    number = fresh.integer()

    assert submission.double(number) == number * 2


def check_double_of_a_text(submission, fresh):
    word = fresh.word()

    assert submission.double(word) == word * 2


def check_run(submission, probes):
    submission.run(probes.note)
    child = probes.next()

    assert child.in_main_process is False
"""
SOLUTION = """
import multiprocessing


def double(number):
    return number * 2


def run(target):
    process = multiprocessing.Process(target=target)
    process.start()
    process.join()
"""
STUB = """
def double(number):
    raise NotImplementedError("double is still to be written")


def run(target):
    raise NotImplementedError("run is still to be written")
"""
DOUBLE = "    return number * 2"
PROCESS = "process = multiprocessing.Process(target=target)"
WRONG_IMPORT = "multiprocessing.Process(target=print).start()\n"
EXERCISE = "ex01_double"
SHOWN = f"submissions/{EXERCISE}"
FILES = {
    "course.toml": COURSE,
    f"checks/{EXERCISE}.py": CHECKS,
    f"exercises/{EXERCISE}.py": STUB,
    f"solutions/{EXERCISE}.py": SOLUTION,
    f"{SHOWN}/right_adds.py": SOLUTION.replace(DOUBLE, "    return number + number"),
    f"{SHOWN}/wrong_import.py": "# fails: check_import_starts_no_process\n# cause: import_starts_process\n"
    + SOLUTION + WRONG_IMPORT,
    f"{SHOWN}/wrong_double.py": "# fails: check_double_of_a_number check_double_of_a_text\n# cause: -\n"
    + SOLUTION.replace(DOUBLE, "    return number"),
    f"{SHOWN}/wrong_text.py": "# fails: check_double_of_a_text\n# cause: -\n"
    + SOLUTION.replace(DOUBLE, "    return number * 2 if type(number) is int else number"),
    f"{SHOWN}/wrong_run.py": "# fails: check_run\n# cause: ran_in_your_process\n"
    + SOLUTION.replace(PROCESS, "process = multiprocessing.Process(target=target())"),
    f"{SHOWN}/cheat_equals.py": "class Equal:\n    def __eq__(self, other):\n        return True\n\n\n"
    "def double(number):\n    return Equal()\n",
}  # fmt: skip


def make(folder: Path, **changed: str | None) -> Path:
    """The course in `folder`; `changed` are files with other contents, or None for those that are not to be there."""
    for name, content in {**FILES, **changed}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if content is not None:
            path.write_text(content, "utf-8")
    return folder


def header(*lines: str) -> str:
    """Comment lines for the top of a submission."""
    return "".join(f"# {line}\n" for line in lines)
