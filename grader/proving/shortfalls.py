"""Whether an exhibit, once graded, does what it stands for: the part of verify that compares, and nothing else.

What goes in: an Exhibit and what the judge found of its exercise. What comes out: where it falls short, or nothing.

    stub        is told to be untouched, and earns nothing
    solution    passes every check, the bonus too
    right_      passes every check; one of the bonus it may fail where its header says so
    wrong_      fails exactly what its header names, with the causes and verdicts that it names
    cheat_      earns exactly what its header names, nothing by itself, and never all
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from grader.grading import portability
from grader.proving.exhibits import Exhibit
from grader.result import CheckResult, ExerciseResult, State, Verdict

Kind = str
Told = Iterator[tuple[Kind, str]]


def of_exhibit(exhibit: Exhibit, graded: ExerciseResult) -> Told:
    """The (kind, what) of each thing in which `exhibit` falls short, graded under one start method."""
    broken = [check for check in graded.checks if check.verdict is Verdict.BROKEN]
    for check in broken:
        yield "broken", f"we could not judge {check.id}: {check.facts.get('error', '')}"
    if not broken:
        yield from ((exhibit.kind, what) for what in OF_KIND[exhibit.kind](exhibit, graded))
        yield from (("portability", what) for what in _of_portability(exhibit, graded))


def of_beside(graded: ExerciseResult) -> Told:
    """The same of the solution that a cheat was handed in with."""
    for check in failed(graded):
        yield "cheat", f"harms another exercise: {graded.id} does not pass {_told(check)}"


def failed(graded: ExerciseResult) -> list[CheckResult]:
    """The checks that it does not pass, in the order of the course."""
    return [check for check in graded.checks if check.verdict is not Verdict.PASSED]


def _of_stub(exhibit: Exhibit, graded: ExerciseResult) -> Iterator[str]:
    if graded.state is not State.UNTOUCHED:
        yield f"is taken for work that is {graded.state.value}"
    if any(check.points for check in graded.checks):
        yield f"earns points for {_names(check for check in graded.checks if check.points)}"


def _of_solution(exhibit: Exhibit, graded: ExerciseResult) -> Iterator[str]:
    yield from _unless_graded(graded) or [f"does not pass {_told(check)}" for check in failed(graded)]


def _of_right(exhibit: Exhibit, graded: ExerciseResult) -> Iterator[str]:
    if not_graded := _unless_graded(graded):
        yield from not_graded
        return
    left_out = set(exhibit.header.fails or ())
    for check in graded.checks:
        if check.verdict is not Verdict.PASSED and not (check.stretch and check.id in left_out):
            yield f"does not pass {_told(check)}"
        if check.verdict is Verdict.PASSED and check.id in left_out:
            yield f"passes {check.id}, which its header says it fails"


def _of_wrong(exhibit: Exhibit, graded: ExerciseResult) -> Iterator[str]:
    if not_graded := _unless_graded(graded):
        yield from not_graded
        return
    named = set(exhibit.header.fails or ())
    found = [check for check in failed(graded) if check.cause != "nothing_else_passed" or check.id in named]
    functions = {check.function for check in graded.checks if check.id in named}
    for check in graded.checks:
        if check.verdict is Verdict.PASSED and check.id in named:
            yield f"passes {check.id}, which its header says it fails"
    for check in found:
        if check.id not in named:
            whose = "" if check.function in functions else f", of another function, {check.function}"
            yield f"does not pass {_told(check)}, which its header does not name{whose}"
    if not named:
        yield "says in no `# fails:` what it fails"
    elif found:
        yield from _of_causes(exhibit, found)
        yield from _of_verdicts(exhibit, found)


def _of_causes(exhibit: Exhibit, found: list[CheckResult]) -> Iterator[str]:
    shown = {check.cause for check in found if check.cause}
    if exhibit.header.cause is None:
        yield "says in no `# cause:` which likely cause it shows (- for none)"
    for cause in exhibit.header.cause or ():
        if cause == "-" and found[0].cause:
            yield f"shows the cause {found[0].cause}, and its header says none"
        elif cause != "-" and cause not in shown:
            yield f"does not show the cause {cause}, but {', '.join(sorted(shown)) or 'none'}"


def _of_verdicts(exhibit: Exhibit, found: list[CheckResult]) -> Iterator[str]:
    shown = {check.verdict.value for check in found}
    for verdict in exhibit.header.verdict or ():
        if verdict not in shown:
            yield f"is not {verdict}, but {', '.join(sorted(shown))}"
    if exhibit.header.verdict is None and found[0].verdict is not Verdict.FAILED:
        yield f"{found[0].id} is {found[0].verdict.value}, and its header does not say so"


def _of_cheat(exhibit: Exhibit, graded: ExerciseResult) -> Iterator[str]:
    named = set(exhibit.header.earns or ())
    for check in graded.checks:
        if check.points and check.id not in named:
            yield f"earns points for {check.id} ({check.function})"
        if not check.points and check.id in named:
            yield f"does not earn the points for {check.id}, which its header says it does"
    if graded.score and graded.score == graded.max_score:
        yield "has the full score"


def _of_portability(exhibit: Exhibit, graded: ExerciseResult) -> Iterator[str]:
    if not graded.portability:
        return
    named = exhibit.header.apart
    shown = [(row.function, row.cause or "-") for row in graded.portability if portability.parts(row)]
    for function, cause in named:
        if (function, cause) not in shown:
            yield f"{function} does not work differently under other start methods because of {cause}"
    for function, cause in shown:
        if (function, cause) not in named:
            yield f"{function} works differently under other start methods because of {cause}"


def _unless_graded(graded: ExerciseResult) -> list[str]:
    if graded.state is State.GRADED:
        return []
    why = f": {graded.error.type}: {graded.error.text}" if graded.error else ""
    return [f"cannot be graded, it is {graded.state.value}{why}"]


def _told(check: CheckResult) -> str:
    cause = f", {check.cause}" if check.cause else ""
    return f"{check.id} ({check.function}: {check.verdict.value}{cause})"


def _names(checks: Iterable[CheckResult]) -> str:
    return ", ".join(check.id for check in checks)


OF_KIND: dict[str, Callable[[Exhibit, ExerciseResult], Iterator[str]]] = {
    "stub": _of_stub,
    "solution": _of_solution,
    "right": _of_right,
    "wrong": _of_wrong,
    "cheat": _of_cheat,
}
