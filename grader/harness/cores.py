"""Makes every machine look alike to a submission: it has four cores.

A pool or an executor that is not told its size asks for the cores. Whether it is large enough for the items of a check
must not depend on the machine that grades. The zygote calls this once; forked stages inherit it.
"""

from __future__ import annotations

import os

CORES = 4


def alike() -> None:
    """Has `os` say so, in all the ways it has."""
    for name in ("cpu_count", "process_cpu_count"):
        if hasattr(os, name):
            setattr(os, name, lambda: CORES)
