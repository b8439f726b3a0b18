"""The three tiers of walls: what each needs, and which one this machine can have.

Who uses it: run and cli, to choose; the sandbox, to build. `auto` takes the strongest that works here. On Linux it
never falls back to none: to go without walls has to be said. Elsewhere there are none to be had.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from grader import systems
from grader.misuse import Misuse
from grader.walls import bubblewrap, landlock, users

PROC = Path("/proc")
TIERS = ("bubblewrap", "landlock", "none")


class NoWall(Misuse):
    """The tier that was asked for cannot be had here; the text says why and what to do (the user's failure)."""


class NoSight(NoWall):
    """What runs on this machine cannot be seen; to go without walls does not help."""


def choose(wanted: str) -> str:
    """The tier for `wanted` ("auto" or a tier); raises NoWall where this machine cannot have it."""
    if systems.KERNEL_TELLS:
        _look_into(PROC)
    if wanted == "none" or (wanted == "auto" and sys.platform != "linux"):
        return "none"
    reasons = {}
    for tier in ("bubblewrap", "landlock") if wanted == "auto" else (wanted,):
        reason = why_not(tier)
        if reason is None:
            return tier
        reasons[tier] = reason
    told = "; ".join(f"{tier}: {reason}" for tier, reason in reasons.items())
    raise NoWall("use_no_wall", reasons=told)


def _look_into(proc: Path) -> None:
    """Raises NoSight unless all is shown there, and the processes are those of our namespace (pid_namespaces(7))."""
    try:
        is_ours = os.readlink(proc / "self") == str(os.getpid())
    except OSError:
        is_ours = False
    if not is_ours:
        raise NoSight("use_other_proc")
    if not (proc / "stat").exists():  # nor is /proc/locks: who waits for a lease stands there
        raise NoSight("use_part_of_proc")


def passed_over(tier: str) -> dict[str, str]:
    """The stronger tiers than `tier` that this machine cannot have, and why."""
    reasons = {each: why_not(each) for each in TIERS[: TIERS.index(tier)]} if tier in TIERS else {}
    return {each: reason for each, reason in reasons.items() if reason is not None}


def why_not(tier: str) -> str | None:
    """Why this machine cannot have `tier`; None where it can."""
    if tier == "none":
        return None
    if sys.platform != "linux":
        return "it needs Linux"
    if not systems.KERNEL_TELLS:
        return "it needs a Python with os.pidfd_open"
    if tier == "bubblewrap":
        return bubblewrap.why_not()
    return landlock.why_not()


def throwaway_uid(number: int = 0) -> int | None:
    """A uid that nobody else has while this process lives, for its sandbox `number`; None where we may become nobody.

    No PID is above 2^22 (proc_sys_kernel(5)): only where our user namespace knows few users can two be the same.
    """
    unused = users.spare()
    return unused[((os.getpid() << 7) + number % 128) % len(unused)] if unused else None
