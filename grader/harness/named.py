"""Leaves the name of a forked process where it can be read from outside: in a variable of a frame below its target.

The judge reads stacks, not objects. Under spawn and forkserver multiprocessing leaves the name in a variable itself.
"""

from __future__ import annotations

from typing import Any


def leave(process: Any) -> None:
    """Gives `multiprocessing.process.BaseProcess` the variable; the zygote calls it once."""
    bootstrap = process._bootstrap

    def start_named(self: Any, *args: Any, **kwargs: Any) -> Any:
        process_name = self._name  # noqa: F841 - read from outside, while the call below is under way
        return bootstrap(self, *args, **kwargs)

    process._bootstrap = start_named
