"""Takes in a module that the judge sends, because a check asks for something in it for the first time.

The stage gets its code, by marshal, and gives what it has for `inside.NAME(...)`. Such modules are not in the sandbox
before (grader/given says why), and are gone with the check, as the scratch folder is emptied. A copy lies there for
children that begin afresh (spawn, forkserver): they are handed a function by its name, and have the path of the process
that started them.
"""

from __future__ import annotations

import importlib.util
import marshal
import os
import sys
from types import ModuleType
from typing import Any

FOLDER = "grade_given"
HEADER = importlib.util.MAGIC_NUMBER + bytes(12)  # of a .pyc that has no source: no flags, no date, no size


def take_in(name: str, code: bytes, scratch: str) -> dict[str, Any]:
    """What the module `name` has for a check, once its code has run."""
    module = ModuleType(f"grade_given_{name}")
    _leave_for_children(module.__name__, code, os.path.join(scratch, FOLDER))
    sys.modules[module.__name__] = module
    exec(marshal.loads(code), module.__dict__)
    given: dict[str, Any] = module.GIVEN
    return given


def _leave_for_children(name: str, code: bytes, folder: str) -> None:
    try:
        if folder not in sys.path:
            os.mkdir(folder)
            sys.path.append(folder)
        with open(os.path.join(folder, f"{name}.pyc"), "wb") as file:
            file.write(HEADER + code)
    except OSError:
        pass  # the student's code has filled the folder or taken it away; few children ask
