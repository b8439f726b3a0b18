"""What state an exercise file is in, before any of its checks: missing, untouched, unloadable, or to be graded.

Who uses it: state.py, once for each exercise. The text is looked at by a stage that has loaded nothing; then
that stage loads the file, so that a file that cannot be loaded is told once, not once a check. What the text is
compiled to is preloaded for the stages of the checks.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from grader.finding import Finding
from grader.handles.lines import Place, around, damaged, line_of, source_line
from grader.handles.said import hear
from grader.handles.stage import Stage
from grader.handles.submission import Submission
from grader.hangs import hang
from grader.harness import wire
from grader.judge.afterwards import Slip
from grader.kernel.polling import Loops
from grader.result import Excerpt, LoadError, State, Verdict
from grader.walls.sandbox import Sandbox

NULL = "null bytes"  # as Python says it
DEFINES = ("@", "def ", "class ", "async ")  # calls a decorator or a default: no call that could stand elsewhere


@dataclass
class Examined:
    """The state of one exercise, and what was read of its text."""

    state: State
    error: LoadError | None = None
    loops: dict[str, list[str]] = field(default_factory=dict)
    slips: dict[str, list[Slip]] = field(default_factory=dict)
    asking: Loops = field(default_factory=Loops)  # the loops that only ask


def examine(sandbox: Sandbox, exercise: str, stub: str, functions: list[str], start_method: str | None) -> Examined:
    """Looks at the file of `exercise`; `stub` is its stub's text, `functions` those whose loops are asked for."""
    if not (sandbox.home / "submission" / f"{exercise}.py").is_file():
        return Examined(State.MISSING)
    with Stage(sandbox, exercise, start_method) as stage:
        try:
            found, code = _read(stage, exercise, stub, functions)
        except Finding:
            found, code = None, None  # a text that breaks the parser: in another stage, the file does not load either
        error = _load(stage) if found and found.state is State.GRADED else None
    if found is None:
        found = Examined(State.GRADED)
        with Stage(sandbox, exercise, start_method) as stage:
            error = _load(stage)
    if error is not None:
        return Examined(State.UNLOADABLE, error, found.loops, found.slips, found.asking)
    if code is not None:
        sandbox.preload(exercise, code)
    return found


def _read(stage: Stage, exercise: str, stub: str, functions: list[str]) -> tuple[Examined, bytes | None]:
    """What the text says, and what it is compiled to."""
    path = f"{stage.sandbox.submission}/{exercise}.py"
    if stage.reply(stage.request("same", path=path, stub=stub)).get("returned") is True:
        return Examined(State.UNTOUCHED), None
    loops = _heard(stage.reply(stage.request("loops", path=path, functions=functions)))
    slips = _heard(stage.reply(stage.request("slips", path=path, functions=functions)))
    asking = asking_loops(stage, path)
    code = _heard(stage.reply(stage.request("compiled", name=exercise, path=path)))
    return Examined(State.GRADED, None, loops, slips, asking), code if type(code) is bytes else None


def asking_loops(stage: Stage, path: str) -> Loops:
    """The loops of the file at `path`, and which only ask, as a stage says that has loaded nothing."""
    told = _heard(stage.reply(stage.request("polls", path=path)))
    return Loops(path, *(tuple(tuple(span) for span in told.get(key, ())) for key in ("idle", "other", "for", "while")))


def _heard(reply: dict[str, Any]) -> Any:
    try:
        return hear(reply["returned"])
    except (KeyError, wire.BadMessage):
        return {}


def _load(stage: Stage) -> LoadError | None:
    stage.explain = hang.Explainer(stage)
    try:
        Submission(stage).load()
    except Finding as finding:
        return _told(finding, stage.sandbox)
    return None


def _told(finding: Finding, sandbox: Sandbox) -> LoadError:
    facts = finding.facts
    kind = facts.get("type", finding.verdict.value) if finding.verdict is Verdict.FAILED else finding.verdict.value
    text = facts.get("text", facts.get("how", finding.hang or ""))
    if NULL in text and (imported := damaged(sandbox, source_line(sandbox, finding.place) or "")):
        return LoadError(type=kind, text=text, file=imported)
    place, called = _told_place(finding, sandbox)
    file, line = place or (None, None)
    source = source_line(sandbox, place)
    excerpt = around(sandbox, place) if place else None
    return LoadError(type=kind, text=text, file=file, line=line, source=source, excerpt=excerpt, called=called)


def _told_place(finding: Finding, sandbox: Sandbox) -> tuple[Place | None, Excerpt | None]:
    """The line to look at. That is the one which calls, where a function fails that the file itself calls."""
    outside, raised = finding.outside, finding.place
    if outside is None or raised is None or raised[0] != outside[0] or raised == outside[:2]:
        return raised, None
    if (source_line(sandbox, outside[:2]) or "").startswith(DEFINES):
        return raised, None
    return outside[:2], line_of(sandbox, raised, outside[2])
