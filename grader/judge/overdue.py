"""What a standstill means for the check that waits: the best name that the facts give it.

Who uses it: the stage, when everything inside is blocked for good and what the check waits for is not there. What goes
in: the call, the probes, the tree. What comes out: a Finding that says more than "stuck", or nothing.
"""

from __future__ import annotations

from grader.finding import Finding
from grader.handles import lines
from grader.handles.observation import Observation
from grader.handles.probes import Probes, refuse_names
from grader.handles.said import LAZY
from grader.handles.stage import Stage
from grader.handles.tree import Tree
from grader.result import Verdict


def name_it(stage: Stage, probes: Probes, tree: Tree) -> None:
    """Raises the Finding that fits, in the order of what a student should hear first; returns where none does."""
    call = stage.call
    if call is not None and (raised := call.raised()):
        raise raised
    if stage.is_leaving and call is not None and call.has_returned:
        cause = "daemon_is_waited_for" if _were_daemons(stage, probes) else "main_cannot_end"
        raise Finding(Verdict.STUCK, cause=cause, hang="settled")
    if probes.is_full:
        raise Finding(cause="extra_call", expected="an end", seen=f"more than {len(probes.seen)} calls")
    if probes.wanted:
        _too_few(stage, probes, tree)
    elif held := [each for each in probes.seen if each.is_held and (each.is_taken or len(probes.seen) == 1)]:
        raise Finding(Verdict.STUCK, cause=_of_held(held[0], probes), hang="settled")
    elif untaken := [each for each in probes.waiting() if each.is_held]:
        seen = f"one more call, with {untaken[0].args!r}"
        raise Finding(cause="extra_call", expected="no further call", seen=seen)


def _were_daemons(stage: Stage, probes: Probes) -> bool:
    """Whether the children were daemons when they were started: who becomes one only then, says that it is one, too."""
    daemons = {each.daemon == True for each in probes.seen if not each.in_main_process}  # noqa: E712 - exact
    return daemons == {True} and not lines.makes_itself_a_daemon(lines.read(stage.sandbox, f"{stage.module}.py"))


def _of_held(held: Observation, probes: Probes) -> str:
    """What it means that the call waits while somebody is held; a check that has seen one end would have it go on."""
    if held.in_main_process:
        return "ran_in_your_process"
    has_ended = any(each.probe == "hold" and each.is_taken and not each.alive for each in probes.seen)
    return "waits_for_another" if has_ended else "waited_for_it"


def _too_few(stage: Stage, probes: Probes, tree: Tree) -> None:
    """Fewer have called than the check waits for."""
    here = len(probes.waiting())
    if stage.asked is not None and (promise := stage.asked.promise()) in LAZY:
        seen = f"<an object of class {promise}>"
        raise Finding(
            cause="not_the_results", expected="a call of what the check gave", seen=seen, facts={"type": promise}
        )
    if any(not hold.is_closed for hold in stage.holds) and not (stage.call and stage.call.has_returned):
        expected, seen = f"{probes.wanted} reports while one file is still being copied", f"{here}"
        raise Finding(cause="reported_late", expected=expected, seen=seen)
    if here and stage.call.has_returned and not any(observation.is_held for observation in probes.seen):
        expected, seen = f"{probes.wanted} calls", f"{here}"
        raise Finding(cause="action_never_called", expected=expected, seen=seen)
    if probes.held_item is not None and probes.seen:
        refuse_names(probes.seen)
        expected, seen = f"a call with {probes.held_item!r}", repr([each.args for each in probes.seen])
        raise Finding(cause="wrong_arguments_for_target", expected=expected, seen=seen)
    if here:
        raise _not_together(probes, tree)
    _none(stage, probes, tree)


def _not_together(probes: Probes, tree: Tree) -> Finding:
    """Some of those that the check waits for are there, and the others do not come beside them."""
    here, held = probes.waiting(), sum(each.is_held for each in probes.seen)
    if len(here) > 1 and held == tree.workers():
        facts = {"wanted": str(probes.wanted + held - len(here)), "got": str(held)}
        expected, seen = f"{facts['wanted']} calls at the same time", facts["got"]
        return Finding(cause="pool_too_small", expected=expected, seen=seen, facts=facts)
    expected, seen = f"{probes.wanted} calls at the same time", f"{len(here)}"
    in_threads = len(here) > 1 and all(each.in_main_process and not each.in_main_thread for each in here)
    cause, wanted = ("too_few_threads", str(probes.wanted)) if in_threads else ("not_together", expected)
    return Finding(cause=cause, expected=expected, seen=seen, facts={"wanted": wanted, "got": seen})


def _none(stage: Stage, probes: Probes, tree: Tree) -> None:
    """None of those that the check waits for has come."""
    if probes.seen and stage.call is not None and stage.call.has_returned:
        calls = len(probes.seen)
        raise Finding(cause="action_never_called", expected=f"{calls + probes.wanted} calls", seen=f"{calls}")
    if stage.call is None or stage.call.has_returned:
        cause = "never_called" if tree.has_started_any() else "never_started"
        raise Finding(cause=cause, expected="a call of what the check gave", seen="no call")
    if held := sum(each.is_held for each in probes.seen):
        expected, seen = f"{probes.wanted + held} calls at the same time", f"{held}"
        raise Finding(cause="not_together", expected=expected, seen=seen, facts={"wanted": expected, "got": seen})
