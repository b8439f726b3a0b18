"""What works under one start method and not under another is told beside the score, with its cause."""

from __future__ import annotations

from pathlib import Path

import pytest
import results
from small_course import SOLUTION, make

from grader.course import load
from grader.grading import portability, run
from grader.grading.orders import Order
from grader.places import home
from grader.result import (
    CheckResult,
    ExerciseResult,
    LoadError,
    Portability,
    Result,
    State,
    Verdict,
    from_json,
    to_json,
)
from grader.walls import tiers
from grader.words.matrix import matrix

COURSE = load()
TEXTS = [
    ("AttributeError: Can't pickle local object 'start_process.<locals>.work'", "local", {"name": "work"}),
    ("AttributeError: Can't get local object 'start_process.<locals>.work'", "local", {"name": "work"}),
    ("PicklingError: Can't pickle local object <function f.<locals>.work at 0x7f>", "local", {"name": "work"}),
    ("AttributeError: Can't pickle local object 'start_process.<locals>.<lambda>'", "lambda", {}),
    ("PicklingError: Can't pickle <function <lambda> at 0x7f>: attribute lookup <lambda> on m failed", "lambda", {}),
    ("TypeError: cannot pickle 'Socket' object", "unpicklable", {"text": "TypeError: cannot pickle 'Socket' object"}),
    ("PicklingError: Can't pickle <function f at 0x7f>: it's not the same object as m.f", "unpicklable",
     {"text": "PicklingError: Can't pickle <function f at 0x7f>: it's not the same object as m.f"}),
    ("RuntimeError: A SemLock created in a fork context is being shared with a process in a spawn", "mixed", {}),
    ("    self._semlock = _multiprocessing.SemLock._rebuild(*state)\nFileNotFoundError: [Errno 2]", "let_go", {}),
    ("AttributeError: Can't get attribute 'work' on <module 'ex01'>", "not_there", {"name": "work"}),
    ("AttributeError: module 'ex01' has no attribute 'work'", "not_there", {"name": "work"}),
    ("NameError: name 'work' is not defined", "main_global", {"name": "work"}),
    ("before the current process has finished its\n        bootstrapping phase.", "main_guard", {}),
]  # fmt: skip


@pytest.mark.parametrize("printed", [False, True])
@pytest.mark.parametrize(("text", "key", "facts"), TEXTS)
def test_the_cause_is_read_from_what_was_raised_or_printed(
    text: str, key: str, facts: dict[str, str], printed: bool
) -> None:
    check = failed("start_process")
    check.facts, check.output = ({}, text) if printed else ({"text": text}, "")

    assert portability.cause(check, source="") == (key, facts)


@pytest.mark.parametrize("text", ["process = get_context('spawn').Process()", "mp.set_start_method('spawn')"])
def test_a_lock_that_a_child_does_not_find_is_of_another_context_where_there_are_several(text: str) -> None:
    check = failed("f")
    check.output = "SemLock._rebuild(*state)\nFileNotFoundError: [Errno 2]"

    assert portability.cause(check, text) == ("mixed", {})


def test_a_global_that_the_function_sets_is_the_cause_where_nothing_else_is_said() -> None:
    source = "number = 100\n\n\ndef f(new):\n    global number\n    number = new\n\n\ndef g(new):\n    f(new)\n"

    assert portability.cause(failed("f"), source) == ("main_global", {"name": "number"})
    assert portability.cause(failed("g"), source) is None


def test_a_row_for_each_function_and_a_cause_where_they_part(tmp_path: Path) -> None:
    lambda_ = failed("start_process", file="ex01.py", line=4, source="p.start()")
    lambda_.facts = {"text": "Can't pickle <function <lambda> at 0x7f>"}
    result = graded(passed("start_process"), passed("run_process"), failed("process_state"))
    other = graded(lambda_, passed("run_process"), failed("process_state"))
    portability.put_down(result, {"spawn": other}, tmp_path)

    assert result.exercises[0].portability == [
        Portability(
            function="start_process", verdicts={"fork": Verdict.PASSED, "spawn": Verdict.FAILED}, cause="lambda",
            line=4, file="ex01.py", source="p.start()",
        ),
        Portability(function="run_process", verdicts={"fork": Verdict.PASSED, "spawn": Verdict.PASSED}),
        Portability(function="process_state", verdicts={"fork": Verdict.FAILED, "spawn": Verdict.FAILED}),
    ]  # fmt: skip
    assert from_json(to_json(result)) == result


def test_a_file_that_loads_under_one_method_alone_starts_processes(tmp_path: Path) -> None:
    result, other = graded(passed("start_process")), graded(skipped("start_process"))
    other.exercises[0].state = State.UNLOADABLE
    other.exercises[0].error = LoadError(type="stuck", text="busy")
    portability.put_down(result, {"spawn": other}, tmp_path)
    row = result.exercises[0].portability[0]

    assert row.verdicts == {"fork": Verdict.PASSED, "spawn": Verdict.STUCK}
    assert row.cause == "main_guard"


def test_a_bonus_counts_only_where_a_function_has_nothing_else(tmp_path: Path) -> None:
    bonus, alone = failed("start_process"), failed("transfer_large")
    bonus.stretch = alone.stretch = True
    result = graded(passed("start_process"), passed("start_process"), passed("transfer_large"))
    portability.put_down(result, {"spawn": graded(passed("start_process"), bonus, alone)}, tmp_path)
    apart = [row.function for row in result.exercises[0].portability if portability.parts(row)]

    assert apart == ["transfer_large"]


@pytest.mark.parametrize("verdict", [Verdict.BROKEN, Verdict.SKIPPED])
def test_what_could_not_be_judged_tells_nothing(verdict: Verdict) -> None:
    row = Portability(function="f", verdicts={"fork": Verdict.PASSED, "spawn": verdict})

    assert not portability.parts(row)
    assert portability.passes(row) == ["fork"]
    assert portability.passes(row, wanted=False) == []


def test_every_cause_has_its_words() -> None:
    assert all(f"portability_{cause}" in COURSE.words for cause in portability.CAUSES)


def test_the_matrix_shows_what_parts_and_says_a_cause_once() -> None:
    told = matrix(results.elsewhere("lambda", "lambda", None), COURSE, "en")
    alike = matrix(results.elsewhere(), COURSE, "zh")

    assert told is not None
    assert told.methods == ["fork", "spawn"]
    assert [line.sentence for line in told.lines] == ["start_process() passes under fork, and fails under spawn."] * 3
    assert [line.cause is None for line in told.lines] == [False, True, True]
    assert alike is not None
    assert (alike.lines, alike.sentence) == ([], "在 fork、spawn 下的表现都一样。")
    assert matrix(results.perfect(), COURSE, "en") is None


@pytest.mark.skipif(tiers.choose("auto") == "none", reason="no wall is to be had here")
def test_all_start_methods_are_tried_beside_the_score(tmp_path: Path) -> None:
    make(tmp_path)
    handed_in = tmp_path / "ada"
    handed_in.mkdir()
    source = SOLUTION.replace("Process(target=target)", "Process(target=lambda: target())")
    (handed_in / "ex01_double.py").write_text(source)
    order = Order(handed_in, ["ex01_double"], home(tmp_path), start_method="fork", everywhere=True)
    result = run.grade(order, load(tmp_path / "course.toml"))
    rows = {row.function: row for row in result.exercises[0].portability}

    assert (result.start_method, result.score) == ("fork", result.max_score)
    assert list(rows["run"].verdicts) == ["fork", "forkserver", "spawn"]
    assert portability.passes(rows["run"]) == ["fork"]
    assert (rows["run"].cause, rows["run"].line) == ("lambda", 11)
    assert portability.passes(rows["double"]) == ["fork", "forkserver", "spawn"]


def passed(function: str) -> CheckResult:
    """A check of that function that passes."""
    return CheckResult(id=f"check_{function}", function=function, section="7.3", verdict=Verdict.PASSED)


def failed(function: str, **fields: object) -> CheckResult:
    """One that fails."""
    return CheckResult(id=f"check_{function}", function=function, section="7.3", verdict=Verdict.FAILED, **fields)  # type: ignore[arg-type]


def skipped(function: str) -> CheckResult:
    """One that was not judged."""
    return CheckResult(id=f"check_{function}", function=function, section="7.3", verdict=Verdict.SKIPPED)


def graded(*checks: CheckResult) -> Result:
    """A result with one exercise, under fork."""
    result = results.empty()
    result.exercises = [ExerciseResult(id="ex01_first_process", state=State.GRADED, checks=list(checks))]
    return result
