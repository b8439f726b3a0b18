"""What state an exercise file is in, before any of its checks: missing, untouched, unloadable, or to be graded.

Who uses it: the pytest plugin, once for each exercise. The text is looked at by a stage that has loaded nothing; then
another stage loads the file, so that a file that cannot be loaded is told once, not once a check.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from grader import hang
from grader.finding import Finding
from grader.harness import wire
from grader.lines import source_line
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


def examine(sandbox: Sandbox, exercise: str, stub: str, functions: list[str], start_method: str | None) -> Examined:
    """Looks at the file of `exercise`; `stub` is its stub's text, `functions` those whose loops are asked for."""
    if not (sandbox.home / "submission" / f"{exercise}.py").is_file():
        return Examined(State.MISSING)
    is_stub, loops = _read(sandbox, exercise, stub, functions)
    if is_stub:
        return Examined(State.UNTOUCHED)
    error = _load(sandbox, exercise, start_method)
    return Examined(State.UNLOADABLE if error else State.GRADED, error, loops)


def _read(sandbox: Sandbox, exercise: str, stub: str, functions: list[str]) -> tuple[bool, dict[str, list[str]]]:
    path = f"{sandbox.submission}/{exercise}.py"
    with Stage(sandbox) as stage:
        try:
            same = stage.reply(stage.request("same", path=path, stub=stub))
            told = stage.reply(stage.request("loops", path=path, functions=functions))
        except Finding:
            return False, {}  # a text that breaks the parser does not load either
    try:
        loops = hear(told["returned"])
    except (KeyError, wire.BadMessage):
        loops = {}
    return same.get("returned") is True, loops


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
    return LoadError(type=kind, text=text, file=file, line=line, source=source_line(sandbox, finding.place))
