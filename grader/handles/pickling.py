"""What an exception says of a thing that cannot be pickled, and so not be handed to another process.

Who uses it: raised, to name the cause of a call that raised; portability. The texts are those of pickle and of
multiprocessing's reduction, from Python 3.10 to 3.14.
"""

from __future__ import annotations

import re

REFUSED = re.compile(r"[Cc]an(?:'t|not) pickle|Can't get local object|not the same object as")


def is_refused(text: str) -> bool:
    """Whether `text` says that something cannot be pickled."""
    return REFUSED.search(text) is not None
