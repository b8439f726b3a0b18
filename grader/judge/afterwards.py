"""A better cause than the one that the facts of the check show by themselves, once the check is over.

Who uses it: outcomes.py, for a check that failed. Two things are known only then, or not to the check: what a child
said before it ended, and which slips stand in the source of the function (harness/slips.py). Either explains only the
causes that it can bring about.
"""

from __future__ import annotations

from grader.finding import Likely
from grader.hangs.shapes import of_child

Slip = tuple[str, int, str]  # its key, its line, and what stands there

NO_CALL = {"never_started", "never_called", "action_never_called", "not_called_in_a_child", "value_missing"}
NO_WAIT = {"did_not_wait", "process_left", "not_reaped"}
NO_CAUSE = {"nothing_in_the_list", None}
OF_CONDITIONS = {"busy", "default_for_a_value", "default_though_filled", "not_killed", "returned_nothing", *NO_CAUSE}
# The causes that each slip can bring about; None where no cause is known.
OF_SLIP: dict[str, set[str | None]] = {
    "name_alone": {*NO_CALL, *NO_WAIT, "main_cannot_end", "not_killed"},
    "name_as_condition": {*NO_CALL, *NO_WAIT, *OF_CONDITIONS},
    "gone_through_twice": {*NO_CALL, *NO_WAIT, "files_missing", "nothing_opened", *NO_CAUSE},
    "lazy_alone": {*NO_CALL, *NO_CAUSE},
    "started_lazily": {"not_together", "too_few_workers"},
    "return_in_loop": {"action_never_called", "value_missing", "only_the_first", "did_not_wait", "nothing_in_the_list"},
    "return_in_finally": {"did_not_raise", "returned_nothing", "default_for_a_value", *NO_CAUSE},
}


def of_slips(cause: str | None, slips: list[Slip]) -> tuple[Likely, int] | None:
    """The slip that can have brought about `cause`, with its line; the first that fits."""
    for slip in slips:
        key, line, text = slip
        if cause in OF_SLIP.get(key, ()):
            return (key, {"line": str(line), "text": text}), line
    return None


def of_output(cause: str | None, output: str) -> Likely | None:
    """What a child raised that was to call what the check gave, and never did."""
    return of_child(output) if cause in NO_CALL - {"never_started"} else None
