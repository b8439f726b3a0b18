"""The names in a zip, as whoever made it meant them; and names on the disk, where such a zip was unpacked as it was.

Who uses it: archives and pieces, with a zip that was just opened. The format knows two encodings: UTF-8 where a flag
says so, and else cp437 (APPNOTE.TXT 4.4.4 and appendix D). Much that makes zips keeps to neither: without the flag the
names are UTF-8 (macOS's Archive Utility), or the system's own, which on a Chinese Windows is GBK.
"""

from __future__ import annotations

import contextlib
import os
import re
import zipfile

IS_UTF8 = 0x800  # the flag
HANZI = re.compile(rb"(?:[\x00-\x7f]|[\x81-\xfe][\x80-\xfe])*")  # GBK, where letters with accents do not look like it


def put_right(opened: zipfile.ZipFile) -> zipfile.ZipFile:
    """`opened`, whose infos bear the names that were meant; what is read of it is the same."""
    for info in opened.infolist():
        if not info.flag_bits & IS_UTF8 and info.filename == info.orig_filename:
            info.filename = meant(info.filename)
    return opened


def meant(name: str) -> str:
    """What a `name` without the flag was meant to be, which was read as cp437."""
    return _read(name.encode("cp437")) or name


def on_disk(name: str) -> str:
    """What a file's name was meant to be: one that is no UTF-8 is read as one in a zip is."""
    return _read(os.fsencode(name)) or name


def _read(raw: bytes) -> str | None:
    for encoding in ("utf-8", "gbk") if HANZI.fullmatch(raw) else ("utf-8",):
        with contextlib.suppress(UnicodeDecodeError):
            return raw.decode(encoding)
    return None
