"""Unpacks a student's archive into a bounded folder: nothing is believed that the archive says of itself.

Who uses it: snapshot, outside, before any code of the student's runs. What goes in: a zip or tar file, or some members
of the zip that a whole class came in. What comes out: regular files in an empty folder, or Refused with the reason.
Links, devices and pipes are left behind. Refused are names that leave the folder, that stand for two files, or for one
in a file system that does not tell A from a; what is encrypted or broken; and what unpacks to more than there is room.
"""

from __future__ import annotations

import bz2
import contextlib
import errno
import gzip
import io
import lzma
import re
import stat
import struct
import tarfile
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from grader.intake import zipnames
from grader.walls import staging

BLOCK = 1 << 16
DIRECTORY_BYTES = 4 << 20  # of a zip's list of its files: about 40,000 names
JUNK = {"__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini"}
ZIPS, TARS = (".zip",), (".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz")
NOT_READ = (".7z", ".rar")
BROKEN = (zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError, EOFError, struct.error, ValueError)


class Refused(Exception):
    """A submission that is not taken in; the text says why (the student's failure, or their archive's)."""


@dataclass
class Room:
    """What one submission may still take up when it is taken in."""

    files: int = staging.FILES
    bytes: int = staging.BYTES
    notes: list[str] = field(default_factory=list)  # what was left behind, and why

    def note(self, text: str) -> None:
        """Keeps one more line of what was left behind; of many, the first ones."""
        if len(self.notes) < 20 and text not in self.notes:
            self.notes.append(text)

    def take_file(self) -> None:
        """One more file."""
        self.files -= 1
        if self.files < 0:
            raise Refused(f"it holds more than {staging.FILES} files")

    def take_bytes(self, count: int) -> None:
        """So many more bytes."""
        self.bytes -= count
        if self.bytes < 0:
            raise Refused(f"it unpacks to more than {staging.BYTES >> 20} MiB")


@dataclass(frozen=True)
class Member:
    """One thing in an archive."""

    name: str
    is_file: bool
    is_folder: bool
    is_encrypted: bool
    open: Callable[[], IO[bytes]]


def is_archive(name: str) -> bool:
    """Whether a file of this name is to be unpacked; of some we can only say that we do not read them."""
    return name.lower().endswith((*ZIPS, *TARS, *NOT_READ))


def stem(name: str) -> str:
    """The name of an archive without what says that it is one."""
    endings = sorted((*ZIPS, *TARS, *NOT_READ), key=len, reverse=True)
    return name[: -len(next(ending for ending in endings if name.lower().endswith(ending)))]


def unpack(path: Path, target: Path, room: Room, called: str = "") -> None:
    """Unpacks the archive at `path`, `called` so by its owner, into the empty folder `target`; raises Refused."""
    called = called or path.name
    name = called.lower()
    if name.endswith(NOT_READ):
        raise Refused(f"{called} is an archive of a kind that is not read: zip and tar are")
    with told(called), open(path, "rb") as file:
        if name.endswith(ZIPS):
            with _zip(file) as opened:
                write(zip_members(opened, opened.infolist()), target, room)
        else:
            with _tar(file, room) as members:
                write(members, target, room)


def write(members: Iterator[Member], target: Path, room: Room) -> None:
    """Writes the regular files among `members` below `target`; raises Refused."""
    names = Names()
    for member in members:
        parts = parts_of(member.name)
        if not parts or JUNK & set(parts) or staging.LEFT_OUT & set(parts) or parts[-1].endswith((".pyc", ".pyo")):
            continue
        if member.is_encrypted:
            raise Refused("it is encrypted")
        names.add(parts, member.is_folder)
        if member.is_folder:
            continue
        if not member.is_file:
            room.note(f"{'/'.join(parts)}: a link or no regular file, left out")
            continue
        room.take_file()
        copy = target.joinpath(*parts)
        copy.parent.mkdir(parents=True, exist_ok=True)
        with member.open() as source:
            write_file(source, copy, room)


def write_file(source: IO[bytes], copy: Path, room: Room) -> None:
    """Copies `source` to the new file `copy`, as far as there is room."""
    with open(copy, "xb") as file:
        while block := source.read(BLOCK):
            room.take_bytes(len(block))
            file.write(block)


def parts_of(name: str) -> list[str]:
    """The parts of a member's name, composed (NFC); raises Refused where it leaves the folder or cannot be a name."""
    plain = unicodedata.normalize("NFC", name).replace("\\", "/")
    parts = [part for part in plain.split("/") if part not in ("", ".")]
    if plain.startswith("/") or re.match(r"[A-Za-z]:", plain) or ".." in parts:
        raise Refused(f"it holds a name that leaves its folder: {name}")
    if re.search(r"[\x00-\x1f\x7f]", plain) or any(len(_bytes(part)) > 255 for part in parts):
        raise Refused(f"it holds a name that no file can have: {name[:80]!r}")
    if len(_bytes(plain)) > staging.PATH_BYTES or len(parts) > 64:
        raise Refused(f"it holds a name that is too long: {name[:80]}...")
    return parts


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


class Names:
    """The names of one archive: each stands for one thing, in every file system."""

    def __init__(self) -> None:
        self._seen: dict[tuple[str, ...], tuple[list[str], bool]] = {}

    def add(self, parts: list[str], is_folder: bool) -> None:
        """One more; raises Refused where it was there already, or differs in case alone."""
        for depth in range(1, len(parts)):
            self._one(parts[:depth], True)
        self._one(parts, is_folder)

    def _one(self, parts: list[str], is_folder: bool) -> None:
        known, was_folder = self._seen.setdefault(tuple(map(str.casefold, parts)), (parts, is_folder))
        if known != parts:
            raise Refused(f"it holds names that differ in case alone: {'/'.join(known)}, {'/'.join(parts)}")
        if known is not parts and not (is_folder and was_folder):
            raise Refused(f"it holds {'/'.join(parts)} twice")


@contextlib.contextmanager
def told(name: str) -> Iterator[None]:
    """What is wrong with the archive or file `name`, as a reason; raises Refused, or OSError where the disk fails."""
    try:
        yield
    except Refused as error:
        raise Refused(f"{name}: {error}") from None
    except NotImplementedError as error:
        raise Refused(f"{name}: it is packed in a way that is not read ({error})") from None
    except RuntimeError as error:  # zipfile's, for what needs a password
        raise Refused(f"{name}: it is encrypted" if "password" in str(error) else f"{name}: {error}") from None
    except (*BROKEN, OverflowError, UnicodeError, MemoryError) as error:
        raise Refused(f"{name}: it is broken ({type(error).__name__}: {str(error)[:200]})") from None
    except OSError as error:
        if error.errno not in (None, errno.EINVAL):
            raise  # the disk's failure
        raise Refused(f"{name}: it is broken ({error})") from None  # gzip's, bz2's; a place before the file's start


# --- zip


def _zip(file: IO[bytes]) -> zipfile.ZipFile:
    """Opens it, unless its list of files alone would take up our memory."""
    if _size_of_directory(file) > DIRECTORY_BYTES:
        raise Refused(f"it holds more than {staging.FILES} files")
    file.seek(0)
    return zipnames.put_right(zipfile.ZipFile(file))


def _size_of_directory(file: IO[bytes]) -> int:
    """What the record at the end of a zip says (APPNOTE.TXT 4.3.16), found as zipfile finds it; 0 without one."""
    size = file.seek(0, io.SEEK_END)
    file.seek(max(0, size - 22))
    end = file.read(22)
    if not (end[:4] == b"PK\5\6" and end[-2:] == b"\0\0"):
        file.seek(max(0, size - (1 << 16) - 22))
        tail = file.read()
        at = tail.rfind(b"PK\5\6")
        end = tail[at : at + 22] if at >= 0 else b""
    return struct.unpack("<L", end[12:16])[0] if len(end) == 22 else 0


def zip_members(opened: zipfile.ZipFile, infos: list[zipfile.ZipInfo], below: str = "") -> Iterator[Member]:
    """The members `infos` of a zip, by their names below the folder `below`."""
    for info in infos:
        mode = info.external_attr >> 16
        is_folder = info.filename.endswith(("/", "\\"))
        yield Member(
            name=info.filename[len(below) :],
            is_file=not is_folder and stat.S_IFMT(mode) in (0, stat.S_IFREG),
            is_folder=is_folder,
            is_encrypted=bool(info.flag_bits & 1),
            open=lambda info=info: opened.open(info),  # type: ignore[misc]
        )


# --- tar


@contextlib.contextmanager
def _tar(file: IO[bytes], room: Room) -> Iterator[Iterator[Member]]:
    head = file.read(6)
    file.seek(0)
    source: Any = file
    for magic, opener in ((b"\x1f\x8b", gzip.open), (b"BZh", bz2.open), (b"\xfd7zXZ\0", lzma.open)):
        if head.startswith(magic):
            source = opener(file)
    source = _Bounded(source, room.bytes * 2 + (1 << 20))
    with tarfile.open(fileobj=source, mode="r|") as opened:
        yield _tar_members(opened)


def _tar_members(opened: tarfile.TarFile) -> Iterator[Member]:
    for info in opened:
        source = opened.extractfile(info) if info.isreg() else None
        yield Member(
            name=info.name,
            is_file=info.isreg() and not info.issparse(),
            is_folder=info.isdir(),
            is_encrypted=False,
            open=lambda source=source: source or io.BytesIO(),  # type: ignore[misc]
        )


class _Bounded:
    """What is read through it comes to an end: of a header that is a bomb, too."""

    def __init__(self, source: IO[bytes], most: int) -> None:
        self._source, self._left = source, most

    def read(self, size: int = -1) -> bytes:
        """At most what is left."""
        data = self._source.read(min(size, self._left + 1) if size >= 0 else self._left + 1)
        self._left -= len(data)
        if self._left < 0:
            raise Refused(f"it unpacks to more than {staging.BYTES >> 20} MiB")
        return data
