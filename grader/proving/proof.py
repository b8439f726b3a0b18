"""What `grade verify` found: plain data, where the course falls short and what was tried.

Who uses it: verify makes a Proof; the command shows it, or writes it as JSON.
"""

from __future__ import annotations

from collections import Counter
from typing import Literal

import msgspec

KINDS = {
    "words": "course.toml, words.toml and the checks do not fit together, or a word is left over",
    "file": "a stub, a solution or a submission that is not there, or a header that says what there is not",
    "stub": "a stub that is not told from work, or that earns something",
    "solution": "a solution that does not pass a check",
    "right": "a right_ submission that does not pass a check",
    "wrong": "a wrong_ submission that does not fail exactly as its header says",
    "cheat": "a cheat_ submission that gains something",
    "portability": "a function that works elsewhere, or does not, other than the header says",
    "uncaught": "a check that no wrong_ submission fails first",
    "broken": "a check that we could not judge",
    "changed": "a verdict that was another one in another round",
}


class Shortfall(msgspec.Struct, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """One thing in which the course falls short."""

    kind: str  # a key of KINDS
    where: str  # "ex02_name_and_pid/wrong_kill_joins.py", "course.toml"
    what: str
    start_method: str | None = None  # where it was asked for by name
    times: int = 1  # that it was seen, in all rounds

    def line(self) -> str:
        """It in one line."""
        under = f" [{self.start_method}]" if self.start_method else ""
        return f"{self.where}{under}: {self.what}"


class Proof(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A course verified."""

    schema: Literal[1] = 1  # another one is of another kit
    course: str = ""
    kit: str  # the version of prograde
    python: str
    sandbox: str
    exhibits: dict[str, int] = {}  # how many stubs, solutions, right, wrong and cheat submissions were graded
    whole: bool = False  # whether all of the course was looked at
    trials: int = 0  # how often one of them was graded
    rounds: int = 1
    load: int = 0  # how many busy loops ran beside them
    duration_s: float = 0.0
    notes: list[str] = []  # what could not be verified, and why
    shortfalls: list[Shortfall] = []


def once_each(found: list[Shortfall]) -> list[Shortfall]:
    """Each shortfall once, in the order in which they were first seen, and how often."""
    return [msgspec.structs.replace(each, times=times) for each, times in Counter(found).items()]


def to_json(proof: Proof) -> bytes:
    """The proof as indented JSON, ending in a newline."""
    return msgspec.json.format(msgspec.json.encode(proof), indent=1) + b"\n"
