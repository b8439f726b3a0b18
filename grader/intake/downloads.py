"""What the names in a class's download mean: whose each file is, by the form that the course system gives its names.

Who uses it: intake. What goes in: the pieces at the top of a download. What comes out: what each student handed in, and
the pieces that fit no form, each with the reason. Nothing but names is looked at here, beside the lists that a course
system lays beside the submissions (rosters.py reads them).
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from grader.intake import archives, patterns
from grader.intake.pieces import Piece

MOODLE = re.compile(r"(?P<name>.+)_(?P<id>\d+)_assignsubmission_(?P<kind>[a-z]+)(?:_(?P<file>.*))?", re.DOTALL)
CANVAS = (
    re.compile(r"(?:(?P<late>LATE)_)?(?P<name>anon)_(?P<id>[^\W_]+)_(?P<attachment>\d+)_(?P<file>.+)", re.DOTALL),
    re.compile(r"(?P<name>.*?)(?:_(?P<late>LATE))?_(?P<id>\d+)_(?P<attachment>\d+)_(?P<file>.+)", re.DOTALL),
    re.compile(r"(?:(?P<late>LATE)_)?(?P<name>anon)_(?P<id>[^\W_]+)_(?P<file>text|link)\.html"),
    re.compile(r"(?P<name>.*?)(?:_(?P<late>LATE))?_(?P<id>\d+)_(?P<file>text|link)\.html"),
)
GIT = ".git"


@dataclass
class Part:
    """One piece of what was handed in; `name` is the file's name as the student had it, of several the last counts."""

    piece: Piece
    name: str = ""
    rank: int = 0


@dataclass
class HandedIn:
    """What one student, or group, handed in, and what the download says of it."""

    stem: str  # of the id that it gets
    name: str = ""
    email: str = ""
    student_id: str = ""
    group: str = ""
    source: str = ""
    submitted_at: str | None = None
    late: bool | None = None
    on_roster: bool | None = None
    parts: list[Part] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    id: str = ""


@dataclass
class Understood:
    """A download by a form: whose is what, and what is nobody's."""

    handed: dict[str, HandedIn] = field(default_factory=dict)
    rest: list[str] = field(default_factory=list)

    def of(self, key: str, stem: str, **known: str) -> HandedIn:
        """What was handed in under `key`; made where it is the first of it."""
        return self.handed.setdefault(key, HandedIn(stem, **known))  # type: ignore[arg-type]

    def nobody(self, piece: Piece, why: str) -> None:
        """A piece that is not understood."""
        self.rest.append(f"{piece.path}: {why}")


def moodle(top: Iterable[Piece]) -> Understood:
    """Moodle's download of an assignment: a folder for each student, or flat."""
    found = Understood()
    for piece in top:
        if (match := MOODLE.fullmatch(piece.name)) is None:
            found.nobody(piece, "its name has not the form of Moodle's submissions")
            continue
        name, number = match["name"].replace("_", " "), match["id"]
        handed = found.of(number, f"{name}_{number}", name=name, student_id=number, source=piece.path)
        if match["kind"] != "file":
            handed.notes.append(f"{piece.name}: {match['kind']}, which is not graded")
        else:
            handed.parts.append(Part(piece, "" if piece.is_folder else match["file"] or piece.name))
    return found


def canvas(top: Iterable[Piece]) -> Understood:
    """Canvas's download of an assignment: flat, the attachments' numbers rising with time."""
    found = Understood()
    for piece in top:
        match = next(filter(None, (form.fullmatch(piece.name) for form in CANVAS)), None)
        if match is None or piece.is_folder:
            found.nobody(piece, "its name has not the form of Canvas's submissions")
            continue
        name, number = match["name"], match["id"]
        handed = found.of(number, f"{name}_{number}", name=name, student_id=number, source=piece.path)
        handed.late = bool(match["late"]) or bool(handed.late)
        if "attachment" in match.groupdict():
            handed.parts.append(Part(piece, match["file"], int(match["attachment"])))
        else:
            handed.notes.append(f"{piece.name}: a {match['file']}, which is not graded")
    return found


def github(top: Iterable[Piece], whole: str) -> Understood:
    """Clones by GitHub Classroom or Classroom 50: a repository for each student, whose name ends in the user's."""
    found, repositories = Understood(), []
    for piece in top:
        if piece.is_folder:
            repositories.append(piece)
        elif not piece.name.lower().endswith((".csv", ".json")):
            found.nobody(piece, "it is no repository")
    prefix = _prefix(whole, [piece.name for piece in repositories])
    for piece in repositories:
        user = piece.name[len(prefix) :]
        handed = found.of(piece.name, user, name=user, student_id=user, source=piece.path)
        handed.parts.append(Part(piece))
    return found


def _prefix(whole: str, names: list[str]) -> str:
    """What all names begin with before the user's: the assignment's, in its folder's name, or what they share."""
    slug = whole.removesuffix("-submissions") + "-"
    if whole.endswith("-submissions") and any(name.startswith(slug) for name in names):
        return slug if all(name.startswith(slug) for name in names) else ""
    if len(names) < 2:
        return ""
    first, last = min(names), max(names)
    same = next((at for at, pair in enumerate(zip(first, last, strict=False)) if pair[0] != pair[1]), len(first))
    return first[: first.rfind("-", 0, same) + 1]


def plain(top: Iterable[Piece]) -> Understood:
    """A folder or an archive for each student, called as the student is."""
    found = Understood()
    for piece in top:
        if piece.is_folder or archives.is_archive(piece.name):
            name = piece.name if piece.is_folder else archives.stem(piece.name)
            handed = found.of(piece.path, name, name=name, source=piece.path)
            handed.parts.append(Part(piece, "" if piece.is_folder else piece.name))
        else:
            found.nobody(piece, "neither a folder nor an archive, and its name has no form that is known: --name-regex")
    return found


def by_regex(top: Iterable[Piece], form: re.Pattern[str]) -> Understood:
    """By a pattern of the user's: what it finds in a file's path says whose the file is (named groups)."""
    found = Understood()
    for path, piece in _files("", top):
        match = patterns.search(form, path)
        said = {key: value for key, value in match.groupdict().items() if value} if match else {}
        who = said.get("student_id") or said.get("email") or _name(said)
        if match is None or not who:
            found.nobody(piece, "--name-regex finds nobody in it")
            continue
        known = {key: said[key] for key in ("student_id", "email", "group") if key in said}
        handed = found.of(who, who, name=_name(said) or who, source=piece.path, **known)
        handed.submitted_at = said.get("timestamp", handed.submitted_at)
        handed.late = bool(said["late"]) if "late" in said else handed.late
        handed.parts.append(Part(piece, _file_name(said, path, match), len(handed.parts)))
    return found


def _name(said: dict[str, str]) -> str:
    return said.get("name") or " ".join(said[key] for key in ("first_name", "last_name") if key in said)


def _file_name(said: dict[str, str], path: str, match: re.Match[str]) -> str:
    """How the file was called, as nbgrader has it: `file_id` without its ending; else what follows what was found."""
    name = said.get("file") or said.get("file_id")
    if name:
        ending = os.path.splitext(path)[1]
        return name if name.endswith(ending) else name + ending
    rest = path[match.end() :].lstrip("/") if path[match.end() - 1 : match.end() + 1].find("/") >= 0 else ""
    return rest or path.rsplit("/", 1)[-1]


def _files(below: str, top: Iterable[Piece]) -> Iterator[tuple[str, Piece]]:
    for piece in top:
        path = f"{below}{piece.name}"
        if piece.is_folder:
            yield from _files(f"{path}/", piece.children())
        else:
            yield path, piece
