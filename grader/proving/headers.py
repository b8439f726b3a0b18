"""What a submission of the course's own says of itself, in the comment lines at its top: what is to become of it.

    # fails: check_a check_b              exactly the checks that it does not pass
    # cause: key                          the likely causes that they show; - for none
    # verdict: stuck                      the verdicts that they have, where not failed alone
    # under: fork                         the start methods that it is made for, where not for each
    # since: 3.11                         the Python from which on all this is so, where not from the first
    # portability: start_process lambda   a function that passes there and not under the others, and the cause
    # earns: check_a check_b              what a cheat does as it should: the checks that it has its points for

Who uses it: exhibits. In goes the text, out comes a Header. A line may be given twice; its words then add up.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass

LINE = re.compile(r"#[ \t]*([a-z]+):[ \t]*(.*)")
KNOWN = ("fails", "cause", "verdict", "under", "since", "portability", "earns")
OTHERS = ("coding",)  # Python's own


@dataclass(frozen=True)
class Header:
    """The words of each line; None where there is no such line."""

    fails: tuple[str, ...] | None = None
    cause: tuple[str, ...] | None = None
    verdict: tuple[str, ...] | None = None
    under: tuple[str, ...] | None = None
    since: tuple[str, ...] | None = None
    portability: tuple[str, ...] | None = None
    earns: tuple[str, ...] | None = None
    unknown: tuple[str, ...] = ()  # what stands there as if it were a line, and is none

    @property
    def is_of_this_python(self) -> bool:
        """Whether this Python is not older than the header says."""
        return all(sys.version_info >= tuple(map(int, version.split("."))) for version in self.since or ())

    @property
    def apart(self) -> list[tuple[str, str]]:
        """The functions that do not work alike under every start method, each with its cause."""
        words = self.portability or ()
        return list(zip(words[::2], words[1::2], strict=False))


def read(text: str) -> Header:
    """The header of a submission's `text`."""
    words: dict[str, tuple[str, ...]] = {}
    unknown = []
    for line in _top(text):
        if found := LINE.fullmatch(line.strip()):
            key, said = found.group(1), found.group(2).replace(",", " ").split()
            if key in KNOWN:
                words[key] = (*words.get(key, ()), *said)
            elif key not in OTHERS:
                unknown.append(key)
    return Header(**words, unknown=tuple(unknown))


def _top(text: str) -> list[str]:
    """The comment lines that the text begins with."""
    lines = text.lstrip("\ufeff").splitlines()
    end = next((number for number, line in enumerate(lines) if line.strip() and not line.startswith("#")), len(lines))
    return lines[:end]
