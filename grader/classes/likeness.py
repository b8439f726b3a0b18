"""What two students' functions have in common that few others have, and that the exercise does not force.

Who uses it: the command similar. What goes in: the exercise files of each student, the stubs and the solutions. What
comes out: pairs of students, those first who share what is rarest. It is a hint where to look, never a verdict.

Two things are compared. The *shape* of a function: its tokens without names, comments and layout, cut into short
stretches by the library copydetect; so renaming or reformatting changes nothing. And the *choices* in it: names, texts,
numbers and comments. Whatever stands in the stub or the solution is forced, and taken away first. What is left weighs
the more the fewer have it: shared by everybody, it says nothing.
"""

from __future__ import annotations

import ast
import builtins
import io
import keyword
import math
import tokenize
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import accumulate, combinations
from pathlib import Path
from typing import Any

from grader.handles import lines

STRETCH = 12  # tokens' characters in one stretch: about two short statements
UPDATES = 4_000_000  # pairs looked at, in all; the rarest features come first
LEAST = 4.0  # bits that a pair has to have in common
FILE_BYTES = 64 << 10
PLAIN = {*keyword.kwlist, *keyword.softkwlist, *dir(builtins), "self", "cls"}
DEFINED = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
REST = "*"  # what stands in a file beside the functions of the exercise

Files = Mapping[str, str]  # the text of each exercise file, by exercise
Feature = tuple[str, str, object]  # "shape", where, a stretch; or "choice", "", a word


@dataclass(frozen=True)
class Piece:
    """One function of a text, without its docstring."""

    exercise: str
    function: str  # REST for what stands beside the functions of the exercise
    text: str

    @property
    def place(self) -> str:
        """Where it is: two pieces are compared where this is the same."""
        return f"{self.exercise} {self.function}"


@dataclass
class Student:
    """The pieces of one student, and what is in them."""

    id: str
    pieces: dict[str, Piece] = field(default_factory=dict)  # by place
    features: set[Feature] = field(default_factory=set)


@dataclass
class Pair:
    """Two students who share what few have; `shared` has the features with how many have each, rarest first."""

    left: Student
    right: Student
    weight: float  # in bits: how unlikely it is by chance, roughly
    shared: list[tuple[Feature, int]] = field(default_factory=list)

    @property
    def choices(self) -> list[tuple[str, int]]:
        """The words that both chose, and how many students did."""
        return [(str(word), count) for (kind, _, word), count in self.shared if kind == "choice"]

    @property
    def places(self) -> list[str]:
        """Where the two have a shape in common, most first."""
        weights: dict[str, float] = defaultdict(float)
        for (kind, place, _), count in self.shared:
            if kind == "shape":
                weights[place] += 1 / count
        return sorted(weights, key=lambda place: -weights[place])


class Likeness:
    """The class, ready to be compared."""

    def __init__(self, stubs: Files, solutions: Files) -> None:
        self._students: list[Student] = []
        self._prints: dict[str, Any] = {}
        self.unread: list[tuple[str, str]] = []  # files that are no Python: id, "" of the course's own, and exercise
        self._stubs = stubs
        given = [*self._pieces("", stubs)]
        self._stubs = {exercise: stubs[exercise] for exercise in stubs if ("", exercise) not in self.unread}
        given += self._pieces("", solutions)
        self._forced = {feature for piece in given for feature in self._features(piece)}

    def add(self, student_id: str, files: Files) -> None:
        """Takes the files of one student in."""
        student = Student(student_id)
        for piece in self._pieces(student_id, files):
            student.pieces[piece.place] = piece
            student.features |= self._features(piece) - self._forced
        self._students.append(student)

    def pairs(self, most: int) -> list[Pair]:
        """The pairs that share most of what is rare, those first; at most `most`."""
        having: dict[Feature, list[int]] = defaultdict(list)
        for number, student in enumerate(self._students):
            for feature in student.features:
                having[feature].append(number)
        shared = [feature for feature, who in having.items() if 2 <= len(who) <= self._most]
        weights: dict[tuple[int, int], float] = defaultdict(float)
        updates = 0
        for feature in sorted(shared, key=lambda feature: (len(having[feature]), str(feature))):
            updates += len(having[feature]) ** 2 // 2
            if updates > UPDATES:
                break
            for pair in combinations(having[feature], 2):
                weights[pair] += self._weight(feature, len(having[feature]))
        best = sorted((pair for pair in weights if weights[pair] >= LEAST), key=lambda pair: (-weights[pair], pair))
        return [self._pair(*pair, weights[pair], having) for pair in best[:most]]

    def marked(self, pair: Pair, place: str) -> tuple[list[tuple[str, bool]], list[tuple[str, bool]]]:
        """The two texts at `place`, in parts: whether each part has a shape that both have and few others."""
        shapes = {stretch for (kind, where, stretch), _ in pair.shared if kind == "shape" and where == place}
        left, right = pair.left.pieces[place].text, pair.right.pieces[place].text
        return self._parts(left, shapes), self._parts(right, shapes)

    def _pair(self, left: int, right: int, weight: float, having: dict[Feature, list[int]]) -> Pair:
        both = self._students[left].features & self._students[right].features
        rare = [(feature, len(having[feature])) for feature in both]
        rare = [each for each in rare if each[1] <= self._most]
        order = sorted(rare, key=lambda each: (each[1], -len(str(each[0][2])), str(each[0])))
        return Pair(self._students[left], self._students[right], weight, order)

    @property
    def _most(self) -> int:
        """How many may have what still says something: not all."""
        return max(3, len(self._students) - 1)

    def _weight(self, feature: Feature, count: int) -> float:
        """In bits. Neighbouring stretches overlap, so each counts for a part of one."""
        return math.log2(max(len(self._students), 3) / count) / (STRETCH if feature[0] == "shape" else 1)

    def _pieces(self, student_id: str, files: Files) -> Iterator[Piece]:
        for exercise, text in files.items():
            if exercise in self._stubs and (found := pieces(exercise, text, self._stubs[exercise])) is not None:
                yield from found
            elif exercise in self._stubs:
                self.unread.append((student_id, exercise))

    def _features(self, piece: Piece) -> set[Feature]:
        shapes: set[Feature] = {("shape", piece.place, each) for each in self._print(piece.text).hashes}
        return shapes | {("choice", "", word) for word in choices(piece.text)}

    def _print(self, text: str) -> Any:
        if text not in self._prints:
            from copydetect import CodeFingerprint

            found = CodeFingerprint("x.py", STRETCH, 1, language="python", fp=io.StringIO(text))
            found.offsets[:, 1] = list(accumulate(found.offsets[:, 1], max))  # a class's name starts anew from 0
            self._prints[text] = found
        return self._prints[text]

    def _parts(self, text: str, shapes: set[object]) -> list[tuple[str, bool]]:
        """The stretches found again in the text as it was written."""
        found, marked = self._print(text), [False] * len(text)
        for stretch in shapes & found.hashes:
            for at in found.hash_idx[stretch]:
                start, end = _place(found, text, at), _place(found, text, at + STRETCH)
                end = start + len(text[start:end].rstrip())
                marked[start:end] = [True] * (end - start)
        parts: list[tuple[str, bool]] = []
        for char, is_marked in zip(text, marked, strict=True):
            if parts and parts[-1][1] == is_marked:
                parts[-1] = (parts[-1][0] + char, is_marked)
            else:
                parts.append((char, is_marked))
        return parts


def _place(found: Any, text: str, at: int) -> int:
    """Where in the text as it was written a character of the shape stands."""
    if at >= len(found.filtered_code):
        return len(text)
    rows = found.offsets[found.offsets[:, 0] >= at]  # each says how much was left out before
    return int(at + (rows[0, 1] if len(rows) else found.offsets[-1, 1]))


def pieces(exercise: str, text: str, stub: str) -> list[Piece] | None:
    """The functions of `text` that the stub has, and one piece for all others; None where it is no Python."""
    try:
        if len(text.encode("utf-8", "surrogatepass")) > FILE_BYTES:
            return None
        tree, wanted = ast.parse(text), {node.name for node in ast.parse(stub).body if isinstance(node, DEFINED)}
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    counted, found, rest = lines.counted(text), [], []
    for node in tree.body:
        source = _source(node, counted)
        if isinstance(node, DEFINED) and node.name in wanted:
            found.append(Piece(exercise, node.name, source))
        elif not isinstance(node, (ast.Import, ast.ImportFrom)) and not _is_text(node):
            rest.append(source)
    return [*found, Piece(exercise, REST, "\n".join(rest))] if rest else found


def _source(node: ast.stmt, counted: list[str]) -> str:
    """The lines of a statement, without the docstrings in it."""
    gone: set[int] = set()
    for inner in ast.walk(node):
        if isinstance(inner, DEFINED) and inner.body and _is_text(inner.body[0]) and len(inner.body) > 1:
            gone.update(range(inner.body[0].lineno, (inner.body[0].end_lineno or 0) + 1))
    first = min([node.lineno, *(each.lineno for each in getattr(node, "decorator_list", []))])
    numbers = range(first, min(node.end_lineno or first, len(counted)) + 1)
    kept = [counted[n - 1] for n in numbers if n not in gone]
    return "".join(kept).strip("\n") + "\n"


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def choices(text: str) -> set[str]:
    """The names, texts, numbers and comments in a piece of Python, without what everybody has."""
    found = set()
    kinds = (tokenize.NAME, tokenize.STRING, tokenize.NUMBER, tokenize.COMMENT)
    try:
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            if token.type in kinds and token.string not in PLAIN and len(token.string.strip("#'\" ")) > 2:
                found.add(" ".join(token.string.split()))
    except (tokenize.TokenError, IndentationError, SyntaxError):
        pass  # what was read until there is kept
    return found


def of_folder(folder: Path) -> dict[str, str]:
    """The exercise files in a folder as text, by exercise; none where there is no folder."""
    found = sorted(folder.glob("*.py")) if folder.is_dir() else []
    return {path.stem: _text(path) for path in found if path.is_file()}


def _text(path: Path) -> str:
    """What a file holds, as far as it is read: of one that is too large, enough to know it."""
    with open(path, "rb") as file:
        return file.read(FILE_BYTES + 1).decode("utf-8", "replace").lstrip("\ufeff")
