"""A copy_work that stands in for the student's own, where that is at fault and copy_folder is judged."""

from __future__ import annotations

import os
import shutil
from typing import Any


def copy_work(source_dir: str, dest_dir: str, file_name: str, *more: Any) -> int:
    """As the contract has it; it can be handed to a child."""
    shutil.copyfile(os.path.join(source_dir, file_name), os.path.join(dest_dir, file_name))
    return 1


GIVEN: dict[str, Any] = {"a_copy_work": lambda: copy_work}
