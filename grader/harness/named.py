"""Leaves the name of a forked process where it can be read from outside: in a variable of a frame below its target.

The judge reads stacks, not objects. Under spawn and forkserver multiprocessing leaves the name in a variable itself.
"""

from __future__ import annotations

from typing import Any


def leave(popen: Any) -> None:
    """Gives `multiprocessing.popen_fork.Popen` the variable; the zygote calls it once."""
    launch = popen._launch

    def launch_named(self: Any, process: Any) -> Any:
        process_name = process._name  # noqa: F841 - read from outside, while the call below is under way
        return launch(self, process)

    popen._launch = launch_named
