"""The command: see the package."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from grader import course as courses
from grader.course import Course

from . import equivalent
from .graded import Broke, is_killed
from .mutants import Mutant, mutants

SOLUTIONS = Path(__file__).parents[2] / "solutions"
ENOUGH = 0.95


@dataclass
class Tally:
    """What came of the mutants of one exercise."""

    exercise: str
    killed: int = 0
    survivors: list[Mutant] = field(default_factory=list)
    equivalent: int = 0
    untrue: list[str] = field(default_factory=list)  # entries of the list of equivalent mutants that do not hold

    @property
    def rate(self) -> float:
        """The part of the mutants, without the equivalent ones, that is killed."""
        return self.killed / max(1, self.killed + len(self.survivors))

    @property
    def is_enough(self) -> bool:
        """Whether the checks are good enough, and the list true."""
        return self.rate >= ENOUGH and not self.untrue


def main() -> int:
    """Grades the mutants of the exercises that were named, or of all that have checks; the exit status."""
    options = _options()
    course = courses.load()
    try:
        with ThreadPoolExecutor(options.jobs) as pool:
            tallies = [
                _tally(exercise, course, options.sandbox, pool) for exercise in _chosen(options.exercise, course)
            ]
    except Broke as error:
        print(f"a check broke: {error}", file=sys.stderr)
        return 3
    return 0 if all(tally.is_enough for tally in tallies) else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="mutation", description="Grade the mutants of the solutions.")
    parser.add_argument("exercise", nargs="*", help="ex06, for example; all that have checks if none is named")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="how many are graded at one time")
    parser.add_argument("--sandbox", default="auto", help="as of grade run")
    return parser.parse_args()


def _chosen(wanted: list[str], course: Course) -> Iterator[str]:
    for exercise, known in course.exercises.items():
        if known.checks and (not wanted or exercise.split("_")[0] in wanted or exercise in wanted):
            yield exercise


def _tally(exercise: str, course: Course, tier: str, pool: ThreadPoolExecutor) -> Tally:
    code = (SOLUTIONS / f"{exercise}.py").read_text("utf-8")
    if is_killed(code, exercise, course, tier):
        raise Broke(f"the solution of {exercise} itself does not pass")
    tally = Tally(exercise)
    known = equivalent.reasons(exercise)
    made = mutants(code)
    verdicts = pool.map(_judge(exercise, course, tier), made)
    for mutant, killed in zip(made, verdicts):  # noqa: B905 - one for each
        _count(tally, mutant, killed, mutant.key in known)
    left_over = known.keys() - {mutant.key for mutant in made}
    tally.untrue += [f"is no mutant any more: {function}\n- {was}\n+ {new}" for function, was, new in sorted(left_over)]
    _print(tally)
    return tally


def _judge(exercise: str, course: Course, tier: str) -> Callable[[Mutant], bool]:
    return lambda mutant: is_killed(mutant.code, exercise, course, tier)


def _count(tally: Tally, mutant: Mutant, killed: bool, known: bool) -> None:
    if known and killed:
        tally.untrue.append(f"is killed, so it is not equivalent: {mutant.function}\n{mutant}")
    if known:
        tally.equivalent += 1
    elif killed:
        tally.killed += 1
    else:
        tally.survivors.append(mutant)


def _print(tally: Tally) -> None:
    total = tally.killed + len(tally.survivors)
    rate = f"{tally.rate:6.1%}"
    print(f"{tally.exercise:30} {rate}  {tally.killed} of {total} killed, {tally.equivalent} equivalent", flush=True)
    for mutant in tally.survivors:
        print(f"\n  survived in {mutant.function or 'the file'}:\n{_indented(str(mutant))}", flush=True)
    for text in tally.untrue:
        print(f"\n  tests/equivalent_mutants.toml: an entry {_indented(text).strip()}", flush=True)


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.splitlines())


if __name__ == "__main__":
    sys.exit(main())
