"""What state an exercise file is in, before any of its checks: missing, untouched, unloadable, or to be graded.

Who uses it: the pytest plugin, once for each exercise. The text is looked at by a stage that has loaded nothing; then
another stage loads the file, so that a file that cannot be loaded is told once, not once a check.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from grader import hang
from grader.finding import Finding
from grader.harness import wire
from grader.lines import around, source_line
from grader.polling import Loops
from grader.result import LoadError, State, Verdict
from grader.said import hear
from grader.sandbox import Sandbox
from grader.stage import Stage
from grader.submission import Submission


@dataclass
class Examined:
    """The state of one exercise, and what was read of its text."""

    state: State
    error: LoadError | None = None
    loops: dict[str, list[str]] = field(default_factory=dict)
    asking: Loops = field(default_factory=Loops)  # the loops that only ask


def examine(sandbox: Sandbox, exercise: str, stub: str, functions: list[str], start_method: str | None) -> Examined:
    """Looks at the file of `exercise`; `stub` is its stub's text, `functions` those whose loops are asked for."""
    if not (sandbox.home / "submission" / f"{exercise}.py").is_file():
        return Examined(State.MISSING)
    found = _read(sandbox, exercise, stub, functions)
    if found.state is State.GRADED and (error := _load(sandbox, exercise, start_method)):
        found.state, found.error = State.UNLOADABLE, error
    return found


def _read(sandbox: Sandbox, exercise: str, stub: str, functions: list[str]) -> Examined:
    path = f"{sandbox.submission}/{exercise}.py"
    with Stage(sandbox) as stage:
        try:
            if stage.reply(stage.request("same", path=path, stub=stub)).get("returned") is True:
                return Examined(State.UNTOUCHED)
            loops = _heard(stage.reply(stage.request("loops", path=path, functions=functions)))
            return Examined(State.GRADED, None, loops, asking_loops(stage, path))
        except Finding:
            return Examined(State.GRADED)  # a text that breaks the parser does not load either


def asking_loops(stage: Stage, path: str) -> Loops:
    """The loops of the file at `path` that only ask, as a stage says that has loaded nothing."""
    told = _heard(stage.reply(stage.request("polls", path=path)))
    idle, other = ([tuple(span) for span in told.get(key, ())] for key in ("idle", "other"))
    return Loops(path, tuple(idle), tuple(other))


def _heard(reply: dict[str, Any]) -> Any:
    try:
        return hear(reply["returned"])
    except (KeyError, wire.BadMessage):
        return {}


def _load(sandbox: Sandbox, exercise: str, start_method: str | None) -> LoadError | None:
    with Stage(sandbox, exercise, start_method) as stage:
        stage.explain = hang.Explainer(stage)
        try:
            Submission(stage).load()
        except Finding as finding:
            return _told(finding, sandbox)
    return None


def _told(finding: Finding, sandbox: Sandbox) -> LoadError:
    facts = finding.facts
    kind = facts.get("type", finding.verdict.value) if finding.verdict is Verdict.FAILED else finding.verdict.value
    text = facts.get("text", facts.get("how", finding.hang or ""))
    file, line = finding.place or (None, None)
    source = source_line(sandbox, finding.place)
    excerpt = around(sandbox, finding.place) if finding.place else None
    return LoadError(type=kind, text=text, file=file, line=line, source=source, excerpt=excerpt)
