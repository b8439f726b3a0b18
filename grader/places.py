"""Where the kit's own files lie: in an installed package, or in a checkout."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def _beside(name: str) -> Path:
    """`name` inside the package, where the wheel puts it, else beside it, where a checkout has it."""
    return PACKAGE / name if (PACKAGE / name).is_dir() else PACKAGE.parent / name


EXERCISES = _beside("exercises")
SOLUTIONS = _beside("solutions")
CHECKS = PACKAGE / "checks"
