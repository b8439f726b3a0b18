"""The two failures, which never share a type: theirs is a Finding, ours is Broken. NotHere is nobody's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from grader.result import Verdict, Waiting

Outside = tuple[str, int, str]  # file and line outside of functions, and the function that was called there
Likely = tuple[str, dict[str, str]]  # a key of the course's causes, and the facts that fill its words


def short(text: str, most: int = 4000) -> str:
    """`text` with its middle left out where it is long: a value of a megabyte is no help to anyone.

    What is no Unicode in it (the half of a pair, in a name that the student made up) is told as such.
    """
    text = text.encode("utf-8", "backslashreplace").decode("utf-8")
    return text if len(text) <= most else f"{text[: most // 2]} ... {text[-(most // 2 - most // 40) :]}"


class Finding(Exception):
    """Something of the student's is not as it should be: it ends the check with a verdict.

    `cause` is a key of the course's causes, `facts` fill its words; `place` is the student's (file, line); `outside` is
    where the file itself called the function that failed, while it was loaded.
    """

    def __init__(
        self,
        verdict: Verdict = Verdict.FAILED,
        *,
        cause: str | None = None,
        facts: Mapping[str, str] | None = None,
        expected: str | None = None,
        seen: str | None = None,
        place: tuple[str, int] | None = None,
        hang: str | None = None,
        judge: str | None = None,
        waiting: Sequence[Waiting] = (),
    ) -> None:
        super().__init__(cause or verdict.value)
        self.verdict = verdict
        self.cause = cause
        self.facts = {name: short(fact) for name, fact in (facts or {}).items()}
        self.expected = None if expected is None else short(expected)
        self.seen = None if seen is None else short(seen)
        self.place = place
        self.hang = hang
        self.judge = judge
        self.waiting = list(waiting)
        self.outside: Outside | None = None


class Broken(Exception):
    """We could not tell: our own fault, which costs nobody a point."""


class NotHere(Exception):
    """A check asks for what this system does not have: it is skipped, and its points are none to be had here."""
