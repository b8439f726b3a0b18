"""Whether the files, the checks and the words of a course fit together, and none is left over.

Who uses it: verify. What goes in: the home of a course and the course. What comes out: shortfalls. Nothing is run here:
checks and code are parsed (code.py).
"""

from __future__ import annotations

import collections
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from grader import course as courses
from grader import places
from grader.course import LANGUAGES, Course, Text
from grader.grading import portability
from grader.places import Home, exercise_of
from grader.proving import code
from grader.proving.exhibits import KINDS, of_exercise, submissions
from grader.proving.proof import Shortfall
from grader.result import Verdict

OF_A_COURSE = {"checks", "exercises", "solutions"}  # folders of the package that name things of one course alone
CHINESE = re.compile("[\u4e00-\u9fff]")


def of_syntax(home: Home, course: Course) -> Iterator[Shortfall]:
    """The stubs, solutions and checks that are not Python: before they are mended nothing else can be said."""
    for path in (path for exercise in course.exercises for path in _files_of(home, exercise)):
        try:
            code.functions(path) if path.is_file() else []
        except (SyntaxError, ValueError) as error:
            yield _file(path, f"is not Python: {error}")


def of_exercise_words(home: Home, course: Course, exercise: str) -> Iterator[Shortfall]:
    """What does not fit together in one exercise."""
    yield from _of_texts(course, exercise)
    yield from _of_files(home, exercise)
    yield from _of_checks(home, course, exercise)
    yield from _of_functions(home, course, exercise)
    yield from _of_headers(home, course, exercise)


def of_course_words(home: Home, course: Course) -> Iterator[Shortfall]:
    """What is left over in the course as a whole."""
    used = {check.section for exercise in course.exercises.values() for check in exercise.checks.values()}
    for number, section in course.sections.items():
        yield from _of_text(f"sections.{number}", section.title)
        if number not in used:
            yield _words(f"no check is of section {number}")
    yield from _of_causes(home, course)
    yield from _of_strangers(home, course)


def of_causes_shown(home: Home, shown: set[str]) -> Iterator[Shortfall]:
    """The causes, of a failure or of what is not portable, that no submission has `shown`."""
    own = [*courses.read(home.course).causes, *(portability.CAUSES if home == places.KIT else ())]
    return (_words(f"no submission shows the cause {key}") for key in own if key not in shown)


def _words(what: str, where: str = "course.toml") -> Shortfall:
    return Shortfall(kind="words", where=where, what=what)


def _file(path: Path, what: str) -> Shortfall:
    return Shortfall(kind="file", where=f"{path.parent.name}/{path.name}", what=what)


# --- words


def _of_text(name: str, text: Text) -> Iterator[Shortfall]:
    for lang in LANGUAGES:
        if not text.in_(lang).strip():
            yield _words(f"{name} has no words in {lang}")
        elif bool(CHINESE.search(text.in_(lang))) is not (lang == "zh"):
            yield _words(f"the words of {name} in {lang} are in the other language")


def _of_texts(course: Course, exercise: str) -> Iterator[Shortfall]:
    known = course.exercises[exercise]
    texts = {f"{exercise}.title": known.title, f"{exercise}.praise": known.praise}
    for name, check in known.checks.items():
        texts |= {f"{exercise}.{name}.title": check.title, f"{exercise}.{name}.hint": check.hint}
        if check.section not in course.sections:
            yield _words(f"{exercise}.{name} is of section {check.section}, which there is not")
    for name, text in texts.items():
        yield from _of_text(name, text)


def _of_causes(home: Home, course: Course) -> Iterator[Shortfall]:
    folders = (folder for folder in places.PACKAGE.iterdir() if folder.name not in OF_A_COURSE)
    code_of_ours = [*places.PACKAGE.iterdir(), *(path for folder in folders for path in folder.rglob("*"))]
    said = code.Strings([*code_of_ours, *home.checks.iterdir()])
    for key, text in courses.read(home.course).causes.items():
        yield from _of_text(f"causes.{key}", text)
        if not said.name(key):
            yield _words(f"no code names the cause {key}")
    for key in [*course.waits, *course.words] if home == places.KIT else []:
        if not said.name(key):
            yield _words(f"no code asks for {key}", "words.toml")


# --- files


def _files_of(home: Home, exercise: str) -> list[Path]:
    """Where the stub, the solution and the checks of an exercise are, or ought to be."""
    name = f"{exercise}.py"
    return [home.exercises / name, home.solutions / name, *(home.checks_of(exercise) or [home.checks / name])]


def _of_files(home: Home, exercise: str) -> Iterator[Shortfall]:
    for path in _files_of(home, exercise):
        if not path.is_file():
            yield _file(path, "is not there")
    for path in submissions(home, exercise):
        if path.name.partition("_")[0] not in KINDS[2:]:
            yield _file(path, "begins with none of right_, wrong_, cheat_")


def _of_strangers(home: Home, course: Course) -> Iterator[Shortfall]:
    folders = [folder for folder in (home.exercises, home.solutions, home.checks) if folder.is_dir()]
    files = [path for folder in folders for path in sorted(folder.glob("*.py")) if _is_exercise(path, home)]
    parts = [path for path in sorted(home.submissions.glob("*")) if path.is_dir()]
    for path in (*files, *parts):
        if (exercise_of(path) if path.parent == home.checks else path.stem) not in course.exercises:
            yield _file(path, "is of no exercise in course.toml")


def _is_exercise(path: Path, home: Home) -> bool:
    """Whether a file is more than something that the others import."""
    return path.parent != home.checks or any(name.startswith("check_") for name in code.functions(path))


def _of_checks(home: Home, course: Course, exercise: str) -> Iterator[Shortfall]:
    files = home.checks_of(exercise)
    written = [(path, name) for path in files for name in code.functions(path) if name.startswith("check_")]
    worded = course.exercises[exercise].checks
    found = collections.Counter(name for _, name in written)
    for name in worded if files else ():
        if not found[name]:
            yield _words(f"{exercise}.{name} has words and no function in {files[0].name}")
    for path, name in written:
        if name not in worded:
            yield _file(path, f"{name} has no words in course.toml")
        if found[name] > 1:
            yield _file(path, f"{name} is written more than once")


def _of_functions(home: Home, course: Course, exercise: str) -> Iterator[Shortfall]:
    checked = {check.function for check in course.exercises[exercise].checks.values()} - {"import"}
    for path in (home.exercises / f"{exercise}.py", home.solutions / f"{exercise}.py"):
        if path.is_file():
            defined = code.functions(path)
            yield from (_file(path, f"does not define {name}") for name in sorted(checked.difference(defined)))
    stub = home.exercises / f"{exercise}.py"
    for name in code.functions(stub) if stub.is_file() else []:
        if name not in checked:
            yield _file(stub, f"no check is of {name}")


def _of_headers(home: Home, course: Course, exercise: str) -> Iterator[Shortfall]:
    checks = course.exercises[exercise].checks
    for exhibit in of_exercise(home, exercise):
        header = exhibit.header
        known: tuple[tuple[Iterable[str], Iterable[str]], ...] = (
            ((*(header.fails or ()), *(header.earns or ())), checks),
            (header.cause or (), {"-", *course.causes}),
            (header.verdict or (), [verdict.value for verdict in Verdict]),
            (header.under or (), portability.METHODS),
            ([cause for _, cause in header.apart], {"-", *portability.CAUSES}),
            (header.unknown, ()),
        )
        for words, there in known:
            for word in words:
                if word not in there:
                    yield _file(exhibit.path, f"its header says {word}, which there is not")
