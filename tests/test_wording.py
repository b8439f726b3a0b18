"""`grade verify` reads: files, checks and words that do not fit together, or are left over, have one line each."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_course import CHECKS, COURSE, SHOWN, SOLUTION, STUB, header, make

from grader import course as courses
from grader import places
from grader.proving import code, headers, wording

pytestmark = pytest.mark.frontend
CAUSE = '\n[causes.odd]\nen = "Something is odd."\nzh = "有点奇怪。"\n'
SECTION = '\n[sections.2]\ntitle = {en = "Texts", zh = "文字"}\nlink = "https://example.org/2"\n'


def found(folder: Path) -> list[str]:
    """What wording says of the course in `folder`."""
    home = places.home(folder)
    course = courses.load(home.course)
    short = [short for exercise in course.exercises for short in wording.of_exercise_words(home, course, exercise)]
    return [each.line() for each in [*wording.of_syntax(home, course), *short, *wording.of_course_words(home, course)]]


def test_nothing_is_left_over(tmp_path: Path) -> None:
    assert found(make(tmp_path)) == []


@pytest.mark.parametrize(
    ("changed", "line"),
    [
        ({"course.toml": COURSE.replace("Try it with 1.", " ")},
         "course.toml: ex01_double.check_double_of_a_number.hint has no words in en"),
        ({"course.toml": COURSE.replace("用 1 试一试。", "")},
         "course.toml: ex01_double.check_double_of_a_number.hint has no words in zh"),
        ({"course.toml": COURSE.replace("double 返回两倍的数。", "double gives twice the number.")},
         "course.toml: the words of ex01_double.check_double_of_a_number.title in zh are in the other language"),
        ({"course.toml": COURSE.replace('en = "Numbers"', 'en = "数字"')},
         "course.toml: the words of sections.1 in en are in the other language"),
        ({"course.toml": COURSE.replace("Well done.", "")}, "course.toml: ex01_double.praise has no words in en"),
        ({"course.toml": COURSE.replace("check_run]", "check_run]\nsection = '3'").replace(
            'function = "run"\nsection = "1"', 'function = "run"')},
         "course.toml: ex01_double.check_run is of section 3, which there is not"),
        ({"course.toml": COURSE + SECTION}, "course.toml: no check is of section 2"),
        ({"course.toml": COURSE + CAUSE}, "course.toml: no code names the cause odd"),
        ({"checks/ex01_double.py": CHECKS.replace("def check_run(", "def checks_run(")},
         "course.toml: ex01_double.check_run has words and no function in ex01_double.py"),
        ({"checks/ex01_double.py": CHECKS + "\n\ndef check_more(submission):\n    pass\n"},
         "checks/ex01_double.py: check_more has no words in course.toml"),
        ({"checks/ex01_double__more.py": "def check_run(submission):\n    pass\n"},
         "checks/ex01_double__more.py: check_run is written more than once"),
        ({"checks/ex02_half.py": CHECKS}, "checks/ex02_half.py: is of no exercise in course.toml"),
        ({"exercises/ex02_half.py": STUB}, "exercises/ex02_half.py: is of no exercise in course.toml"),
        ({"submissions/ex02_half/right_a.py": SOLUTION}, "submissions/ex02_half: is of no exercise in course.toml"),
        ({"solutions/ex01_double.py": None}, "solutions/ex01_double.py: is not there"),
        ({"solutions/ex01_double.py": SOLUTION.replace("def double(", "def twice(")},
         "solutions/ex01_double.py: does not define double"),
        ({"exercises/ex01_double.py": STUB + "\n\ndef half(number):\n    pass\n"},
         "exercises/ex01_double.py: no check is of half"),
        ({"exercises/ex01_double.py": "def double(:\n"},
         "exercises/ex01_double.py: is not Python: invalid syntax (<unknown>, line 1)"),
        ({f"{SHOWN}/almost_right.py": SOLUTION},
         "ex01_double/almost_right.py: begins with none of right_, wrong_, cheat_"),
        ({f"{SHOWN}/wrong_a.py": header("fails: check_walk")},
         "ex01_double/wrong_a.py: its header says check_walk, which there is not"),
        ({f"{SHOWN}/wrong_a.py": header("cause: bad_luck")},
         "ex01_double/wrong_a.py: its header says bad_luck, which there is not"),
        ({f"{SHOWN}/wrong_a.py": header("verdict: late")},
         "ex01_double/wrong_a.py: its header says late, which there is not"),
        ({f"{SHOWN}/wrong_a.py": header("under: thread")},
         "ex01_double/wrong_a.py: its header says thread, which there is not"),
        ({f"{SHOWN}/wrong_a.py": header("portability: run bad_luck")},
         "ex01_double/wrong_a.py: its header says bad_luck, which there is not"),
        ({f"{SHOWN}/wrong_a.py": header("fail: check_run")},
         "ex01_double/wrong_a.py: its header says fail, which there is not"),
    ],
)  # fmt: skip
def test_each_fault_has_its_line(tmp_path: Path, changed: dict[str, str | None], line: str) -> None:
    assert line in found_or_unreadable(make(tmp_path, **changed))


def found_or_unreadable(folder: Path) -> list[str]:
    """As `found`; where a file is no Python, that alone."""
    home = places.home(folder)
    unreadable = [short.line() for short in wording.of_syntax(home, courses.load(home.course))]
    return unreadable or found(folder)


def test_a_cause_that_no_submission_shows(tmp_path: Path) -> None:
    home = places.home(make(tmp_path, **{"course.toml": COURSE + CAUSE}))
    missing = [short.line() for short in wording.of_causes_shown(home, {"even"})]

    assert missing == ["course.toml: no submission shows the cause odd"]
    assert list(wording.of_causes_shown(home, {"odd"})) == []


def test_a_course_has_the_kits_causes_beside_its_own(tmp_path: Path) -> None:
    own = CAUSE.replace("[causes.odd]", "[causes.stuck]")
    course = courses.load(make(tmp_path, **{"course.toml": COURSE + own}) / "course.toml")

    assert course.causes["stuck"].en == "Something is odd."
    assert course.causes.keys() == courses.load().causes.keys()


def test_strings_are_found_whole_and_by_their_start(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text('KINDS = ["red"]\nname = f"at_{KINDS[0]}"\n')
    (tmp_path / "b.html").write_text("{{ w('title') }} {{ w('verdict_' ~ kind) }}")
    strings = code.Strings([tmp_path / "a.py", tmp_path / "b.html"])
    named = [name for name in ("red", "at_red", "at_blue", "title", "verdict_red", "kind") if strings.name(name)]

    assert named == ["red", "at_red", "title", "verdict_red"]


def test_a_header_is_read_at_the_top_alone() -> None:
    text = "\ufeff# coding: utf-8\n# fails: check_a, check_b\n\n# fails: check_c\n# portability: f lambda g -\n"
    read = headers.read(text + "x = 1\n# cause: z\n")

    assert read.fails == ("check_a", "check_b", "check_c")
    assert read.apart == [("f", "lambda"), ("g", "-")]
    assert (read.cause, read.earns, read.unknown) == (None, None, ())


def test_a_header_says_from_which_python_on_it_holds() -> None:
    assert headers.read("").is_of_this_python
    assert headers.read("# since: 3.10").is_of_this_python
    assert not headers.read("# since: 3.99").is_of_this_python
