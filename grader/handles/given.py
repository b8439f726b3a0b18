"""What a check can ask for inside that a stage does not have: the modules of grader/given, compiled.

Who uses it: submission, for the fixture `inside`. In goes a name; out comes the module that has it, as the stage takes
it in (harness/sent.py). They are read and compiled once, before the judge forks; none is imported, and none runs here.
"""

from __future__ import annotations

import ast
import functools
import marshal
from dataclasses import dataclass
from pathlib import Path

from grader import places

FOLDER = places.PACKAGE / "given"
OUTSIDE, INSIDE = "grader.harness", "grade_harness"  # what the harness is called
AT = f"/{INSIDE}/given"  # where the code says that it is from: from among ours, for whoever reads a stack


@dataclass(frozen=True)
class Module:
    """A module of grader/given, as it is sent."""

    name: str
    code: str  # by marshal, in hexadecimal


@functools.cache
def modules() -> dict[str, Module]:
    """The module of each name that a check can ask for."""
    paths = (path for path in sorted(FOLDER.glob("*.py")) if path.stem != "__init__")
    return {name: module for path in paths for module, names in [_read(path)] for name in names}


def _read(path: Path) -> tuple[Module, list[str]]:
    """The module in the file at `path`, and the names that it has something for."""
    tree = ast.parse(path.read_text("utf-8").replace(OUTSIDE, INSIDE))
    code = compile(tree, f"{AT}/{path.name}", "exec", dont_inherit=True, optimize=2)
    return Module(path.stem, marshal.dumps(code).hex()), _names(tree)


def _names(tree: ast.Module) -> list[str]:
    last = tree.body[-1]
    assert isinstance(last, ast.AnnAssign) and isinstance(last.value, ast.Dict)  # each ends with GIVEN
    return [key.value for key in last.value.keys if isinstance(key, ast.Constant) and isinstance(key.value, str)]
