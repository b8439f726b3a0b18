"""Finds out what a class handed in: sources go in, what each student handed in comes out, with an id for each.

Who uses it: batch. A source is a folder of folders, a zip, or a download of Canvas, Moodle, Gradescope, GitHub
Classroom or Classroom 50, each known by its form (downloads.py), or by a pattern of the user's. Several sources that
are a submission each are taken together, as the shell's `submissions/*` gives them. An exercise file that strayed among
the submissions of a class makes no submission of the class. What is not understood is listed.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from grader.gradebook import is_graded
from grader.intake import archives, downloads, rosters
from grader.intake.archives import Refused
from grader.intake.downloads import HandedIn, Understood
from grader.intake.pieces import InZip, OnDisk, Piece, in_zip, on_disk
from grader.intake.rosters import NotRead, Student
from grader.misuse import Misuse

LIST_BYTES = 64 << 20
ID_MOST_BYTES = 100
NAMED = 4  # of what is not understood, in a sentence
OURS = "results of `grade batch`, no submission"
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)  # names that Windows keeps for itself


class NothingHandedIn(Misuse):
    """A source that is not there, or that holds no submission: the user's failure."""


@dataclass
class Intake:
    """What was found in the sources."""

    handed: list[HandedIn] = field(default_factory=list)
    missing: list[HandedIn] = field(default_factory=list)  # those of the roster who handed nothing in
    rest: list[str] = field(default_factory=list)  # what is not understood


def read(
    sources: list[Path], exercises: Iterable[str], roster: Path | None = None, name_regex: str | None = None
) -> Intake:
    """What the sources hold; `exercises` are the names of the course's files.

    Raises NothingHandedIn, NotRead where a list cannot be read, and OSError where a source cannot.
    """
    students = _roster(roster) if roster else None
    form = _pattern(name_regex) if name_regex else None
    known = frozenset(exercises)
    intake = Intake()
    ours = [source for source in sources if is_graded(source)]  # the shell's `*` gives them, too
    intake.rest += [f"{source}: {OURS}" for source in ours]
    for top in _tops([source for source in sources if source not in ours], known):
        found = _understand(top, form)
        intake.handed += found.handed.values()
        intake.rest += found.rest + [line for piece in top.around for line in _left(piece)]
    if not intake.handed:
        raise NothingHandedIn(f"no submission is in {', '.join(map(str, sources))}{_in_brackets(intake.rest)}")
    if students is not None:
        absent = rosters.put_in(students, intake.handed)
        intake.missing = [HandedIn(_stem(who), who.name, who.email, who.id, on_roster=True) for who in absent]
    _name_all(intake)
    return intake


def _in_brackets(rest: list[str]) -> str:
    more = f", and {len(rest) - NAMED} more" if len(rest) > NAMED else ""
    return f" ({'; '.join(rest[:NAMED])}{more})" if rest else ""


def _roster(path: Path) -> list[Student]:
    try:
        return rosters.roster(path.read_bytes())
    except NotRead as error:
        raise NotRead(f"the roster {path} cannot be read: {error}") from None


def _pattern(text: str) -> re.Pattern[str]:
    try:
        form = re.compile(text)
    except re.error as error:
        raise NotRead(f"--name-regex is no pattern: {error}") from None
    if not {"student_id", "name", "email", "first_name", "last_name"} & set(form.groupindex):
        raise NotRead("--name-regex names nobody: it needs a group such as (?P<student_id>...) or (?P<name>...)")
    return form


# --- where the submissions of a class lie


@dataclass
class Top:
    """The pieces that a form is looked for in, and the folders that they lie in, where those were given."""

    pieces: list[Piece]
    around: list[Piece] = field(default_factory=list)  # the innermost last


def _tops(sources: list[Path], exercises: frozenset[str]) -> list[Top]:
    """Each source that holds a class; and all that are a submission each, together."""
    tops, loose, alone = [], [], len(sources) == 1
    opened = [(source, _around(source, alone, exercises)) for source in sources]
    none_is_one = all(around and not _is_one(around[-1], exercises) for _, around in opened)
    for source, around in opened:
        if around and _is_class(around[-1], exercises, alone, none_is_one):
            tops.append(Top(around[-1].children(), around))
        else:
            loose.append(on_disk(source.absolute(), str(source)))
    return [*tops, *([Top(list(loose))] if loose else [])]


def _around(source: Path, alone: bool, exercises: frozenset[str]) -> list[Piece]:
    """The folders around what a source holds, the innermost last; none where it can only be a submission."""
    piece = _opened(source, alone)
    return _unwrapped(piece, exercises) if piece and piece.is_folder else []


def _opened(source: Path, alone: bool) -> Piece | None:
    """The source as a folder, where it is one or a zip."""
    if not source.exists():
        raise NothingHandedIn(f"{source} is not there")
    if source.is_dir():
        return OnDisk(source.resolve().name, str(source), True, source)
    if source.suffix.lower() == ".zip":
        try:
            return in_zip(source, str(source))
        except Refused as error:
            if alone:
                raise NothingHandedIn(f"{source} cannot be read: {error}") from None
    return None


def _unwrapped(piece: Piece, exercises: frozenset[str]) -> list[Piece]:
    """`piece`, and the folder that the submissions lie in: the only one in it, where that holds many; and so on."""
    children = piece.children()
    if len(children) == 1 and children[0].is_folder and not _is_one(children[0], exercises, 3):
        below = children[0].children()
        is_form = downloads.MOODLE.fullmatch(children[0].name) or any(child.name == downloads.GIT for child in below)
        if not is_form and (len(below) > 1 or (below and below[0].is_folder)):
            return [piece, *_unwrapped(children[0], exercises)]
    return [piece]


def _is_submission(piece: Piece, exercises: frozenset[str]) -> bool:
    """Whether exercise files lie in it, or in its folder `exercises`, or in folders called after exercises."""
    below = {child.name: child for child in piece.children()}
    if any(child.name.removesuffix(".py") in exercises for child in below.values() if not child.is_folder):
        return True
    if "exercises" in below and below["exercises"].is_folder:
        return _is_submission(below["exercises"], exercises)
    folders = [child for child in below.values() if child.is_folder]
    named = {exercise for each in exercises for exercise in (each, each.split("_")[0])}
    return bool(folders) and all(folder.name in named for folder in folders)


def _is_one(piece: Piece, exercises: frozenset[str], least: int = 2) -> bool:
    """Whether it is one submission, and no class, of `least` at the least, that an exercise file strayed into."""
    return _is_submission(piece, exercises) and not _has_strays(piece, exercises, least)


def _has_strays(piece: Piece, exercises: frozenset[str], least: int) -> bool:
    """Whether exercise files lie beside so many submissions: fewer can be one student's older work."""
    children = piece.children()
    strays = any(child.name.removesuffix(".py") in exercises for child in children if not child.is_folder)
    beside = (child for child in children if child.name != "exercises" and _could_be_one(child, exercises))
    return strays and len(list(itertools.islice(beside, least))) == least


def _could_be_one(piece: Piece, exercises: frozenset[str]) -> bool:
    """Whether a piece beside others is what somebody handed in."""
    if any(form.fullmatch(piece.name) for form in (downloads.MOODLE, *downloads.CANVAS)):
        return True
    return _is_submission(piece, exercises) if piece.is_folder else archives.is_archive(piece.name)


def _is_class(piece: Piece, exercises: frozenset[str], alone: bool, none_is_one: bool) -> bool:
    """Whether it holds submissions; of several sources, all have to, where one has exercise files of its own."""
    if _is_submission(piece, exercises) and not none_is_one:
        return False
    children = piece.children()
    one = len(children) == 1 and children[0].is_folder and _is_submission(children[0], exercises)
    return alone or (bool(children) and not (one and isinstance(piece, InZip)))


# --- whose is what


def _understand(top: Top, form: re.Pattern[str] | None) -> Understood:
    """By the form that most of the names have."""
    if form is not None:
        return downloads.by_regex(top.pieces, form)
    listed = next((piece for piece in top.pieces if piece.name == rosters.METADATA and not piece.is_folder), None)
    if listed is not None:
        try:
            return rosters.gradescope(top.pieces, listed.read(LIST_BYTES))
        except NotRead as error:
            raise NotRead(f"{listed.path} cannot be read: {error}") from None
    name = top.around[-1].name if top.around else ""
    for is_it, understand in _FORMS:
        if is_it(top.pieces, name):
            return understand(top.pieces, name)
    return downloads.plain(top.pieces)


def _most(fitting: int, pieces: list[Piece]) -> bool:
    return fitting * 2 >= len(pieces) and fitting > 0


def _is_moodle(pieces: list[Piece], name: str) -> bool:
    return _most(sum(bool(downloads.MOODLE.fullmatch(piece.name)) for piece in pieces), pieces)


def _is_canvas(pieces: list[Piece], name: str) -> bool:
    files = [piece for piece in pieces if not piece.is_folder]
    fitting = sum(any(form.fullmatch(piece.name) for form in downloads.CANVAS) for piece in files)
    return _most(fitting, pieces)


def _is_github(pieces: list[Piece], name: str) -> bool:
    folders = [piece for piece in pieces if piece.is_folder]
    slug = name.removesuffix("-submissions") + "-"
    if name.endswith("-submissions") and _most(sum(piece.name.startswith(slug) for piece in folders), folders):
        return True
    return _most(sum(any(child.name == downloads.GIT for child in piece.children()) for piece in folders), folders)


def _github(pieces: list[Piece], name: str) -> Understood:
    found = downloads.github(pieces, name)
    for piece in pieces:
        if not piece.is_folder and piece.name.lower().endswith(".csv"):
            try:
                rosters.put_in_times(piece.read(LIST_BYTES), found.handed)
            except NotRead as error:
                found.nobody(piece, str(error))
    return found


_FORMS: tuple[tuple[Callable[[list[Piece], str], bool], Callable[[list[Piece], str], Understood]], ...] = (
    (_is_moodle, lambda pieces, name: downloads.moodle(pieces)),
    (_is_canvas, lambda pieces, name: downloads.canvas(pieces)),
    (_is_github, _github),
)


def _left(piece: Piece) -> list[str]:
    """What lies in the source and belongs to nobody."""
    if isinstance(piece, OnDisk):
        links = [f"{path}: a link or no regular file" for path in piece.links()]
        return links + [f"{path}: {OURS}" for path in piece.graded()]
    if isinstance(piece, InZip):
        return [f"{piece.path}: {name!r} leaves the folder" for name in piece.nameless()]
    return []


# --- ids


def _stem(student: Student) -> str:
    return student.id or student.email.partition("@")[0] or student.name


def _name_all(intake: Intake) -> None:
    """Gives each a safe id that no other has, whatever the case; those who handed in first."""
    taken: set[str] = set()
    for each in (*sorted(intake.handed, key=lambda found: (found.stem, found.source)), *intake.missing):
        whole = safe_id(each.stem)
        number, each.id = 1, whole
        while each.id.casefold() in taken:
            number += 1
            each.id = f"{whole}-{number}"
        taken.add(each.id.casefold())
        if number > 1:
            each.notes.append(f"another submission bears the same name: this one is {each.id}")


def safe_id(text: str) -> str:
    """`text` as the name of a folder that every file system takes, and every shell."""
    name = re.sub(r"[^\w.-]+", "_", unicodedata.normalize("NFC", text)).strip("._-")
    name = name.encode()[:ID_MOST_BYTES].decode(errors="ignore")
    return f"_{name}" if not name or RESERVED.fullmatch(name) else name
