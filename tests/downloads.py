"""Downloads of a class made on the spot: a folder or a zip with files of given names, and archives of every kind."""

from __future__ import annotations

import io
import stat
import tarfile
import zipfile
from collections.abc import Iterable
from pathlib import Path

from world import Texts, written

EXERCISES = ["ex01_first_process", "ex02_name_and_pid"]
EX01, EX02 = (f"{name}.py" for name in EXERCISES)


def zipped(path: Path, files: Texts | Iterable[tuple[str, str | bytes]]) -> Path:
    """A zip of the files, in their order; a name may come twice."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, text in files.items() if isinstance(files, dict) else files:
            made.writestr(zipfile.ZipInfo(name), text)
    return path


def packed(files: Texts | Iterable[tuple[str, str | bytes]]) -> bytes:
    """The bytes of such a zip."""
    with io.BytesIO() as content:
        with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as made:
            for name, text in files.items() if isinstance(files, dict) else files:
                made.writestr(name, text)
        return content.getvalue()


def linked(path: Path, name: str, target: str) -> Path:
    """A zip with a link in it, and an exercise file."""
    with zipfile.ZipFile(path, "w") as made:
        info = zipfile.ZipInfo(name)
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        made.writestr(info, target)
        made.writestr(EX01, "x = 1\n")
    return path


def tarred(path: Path, infos: Iterable[tuple[tarfile.TarInfo, bytes]], mode: str = "w:gz") -> Path:
    """A tar of these members."""
    with tarfile.open(path, mode) as made:  # type: ignore[call-overload]
        for info, content in infos:
            info.size = len(content)
            made.addfile(info, io.BytesIO(content))
    return path


def made(folder: Path, files: Texts, as_zip: bool) -> Path:
    """A download of these files, as a folder or as a zip."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    return zipped(folder.with_suffix(".zip"), files) if as_zip else written(folder, files)


def encrypted(path: Path) -> Path:
    """A zip that says that it is encrypted."""
    content = bytearray(packed({EX01: "x = 1\n"}))
    content[6] |= 1  # the flags of the file's own header, and of the list at the end (APPNOTE.TXT 4.4.4)
    content[content.index(b"PK\1\2") + 8] |= 1
    path.write_bytes(content)
    return path
