"""Which exercise a file's name stands for, where it is not the exercise's own: copies, short names, other endings.

Who uses it: snapshot, which takes some for the file itself, and tells of the others; the command run, which tells a
student. Only names are looked at. From sure to doubtful:

    own_name        ex12_iterators - Copy.py, Copy of ex12_iterators.py, EX12_ITERATORS.PY: the file once more
    short_for       ex12.py: the file, where there is no other
    meant           ex12_iterators.py.txt, ex12_iterators.ipynb, ex12-iterator.py, ex12.txt: somebody's to look at
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path

COPY = re.compile(
    r"[ _-]?\(?(?P<number>\d{1,9})\)?|[ _-]+(?:copy|\u526f\u672c)(?: ?\(?(?P<copy>\d{1,9})\)?)?", re.IGNORECASE
)
COPY_OF = re.compile(r"copy(?: ?\(\d{1,9}\))? of ", re.IGNORECASE)
SHORT = re.compile(r"ex(?:ercise)?[ _-]?0*(?P<number>\d{1,3})", re.IGNORECASE | re.ASCII)
LIKE_CODE, COMPILED = (".py", ".pyw", ".txt", ".ipynb"), (".pyc", ".pyo")


def own_name(name: str, exercises: Iterable[str]) -> str:
    """The exercise file that a name stands for: of a copy, of what was handed in again, or written otherwise."""
    stem, ending = os.path.splitext(name)
    if ending.lower() == ".py" and "/" not in name:
        for exercise in exercises:
            if _copy_of(stem, exercise) is not None:
                return f"{exercise}.py"
    return name


def number(name: str, exercises: Iterable[str]) -> int:
    """Which copy of an exercise file it is; 0 for the file itself."""
    stem = os.path.splitext(name)[0]
    return max((found for exercise in exercises if (found := _copy_of(stem, exercise)) is not None), default=0)


def short_for(name: str, exercises: Iterable[str]) -> str | None:
    """The exercise whose number alone is the name of a Python file."""
    stem, ending = os.path.splitext(name)
    match = SHORT.fullmatch(stem)
    return _numbered(int(match["number"]), exercises) if match and ending.lower() == ".py" else None


def meant(name: str, exercises: Iterable[str]) -> str | None:
    """The exercise that whoever called a file or folder so may have meant."""
    plain, known = COPY_OF.sub("", name, count=1).casefold(), list(exercises)
    if plain.endswith(COMPILED):
        return None
    for exercise in known:
        if plain.startswith(exercise.casefold()):
            return exercise
    match = SHORT.match(plain)
    return _numbered(int(match["number"]), known) if match and plain.endswith(LIKE_CODE) else None


def misnamed(folder: Path, exercises: Iterable[str]) -> dict[str, str]:
    """Of the exercises whose name nothing in the folder has, those that something there may be meant by: its name."""
    known = list(exercises)
    first = {meant(path.name, known): path.name for path in sorted(folder.iterdir(), reverse=True)}
    missing = [exercise for exercise in known if not os.path.lexists(folder / f"{exercise}.py")]
    return {exercise: first[exercise] for exercise in missing if exercise in first}


def _copy_of(stem: str, exercise: str) -> int | None:
    """Which copy of the exercise's file it is; 0 for the file itself, None where it is another one."""
    plain = COPY_OF.sub("", stem, count=1) if COPY_OF.match(stem) else stem
    rest = plain[len(exercise) :] if plain.casefold().startswith(exercise.casefold()) else "?"
    if not rest:
        return int(plain != stem)
    match = COPY.fullmatch(rest)
    return int(match["number"] or match["copy"] or 1) if match else None


def _numbered(number: int, exercises: Iterable[str]) -> str | None:
    numbers = {exercise: SHORT.match(exercise) for exercise in exercises}
    found = [exercise for exercise, match in numbers.items() if match and int(match["number"]) == number]
    return found[0] if len(found) == 1 else None
