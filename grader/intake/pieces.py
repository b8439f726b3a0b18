"""The pieces that a class's download is made of: files and folders, on the disk or within one large zip, alike.

Who uses it: intake and downloads, which look at names alone; snapshot, which copies a piece into a bounded folder.
Nothing is unpacked before a submission's turn, and then only what is its own. No link is followed.
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from pathlib import Path

from grader.gradebook import is_graded
from grader.intake import archives, zipnames
from grader.intake.archives import Refused, Room
from grader.walls import staging

NOWHERE = {"", ".."}  # as the first part of a name in a zip


@dataclass
class Piece:
    """A file or a folder of a download."""

    name: str  # its last part
    path: str  # as the user knows it: "class.zip/ada/ex01.py"
    is_folder: bool

    def children(self) -> list[Piece]:
        """What lies in a folder, by name, without what no person put there."""
        raise NotImplementedError

    def read(self, most: int) -> bytes:
        """At most `most` bytes of a file; raises Refused, or OSError, where it cannot be read."""
        raise NotImplementedError

    def copy(self, target: Path, room: Room) -> None:
        """Copies the file to the new path `target`, or what is in the folder into the empty folder `target`.

        Raises Refused, or OSError where the disk fails.
        """
        raise NotImplementedError


@dataclass
class OnDisk(Piece):
    """A file or a folder at `at`."""

    at: Path

    def children(self) -> list[Piece]:
        """See Piece; a link is none of them, nor what we have made of a class: see `links` and `graded`."""
        found = [path for path in self._inside() if not _is_other(path) and not is_graded(path)]
        names = {path.name for path in found}
        meant = [zipnames.on_disk(path.name) for path in found]
        called = [path.name if name in names else name for path, name in zip(found, meant, strict=True)]
        return [on_disk(path, f"{self.path}/{name}", name) for path, name in zip(found, called, strict=True)]

    def graded(self) -> list[str]:
        """The paths of folders that a class was graded into, by an earlier run of ours."""
        return [f"{self.path}/{path.name}" for path in self._inside() if is_graded(path)]

    def links(self) -> list[str]:
        """The paths of what is neither a file nor a folder."""
        return [f"{self.path}/{path.name}" for path in self._inside() if _is_other(path)]

    def _inside(self) -> list[Path]:
        return sorted(path for path in self.at.iterdir() if path.name not in archives.JUNK)

    def read(self, most: int) -> bytes:
        """See Piece."""
        with open(self.at, "rb") as file:
            return file.read(most)

    def copy(self, target: Path, room: Room) -> None:
        """See Piece."""
        if self.is_folder:
            staging.take_in(self.at, target, room.note)
            return
        room.take_file()
        with open(self.at, "rb", opener=lambda path, flags: staging.open_file(Path(path))) as source:
            archives.write_file(source, target, room)


def on_disk(path: Path, known_as: str, name: str = "") -> OnDisk:
    """The piece at `path`, which the user knows as `known_as`, and by a `name` that may be written otherwise there."""
    return OnDisk(name or path.name, known_as, path.is_dir() and not path.is_symlink(), path)


def _is_other(path: Path) -> bool:
    return path.is_symlink() or not (path.is_dir() or path.is_file())


@dataclass
class InZip(Piece):
    """A file or a folder of the zip that is `opened`: `infos` are its members, `below` what comes before its name."""

    opened: zipfile.ZipFile
    infos: list[zipfile.ZipInfo]
    below: str = ""

    def children(self) -> list[Piece]:
        """See Piece."""
        groups: dict[str, list[zipfile.ZipInfo]] = {}
        for info in self.infos:
            first = self._first(info)
            if first not in archives.JUNK | NOWHERE:
                groups.setdefault(first, []).append(info)
        return [self._child(first, infos) for first, infos in sorted(groups.items())]

    def _child(self, first: str, infos: list[zipfile.ZipInfo]) -> InZip:
        whole = self.below + first
        is_folder = any(len(info.filename) > len(whole) for info in infos)
        below = whole + "/" if is_folder else self.below
        return InZip(first, f"{self.path}/{first}", is_folder, self.opened, infos, below)

    def _first(self, info: zipfile.ZipInfo) -> str:
        return info.filename[len(self.below) :].replace("\\", "/").split("/")[0]

    def nameless(self) -> list[str]:
        """The names of members that belong to nobody: those that are absolute, or lead out of the folder."""
        itself = self.below
        return [info.filename for info in self.infos if info.filename != itself and self._first(info) in NOWHERE]

    def read(self, most: int) -> bytes:
        """See Piece."""
        with archives.told(self.name), self.opened.open(self.infos[0]) as source:
            return source.read(most)

    def copy(self, target: Path, room: Room) -> None:
        """See Piece."""
        members = archives.zip_members(self.opened, self.infos, self.below)
        with archives.told(self.name):
            if self.is_folder:
                archives.write(members, target, room)
                return
            if len(self.infos) > 1:
                raise Refused("it is in the download twice")
            member = next(members)
            if member.is_encrypted:
                raise Refused("it is encrypted")
            if not member.is_file:
                raise Refused("it is a link or no regular file")
            room.take_file()
            with member.open() as source:
                archives.write_file(source, target, room)


def in_zip(path: Path, name: str) -> InZip:
    """The whole of the zip at `path`, as a folder; raises Refused where it is none. It stays open."""
    with archives.told(path.name):
        opened = zipnames.put_right(zipfile.ZipFile(path))
    return InZip(path.stem, name, True, opened, opened.infolist())
