"""The mutants that are no mistakes: tests/equivalent_mutants.toml, one entry for each, with the reason."""

from __future__ import annotations

import sys
from pathlib import Path

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

LIST = Path(__file__).parents[1] / "equivalent_mutants.toml"
Key = tuple[str, str, str]


def reasons(exercise: str, path: Path = LIST) -> dict[Key, str]:
    """Why each of an exercise's equivalent mutants is none; by function, lines before and lines after.

    Raises KeyError where an entry lacks one of them.
    """
    entries = tomllib.loads(path.read_text("utf-8")).get(exercise, [])
    return {(each["function"], each["was"].strip(), each["becomes"].strip()): each["because"] for each in entries}
