"""Who is alike: what is renamed and reformatted is found, what is forced is not, and what is rare comes first."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from classes import book, entry, lay
from test_report import HOSTILE, Page

from grader import cli, course
from grader.classes import likeness, pairspage
from grader.classes.likeness import Likeness
from grader.visible import UNSAFE

pytest.importorskip("copydetect", reason="needs copydetect: pip install 'prograde[similarity]'")
pytestmark = pytest.mark.frontend

EXERCISE = "ex01_copy"
STUB = (
    'def copy(values, report):\n    """Copy."""\n    raise NotImplementedError("copy")\n\n\ndef helper():\n    pass\n'
)
SOLUTION = """
import multiprocessing

def copy(values, report):
    queue = multiprocessing.Queue()
    for value in values:
        queue.put(value)
    process = multiprocessing.Process(target=report, args=(queue,))
    process.start()
    process.join()
"""
ODD = '''
def copy(values, report):
    """Mine."""
    zaehler = {n: [] for n in range(len(values) + 3)}
    while len(zaehler) > 7 and not values[zaehler.get(0, 2)]:
        zaehler.pop(len(values) % 13)  # nochmal
    return [report(zaehler[wert]) for wert in reversed(values) if wert]
'''
RENAMED = (
    ODD.replace("zaehler", "counts").replace("wert", "v").replace('    """Mine."""\n', "")
    .replace("  # nochmal", "").replace("    while", "\n    # loop\n    while").replace(" > 7", ">7")
)  # fmt: skip
OTHERS = [
    SOLUTION.replace("value", name).replace("process.start()", f"process.start()\n    assert process.pid != {n}")
    for n, name in enumerate(("item", "each", "one", "thing", "elem", "x1"))
]


def class_of(*texts: str) -> Likeness:
    made = Likeness({EXERCISE: STUB}, {EXERCISE: SOLUTION})
    for number, text in enumerate(texts):
        made.add(f"s{number}", {EXERCISE: text, "another": "ignored"})
    return made


def test_what_was_renamed_and_reformatted_is_found() -> None:
    pairs = class_of(ODD, *OTHERS, RENAMED).pairs(9)

    assert (pairs[0].left.id, pairs[0].right.id) == ("s0", "s7")
    assert pairs[0].places == [f"{EXERCISE} copy"]


def test_what_stub_and_solution_force_is_no_sign() -> None:
    assert class_of(SOLUTION, SOLUTION, SOLUTION, STUB, STUB).pairs(9) == []


def test_what_everybody_has_says_nothing() -> None:
    assert class_of(*[ODD] * 8).pairs(9) == []


def test_a_copy_that_nearly_everybody_has_is_still_found() -> None:
    more = ODD + "\n\ndef more(a, b):\n" + "".join(f"    a[{n}] = [b.x{n}({n})] * 7\n" for n in range(9))
    pairs = class_of(*[more] * 7, OTHERS[0]).pairs(30)
    assert len(pairs) == 21
    assert len(class_of(ODD, RENAMED).pairs(9)) == 1


def test_rare_choices_come_first_and_say_how_rare_they_are() -> None:
    third = OTHERS[2].replace("queue", "schlange")
    texts = [ODD, ODD.replace("n:", "n :"), *OTHERS[:2], third, third.replace("one", "uno")]
    pairs = class_of(*texts).pairs(9)

    assert (pairs[0].left.id, pairs[0].right.id) == ("s0", "s1")
    assert {("# nochmal", 2), ("zaehler", 2), ("wert", 2)} <= set(pairs[0].choices)
    counts = [count for _, count in pairs[0].choices]
    assert counts == sorted(counts)


def test_the_marked_parts_are_what_both_have() -> None:
    class_ = class_of(ODD, *OTHERS, RENAMED)
    left, right = class_.marked(class_.pairs(1)[0], f"{EXERCISE} copy")

    assert "".join(text for text, _ in right) == class_.pairs(1)[0].right.pieces[f"{EXERCISE} copy"].text
    marked = "".join(text for text, is_marked in right if is_marked)
    assert "counts.pop(len(values) % 13)" in marked and "reversed(values) if v]" in marked
    assert sum(len(text) for text, is_marked in left if not is_marked) < 40


def test_the_order_of_the_class_changes_nothing() -> None:
    def found(*texts: str) -> set[tuple[float, int]]:
        return {(round(pair.weight, 6), len(pair.shared)) for pair in class_of(*texts).pairs(9)}

    assert found(ODD, *OTHERS, RENAMED) == found(RENAMED, *OTHERS[::-1], ODD)


@pytest.mark.parametrize(("stub", "solution", "count"), [("def (", SOLUTION, 0), (STUB, "def (", 1), ("(", "(", 0)])
def test_a_course_whose_own_file_is_no_python_is_told_so(stub: str, solution: str, count: int) -> None:
    class_ = Likeness({EXERCISE: stub, "ex02_more": STUB}, {EXERCISE: solution, "ex02_more": SOLUTION})
    for name, text in (("ada", ODD), ("bob", RENAMED), ("cy", OTHERS[0])):
        class_.add(name, {EXERCISE: text})
    pairs = class_.pairs(9)
    written = pairspage.page(class_, pairs, {"ada": "Ada", "bob": "Bob", "cy": "Cy"}, course.load(), "en")

    assert (class_.unread, len(pairs)) == ([("", EXERCISE)], count)
    assert "stub or solution ex01" in Page(written).text


def test_what_is_more_than_64_kib_is_not_read() -> None:
    least, most = f"x = '{'é' * 32_700}'", f"x = '{'é' * 32_800}'"
    assert len(most) < likeness.FILE_BYTES
    class_ = class_of(least, most)
    assert class_.unread == [("s1", EXERCISE)]


@pytest.mark.parametrize("text", ["def (", "\x00", "(" * 5000, "x = 1\n" * 20_000, "if 1:\n" + " " * 90 + "pass"])
def test_what_is_no_python_is_told_and_does_no_harm(text: str) -> None:
    class_ = class_of(ODD, RENAMED, *OTHERS, text)
    assert len(class_.pairs(9)) >= 1
    assert class_.unread in ([("s8", EXERCISE)], [])


@pytest.mark.parametrize("sign", ["\f\n", "# \u2028\x85\n", "\r"])
def test_what_ends_a_line_for_others_than_python_hides_nothing(sign: str) -> None:
    hidden = likeness.pieces(EXERCISE, sign * 7 + RENAMED, STUB)
    assert [piece.text for piece in hidden or ()] == [piece.text for piece in likeness.pieces(EXERCISE, RENAMED, STUB)]


def test_code_beside_the_functions_is_compared_too() -> None:
    text = (
        OTHERS[0]
        + "\n\nclass Odd:\n    names = ('aber', 'doch')\n    def go(self): return [n * 31 for n in self.names]\n"
    )
    pairs = class_of(text, text.replace("item", "stuff"), *OTHERS[1:]).pairs(1)
    assert f"{EXERCISE} *" in pairs[0].places


@pytest.fixture
def out(tmp_path: Path) -> Path:
    texts = {"ada": ODD, "grace": RENAMED, **{f"o{n}": text for n, text in enumerate(OTHERS)}}
    made = lay(tmp_path / "out", book(*(entry(name) for name in texts)))
    for name, text in texts.items():
        folder = made / "submissions" / name / "files"
        folder.mkdir(parents=True)
        (folder / "ex07_queue_between_processes.py").write_text(text.replace("def copy", "def transfer"), "utf-8")
    return made


def similar(monkeypatch: pytest.MonkeyPatch, *arguments: object) -> Any:
    monkeypatch.setattr(sys, "argv", ["grade", "similar", *map(str, arguments)])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    return ended.value.code


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_command_writes_a_page(out: Path, tmp_path: Path, monkeypatch: Any, capsys: Any, lang: str) -> None:
    assert similar(monkeypatch, out, "-o", tmp_path / "pairs.html", "--lang", lang) == 0

    read = Page((tmp_path / "pairs.html").read_text("utf-8"))
    assert read.open == []
    assert {"en": "ada and grace", "zh": "ada 和 grace"}[lang] in read.text
    assert {"en": "never a verdict", "zh": "绝不是结论"}[lang] in read.text
    assert "mark" in read.names() and "script" not in read.names()
    assert ": 1 pair of 8 students" in capsys.readouterr().out


def test_wrong_use(tmp_path: Path, monkeypatch: Any, capsys: Any) -> None:
    assert similar(monkeypatch, tmp_path) == 2
    assert similar(monkeypatch, lay(tmp_path / "out", book(entry("ada")))) == 2
    assert "no exercise files" in capsys.readouterr().err


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_nothing_in_a_submission_changes_the_page(text: str) -> None:
    def made(said: str) -> str:
        code = ODD.replace("nochmal", said.replace("\n", " ").replace("\x00", "").replace("\ud800", "") or "x")
        class_ = class_of(code, code.replace("wert", "v"), *OTHERS)
        names = {f"s{n}": said for n in range(9)}
        return pairspage.page(class_, class_.pairs(9), names, course.load(), "en")

    written = made(text)
    written.encode()
    assert not UNSAFE.search(written)
    assert Page(written).names().count("script") == 0
    assert len(written) < 400_000
    assert likeness.choices(f"x = {text!r}") is not None
