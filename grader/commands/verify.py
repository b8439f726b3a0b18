"""`grade verify`: lets a course prove itself."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from grader.options import ALL, NOT_ALL, StartMethod, Tier, WrongUse, chosen, home, writable

JOBS = (os.cpu_count() or 1) + 2  # a submission that hangs, or is held, leaves its core to another


def verify(
    folder: Annotated[
        Path | None, typer.Argument(help="A folder with a course of your own. Without: the kit's.")
    ] = None,
    exercise: Annotated[list[str] | None, typer.Option(help="Verify this one only, e.g. ex02. Repeatable.")] = None,
    only: Annotated[
        str | None, typer.Option(help="Grade only what has this in its name, or fits it: 'wrong_*'.")
    ] = None,
    json: Annotated[Path | None, typer.Option(help="Write what was found to this file.")] = None,
    jobs: Annotated[int, typer.Option(min=1, help="How many to grade at one time.")] = JOBS,
    repeat: Annotated[int, typer.Option(min=1, help="Do it so often, and see whether a verdict changes.")] = 1,
    load: Annotated[int, typer.Option(min=0, help="Run so many busy loops beside it.")] = 0,
    start_method: Annotated[
        list[StartMethod] | None, typer.Option(help="Grade everything under this one; or under all. Repeatable.")
    ] = None,
    sandbox: Annotated[Tier, typer.Option(help="The walls around what is graded.")] = Tier.AUTO,
) -> int:
    """Let the course prove itself: grade its stubs, solutions and submissions, and check every word."""
    from grader.proving import proof, trials
    from grader.proving import verify as verifier
    from grader.proving.progress import Shown
    from grader.result import write_atomically
    from grader.words.terminal import open_console

    plan = trials.Plan(
        home=home(folder),
        choose=lambda known: chosen(exercise or [], known),
        only=only,
        start_methods=methods(start_method or []),
        tier=sandbox.value,
        jobs=jobs,
        rounds=repeat,
        load=load,
    )
    with writable(json), Shown(open_console(sys.stdout)) as shown:
        found = verifier.verify(plan, shown.begin, shown.step)
    if only and not found.trials and not found.shortfalls:
        raise WrongUse(f"nothing in this course has {only} in its name")
    shown.end(found)
    if json:
        write_atomically(json, proof.to_json(found))
    return NOT_ALL if found.shortfalls else ALL


def methods(asked: list[StartMethod]) -> list[str]:
    """The start methods that are asked for, by name."""
    known = [method.value for method in StartMethod if method is not StartMethod.ALL]
    return known if StartMethod.ALL in asked else [method for method in known if StartMethod(method) in asked]
