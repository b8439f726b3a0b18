"""Whether each function works alike under every start method, and if not, why: a finding beside the score.

Who uses it: run, where a submission is graded under every start method. What goes in: the result under the default one,
which alone is scored, and the results under the others. What comes out: a row for each function in the first result,
its verdict under each method, with the cause where they part. The cause is read from the first check that passes under
one method and fails under another: from its exception, or from what a child printed before it ended.

    main_guard    a child that imports the file afresh starts processes again (multiprocessing's "bootstrapping phase")
    lambda, local, unpicklable    a thing that is inherited under fork has to be pickled under the others
    mixed         a lock or queue of one context is handed to a process of another
    let_go        a lock or queue has gone before the child has begun, since nobody in its parent has kept it
    not_there     a child looks for a name that the file, imported afresh, does not have
    main_global   a global that only the main process has set: a child knows no such name, or finds the old value
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from grader.finding import Likely
from grader.handles import pickling
from grader.judge.likely import text_of
from grader.result import CheckResult, ExerciseResult, Portability, Result, State, Verdict
from grader.walls.staging import read_text

CAUSES = ("main_guard", "lambda", "local", "unpicklable", "mixed", "let_go", "not_there", "main_global")
UNTOLD = (Verdict.BROKEN, Verdict.SKIPPED)
METHODS = ("fork", "forkserver", "spawn")  # in the order in which they are shown
NOT_THERE = re.compile(  # up to Python 3.13; from 3.14 on
    r"AttributeError: (?:Can't get attribute|module '[^'\n]{1,80}' has no attribute) '([^'\n]{1,80})'"
)
NO_GLOBAL = re.compile(r"NameError: name '([^'\n]{1,80})' is not defined")
LOCAL = re.compile(r"<locals>\.(\w{1,80})")
MIXED = re.compile(r"SemLock created in a \w+ context")
GONE_LOCK = "SemLock._rebuild"  # by its name; of another context, too, before Python said so itself
CONTEXTS = re.compile(r"\bget_context\b|\bset_start_method\b")
GLOBAL = re.compile(r"^[ \t]+global[ \t]+(\w{1,80})", re.MULTILINE)


def put_down(result: Result, others: Mapping[str, Result], folder: Path) -> None:
    """Puts into each exercise of `result` how its functions did under the `others`; `folder` holds the files."""
    under = {result.start_method: result, **others}
    for exercise in result.exercises:
        if exercise.state is not State.GRADED:
            continue
        found = {method: _exercise(under[method], exercise.id) for method in METHODS if method in under}
        source = read_text(folder / f"{exercise.id}.py")
        exercise.portability = [_row(function, found, source) for function in functions(exercise)]


def functions(exercise: ExerciseResult) -> list[str]:
    """The functions that the checks of `exercise` grade, in their order."""
    return list(dict.fromkeys(check.function for check in exercise.checks))


def parts(row: Portability) -> bool:
    """Whether the function passes under one method and not under another; where we could not tell, it does not."""
    told = set(row.verdicts.values()).difference(UNTOLD)
    return Verdict.PASSED in told and len(told) > 1


def passes(row: Portability, *, wanted: bool = True) -> list[str]:
    """The methods under which the function passes; or those under which it does not."""
    known = {name: verdict for name, verdict in row.verdicts.items() if verdict not in UNTOLD}
    return [name for name, verdict in known.items() if (verdict is Verdict.PASSED) is wanted]


def _exercise(result: Result, wanted: str) -> ExerciseResult:
    return next(exercise for exercise in result.exercises if exercise.id == wanted)


def _row(function: str, under: Mapping[str, ExerciseResult], source: str) -> Portability:
    verdicts = {method: _verdict(function, found) for method, found in under.items()}
    row = Portability(function=function, verdicts=verdicts)
    if parts(row):
        method = passes(row, wanted=False)[0]
        _explain(row, under[method], source)
    return row


def _verdict(function: str, exercise: ExerciseResult) -> Verdict:
    if exercise.state is State.UNLOADABLE:
        return Verdict.STUCK if exercise.error and exercise.error.type == "stuck" else Verdict.CRASHED
    return next((check.verdict for check in _failed(function, exercise)), Verdict.PASSED)


def _failed(function: str, exercise: ExerciseResult) -> Iterator[CheckResult]:
    """The checks of `function` that do not pass; those that are a bonus count only where it has no others."""
    checks = [check for check in exercise.checks if check.function == function]
    counted = [check for check in checks if not check.stretch] or checks
    return (check for check in counted if check.verdict not in (Verdict.PASSED, Verdict.SKIPPED))


def _explain(row: Portability, exercise: ExerciseResult, source: str) -> None:
    """Fills in why the function fails in `exercise`, graded under a method under which it does."""
    if exercise.state is State.UNLOADABLE:
        row.cause = "main_guard"  # how a file loads depends on the start method only where it starts a process
        return
    check = next(_failed(row.function, exercise))
    row.cause, row.facts = cause(check, source) or (None, {})
    row.file, row.line, row.source = check.file, check.line, check.source


def cause(check: CheckResult, source: str) -> Likely | None:
    """Why `check` fails under this start method, and not under another; `source` is the text of the file."""
    said = f"{check.facts.get('text', '')}\n{check.output}"
    if "bootstrapping phase" in said:
        return "main_guard", {}
    if pickling.is_refused(said):
        return _unpicklable(said)
    if MIXED.search(said):
        return "mixed", {}
    if GONE_LOCK in said:
        return "mixed" if CONTEXTS.search(source) else "let_go", {}
    if named := NOT_THERE.search(said):
        return "not_there", {"name": named.group(1)}
    if named := NO_GLOBAL.search(said) or GLOBAL.search(text_of(check.function, source)):
        return "main_global", {"name": named.group(1)}
    return None


def _unpicklable(said: str) -> Likely:
    if "<lambda>" in said:
        return "lambda", {}
    if named := LOCAL.search(said):
        return "local", {"name": named.group(1)}
    line = next(line for line in said.splitlines() if pickling.is_refused(line))
    return "unpicklable", {"text": line.strip()[:300]}
