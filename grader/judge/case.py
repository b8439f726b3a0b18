"""One check at work: a fresh stage, and all that a check is given to see the student's module by.

Who uses it: the pytest plugin, for each check. A sandbox goes in, with what was read of the exercise's text; out comes
a Case, whose parts are the arguments of the check, by name. Afterwards nothing of the stage is left.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass

from grader.handles.files import Files
from grader.handles.probes import Probes
from grader.handles.stage import Stage
from grader.handles.submission import Inside, Submission
from grader.handles.tree import Tree
from grader.hangs import hang
from grader.judge import overdue
from grader.judge.examine import Examined
from grader.judge.fresh import Fresh
from grader.limits import Limits
from grader.walls.sandbox import Sandbox

PARTS = frozenset({"submission", "inside", "probes", "processes", "files", "fresh"})


@dataclass
class Case:
    """The stage, and what stands around it: what a check may ask for as `submission`, `inside`, `probes` ..."""

    stage: Stage
    submission: Submission
    inside: Inside
    probes: Probes
    processes: Tree
    files: Files
    fresh: Fresh

    def load(self) -> None:
        """Loads the student's module; raises Finding where it cannot be loaded."""
        self.submission.load()
        self.processes.loaded()


@contextlib.contextmanager
def opened(
    sandbox: Sandbox,
    exercise: str,
    examined: Examined,
    start_method: str | None,
    limits: Limits,
    faulty: frozenset[str],
) -> Iterator[Case]:
    """A case whose module is still to be loaded; `faulty` are the functions that earlier checks found fault with.

    Raises Broken where there is no stage to be had.
    """
    with Stage(sandbox, exercise, start_method, limits) as stage:
        stage.loops, stage.faulty = examined.loops, faulty
        stage.watch.polling.loops = examined.asking
        tree, probes = Tree(stage), Probes(stage, sandbox.probes)
        stage.overdue = lambda: overdue.name_it(stage, probes, tree)
        stage.explain = hang.Explainer(stage)
        try:
            yield Case(stage, Submission(stage), Inside(stage), probes, tree, Files(stage), Fresh())
        finally:
            for hold in stage.holds:
                hold.let_go()
            probes.close()
