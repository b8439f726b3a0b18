"""A process that has a child of its own: what is done to the one is not done to the other."""

from __future__ import annotations

import multiprocessing
import os
from typing import Any

# A fork, whatever the start method is: it has this code already.
_FORK = "fork" if hasattr(os, "fork") else None


def _parent(target: Any) -> Any:
    """A process, not started yet, that starts one which runs `target`, and then runs it itself."""
    return _process(_have_a_child, target)


def _have_a_child(target: Any) -> None:
    _process(target).start()
    target()


def _process(target: Any, *args: Any) -> Any:
    context: Any = multiprocessing.get_context(_FORK)
    return context.Process(target=target, args=args)


GIVEN: dict[str, Any] = {"parent": _parent}
