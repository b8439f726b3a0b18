"""A copy_work that stands in for the student's own, where that is at fault and copy_folder is judged.

What a copy_work returns is free, and a copy_folder may count by it. So there are two: one returns something, the other
nothing, as the student's own does.
"""

from __future__ import annotations

import dis
import os
import shutil
import sys
import types
from typing import Any


def copy_work(source_dir: str, dest_dir: str, file_name: str, *more: Any) -> int:
    """As the contract has it; it can be handed to a child."""
    shutil.copyfile(os.path.join(source_dir, file_name), os.path.join(dest_dir, file_name))
    return 1


def copy_silently(source_dir: str, dest_dir: str, file_name: str, *more: Any) -> None:
    """The same, and returns nothing."""
    copy_work(source_dir, dest_dir, file_name)


def _a_copy_work() -> Any:
    theirs = getattr(sys.modules.get("ex10_folder_copier"), "copy_work", None)
    return copy_silently if _returns_nothing(getattr(theirs, "__code__", None)) else copy_work


def _returns_nothing(code: Any) -> bool:
    """Whether it is the code of a function that has no `return` with a value."""
    if type(code) is not types.CodeType:
        return False
    steps = list(dis.get_instructions(code))
    before = [None, *steps]
    values = [
        last if step.opname == "RETURN_VALUE" else step
        for last, step in zip(before, steps)  # noqa: B905 - the shorter decides
        if step.opname in ("RETURN_VALUE", "RETURN_CONST")
    ]
    return all(each is not None and "CONST" in each.opname and each.argval is None for each in values)


GIVEN: dict[str, Any] = {"a_copy_work": _a_copy_work}
