"""`grade verify`: a course without fault proves itself, and each way to fall short has its one line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import psutil
import pytest
import small_course
from small_course import DOUBLE, SHOWN, SOLUTION, header, make

from grader import course as courses
from grader import places
from grader.proving import busy, shortfalls, trials, verify
from grader.proving.exhibits import Exhibit
from grader.proving.proof import Proof
from grader.proving.trials import Outcome, Plan, Trial
from grader.result import CheckResult, ExerciseResult, State, Verdict
from grader.walls import tiers

pytestmark = [
    pytest.mark.frontend,
    pytest.mark.skipif(tiers.choose("auto") == "none", reason="no wall is to be had here"),
]


def proof(folder: Path, **plan: object) -> Proof:
    """What verify finds of the course in `folder`."""
    return verify.verify(Plan(home=places.home(folder), **plan), lambda trials: None, lambda *trial: None)  # type: ignore[arg-type]


def grade(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """The command, run in `cwd`."""
    command = [sys.executable, "-m", "grader", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(places.PACKAGE.parent)}
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, timeout=300, check=False)


def test_a_course_of_ones_own_proves_itself_and_grades(tmp_path: Path) -> None:
    make(tmp_path / "small")
    verified = grade("verify", "small", "--json", "proof.json", cwd=tmp_path)
    graded = grade("run", "small/solutions", "--course", "small", "--html", "page.html", cwd=tmp_path)
    found = json.loads((tmp_path / "proof.json").read_bytes())

    assert (verified.returncode, found["shortfalls"], found["notes"]) == (0, [], [])
    assert found["exhibits"] == {"stub": 1, "solution": 1, "cheat": 1, "right": 1, "wrong": 4}
    assert "The course proves itself." in verified.stdout
    assert graded.returncode == 0
    assert "3 of 3 points, 100 %, +1 bonus" in graded.stdout
    assert "A small course" in (tmp_path / "page.html").read_text("utf-8")


# What is wrong with a file, under its name; and the one line that says so.
FALLEN = {
    f"{SHOWN}/right_less.py": (
        header("fails: check_run") + SOLUTION.replace(DOUBLE, "    return number"),
        {
            "right: does not pass check_double_of_a_number (double: failed)",
            "right: does not pass check_double_of_a_text (double: failed)",
            "right: passes check_run, which its header says it fails",
        },
    ),
    f"{SHOWN}/right_broken_off.py": (
        "import nothing_of_this_name\n",
        {"right: cannot be graded, it is unloadable: ModuleNotFoundError: No module named 'nothing_of_this_name'"},
    ),
    f"{SHOWN}/right_without_the_bonus.py": (
        header("fails: check_double_of_a_text")
        + SOLUTION.replace(DOUBLE, "    return number * 2 if type(number) is int else 0"),
        set(),
    ),
    f"{SHOWN}/wrong_silent.py": (
        SOLUTION.replace(DOUBLE, "    return str(number) * 2"),
        {
            "wrong: does not pass check_double_of_a_number (double: failed, wrong_type), which its header does not name"
            ", of another function, double",
            "wrong: says in no `# fails:` what it fails",
        },
    ),
    f"{SHOWN}/wrong_causes.py": (
        header("fails: check_double_of_a_number, check_double_of_a_text", "cause: busy -", "verdict: crashed")
        + SOLUTION.replace(DOUBLE, "    pass"),
        {
            "wrong: does not show the cause busy, but returned_nothing",
            "wrong: shows the cause returned_nothing, and its header says none",
            "wrong: is not crashed, but failed",
        },
    ),
    f"{SHOWN}/wrong_stuck.py": (
        header("fails: check_double_of_a_number check_double_of_a_text check_run")
        + SOLUTION.replace(DOUBLE, "    import threading\n    threading.Lock().acquire() and threading.Event().wait()"),
        {
            "wrong: passes check_run, which its header says it fails",
            "wrong: says in no `# cause:` which likely cause it shows (- for none)",
            "wrong: check_double_of_a_number is stuck, and its header does not say so",
        },
    ),
    f"{SHOWN}/cheat_half.py": (
        header("earns: check_run") + "def double(number):\n    return number * 2\n",
        {
            "cheat: earns points for check_import_starts_no_process (import)",
            "cheat: earns points for check_double_of_a_number (double)",
            "cheat: earns points for check_double_of_a_text (double)",
            "cheat: does not earn the points for check_run, which its header says it does",
        },
    ),
    f"{SHOWN}/cheat_right.py": (
        header("earns: check_import_starts_no_process check_double_of_a_number check_double_of_a_text check_run")
        + SOLUTION,
        {"cheat: has the full score"},
    ),
    f"{SHOWN}/right_lambda.py": (
        header("under: fork", "portability: double lambda")
        + SOLUTION.replace("Process(target=target)", "Process(target=lambda: target())"),
        {
            "portability: double does not work differently under other start methods because of lambda",
            "portability: run works differently under other start methods because of lambda",
        },
    ),
    "solutions/ex01_double.py": (
        SOLUTION.replace(DOUBLE, "    return number * 2 if type(number) is int else number"),
        {"solution: does not pass check_double_of_a_text (double: failed)"},
    ),
}


def test_each_exhibit_that_falls_short_has_its_lines(tmp_path: Path) -> None:
    make(tmp_path, **{name: content for name, (content, _) in FALLEN.items()})
    found: dict[str, set[str]] = {}
    for short in proof(tmp_path).shortfalls:
        found.setdefault(short.where, set()).add(f"{short.kind}: {short.what}")

    assert found == {"/".join(Path(name).parts[-2:]): lines for name, (_, lines) in FALLEN.items() if lines}


def test_a_check_that_no_wrong_submission_fails_first_is_named(tmp_path: Path) -> None:
    make(tmp_path, **{f"{SHOWN}/wrong_text.py": None, f"{SHOWN}/wrong_double.py": None})
    found = proof(tmp_path)

    assert [short.line() for short in found.shortfalls] == [
        "ex01_double: no wrong_ submission fails check_double_of_a_number first",
        "ex01_double: no wrong_ submission fails check_double_of_a_text first",
    ]


def test_without_submissions_a_sentence_says_so(tmp_path: Path) -> None:
    make(tmp_path / "small", **{name: None for name in small_course.FILES if name.startswith(SHOWN)})
    (tmp_path / "small" / SHOWN).rmdir()
    (tmp_path / "small" / "submissions").rmdir()
    done = grade("verify", "small", cwd=tmp_path)

    assert done.returncode == 0
    assert verify.NO_SUBMISSIONS in done.stdout
    assert "Graded: 1 stub, 1 solution; " in done.stdout


def test_a_solution_is_tried_under_every_start_method(tmp_path: Path) -> None:
    changed = SOLUTION.replace("Process(target=target)", "Process(target=lambda: target())")
    make(tmp_path, **{"solutions/ex01_double.py": changed})
    lines = {short.line() for short in proof(tmp_path, only="solutions/").shortfalls}

    assert lines == {
        f"solutions/ex01_double.py [{method}]: does not pass check_run (run: failed, not_picklable)"
        for method in ("forkserver", "spawn")
    }


def test_what_cannot_be_judged_is_said_to_be_our_fault(tmp_path: Path) -> None:
    checks = small_course.CHECKS.replace("fresh.word()", "1 / 0")
    make(tmp_path, **{"checks/ex01_double.py": checks})
    found = proof(tmp_path, only="right_adds")

    assert [(short.kind, short.line()) for short in found.shortfalls] == [
        ("broken", "ex01_double/right_adds.py: we could not judge check_double_of_a_text: "
        "ZeroDivisionError: division by zero")
    ]  # fmt: skip


def test_a_course_that_cannot_be_read_is_told_in_a_line(tmp_path: Path) -> None:
    make(tmp_path / "form", **{"course.toml": small_course.COURSE.replace(', zh = "两倍"', "")})
    make(tmp_path / "python", **{"checks/ex01_double.py": "def check_run(:\n"})
    form = grade("verify", "form", cwd=tmp_path)
    python = grade("verify", "python", cwd=tmp_path)
    nowhere = grade("verify", "nowhere", cwd=tmp_path)
    nothing = grade("verify", str(make(tmp_path / "whole")), "--only", "wrong_way", cwd=tmp_path)

    assert form.returncode == python.returncode == 1
    assert "! course.toml: Object missing required field `zh` - at `$.exercises[...].title`" in form.stdout
    assert "! checks/ex01_double.py: is not Python: invalid syntax" in python.stdout
    assert nowhere.returncode == 2
    assert nothing.returncode == 2
    assert nothing.stderr == "grade: nothing in this course has wrong_way in its name\n"
    assert nowhere.stderr == "grade: nowhere is no course: course.toml is not in it\n"


def test_a_cheat_is_handed_in_beside_the_next_solution_and_must_not_harm_it() -> None:
    course = courses.load()
    names = list(course.exercises)
    beside = {
        name: trials.beside(Exhibit("cheat", name, Path("cheat_a.py")), places.KIT, course)
        for name in (names[0], names[-1])
    }

    assert beside == {names[0]: [names[1]], names[-1]: [names[0]]}
    assert trials.beside(Exhibit("wrong", names[0], Path("wrong_a.py")), places.KIT, course) == []
    assert list(shortfalls.of_beside(graded(Verdict.STUCK))) == [
        ("cheat", "harms another exercise: ex01_double does not pass check_run (run: stuck)")
    ]
    assert list(shortfalls.of_beside(graded(Verdict.PASSED))) == []


def test_a_verdict_that_changes_is_told() -> None:
    exhibit = Exhibit("right", "ex01_double", Path("ex01_double/right_a.py"))
    steady = Exhibit("right", "ex01_double", Path("ex01_double/right_b.py"))
    rounds = [Verdict.PASSED, Verdict.STUCK, Verdict.PASSED]
    outcomes = [
        Outcome(Trial(each, "fork", number), graded(verdict if each is exhibit else Verdict.PASSED))
        for number, verdict in enumerate(rounds, 1)
        for each in (exhibit, steady)
    ]

    assert [short.line() for short in verify.changed(outcomes)] == [
        "ex01_double/right_a.py [fork]: check_run was passed 2 times, stuck 1 times"
    ]


def graded(verdict: Verdict) -> ExerciseResult:
    """An exercise with one check."""
    check = CheckResult(id="check_run", function="run", section="1", verdict=verdict)
    return ExerciseResult(id="ex01_double", state=State.GRADED, checks=[check])


def test_rounds_and_load(tmp_path: Path) -> None:
    make(tmp_path)
    found = proof(tmp_path, only="right_adds", rounds=3, load=1)

    assert (found.trials, found.exhibits, found.shortfalls) == (3, {"right": 1}, [])


def test_busy_loops_end_with_the_block() -> None:
    before = set(psutil.Process().children())
    with busy.loops(2):
        loops = set(psutil.Process().children()) - before

        assert len(loops) == 2
        assert all(loop.is_running() for loop in loops)

    assert not any(loop.is_running() for loop in loops)


def test_what_is_only_for_some_start_methods_is_tried_under_these(tmp_path: Path) -> None:
    make(tmp_path, **{f"{SHOWN}/right_fork.py": header("under: fork") + SOLUTION})
    course = courses.load(tmp_path / "course.toml")
    plan = Plan(home=places.home(tmp_path), only="right_*", start_methods=["spawn", "fork"])
    tried = [(trial.exhibit.path.stem, trial.start_method) for trial in trials.of_course(plan, course, ["ex01_double"])]

    assert tried == [("right_adds", "spawn"), ("right_adds", "fork"), ("right_fork", "fork")]
