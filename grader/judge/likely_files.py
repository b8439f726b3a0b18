"""The likely cause where files and folders are not as they should be after a copy.

Who uses it: likely.py, for the assertions that look at what files.py and leases.py see. What goes in: what was seen and
what was expected. What comes out: a key of the course's causes with the facts that fill its words, or nothing.
"""

from __future__ import annotations

import re
from typing import Any

from grader.finding import Likely
from grader.handles.files import Content, NoFile

LINE_ENDS = b"\r\n"  # which text mode changes
BEGIN = 8  # bytes, after those
BLOCK = 256  # bytes, which lie in one block of anybody's
REPR = re.compile(rb"b['\"]")  # how str() of bytes begins
GENERATOR = re.compile(r"\byield\b")
STOPS = re.compile(r"\braise StopIteration\b|\bnext\(")


def _of_content(seen: Any, expected: Any, source: str) -> Likely | None:
    if isinstance(seen, NoFile) or not isinstance(expected, Content):
        return "not_copied", {"found": getattr(seen, "kind", "")}
    if seen.data and expected.data is not None and _is_text(seen.data, expected.data):
        return "text_mode", {}
    sizes = {"got": str(seen.size), "wanted": str(expected.size)}
    if seen.size == expected.size:
        return "bytes_changed", {}
    return (_of_fewer(seen, expected) if seen.size < expected.size else _of_more(seen, expected)), sizes


def _of_fewer(seen: Content, expected: Content) -> str:
    """The cause where bytes are missing; whether they are so at the end alone is known of short files."""
    if not seen.size:
        return "copied_in_part"
    if seen.data is None or expected.data is None:
        return "fewer_bytes"
    return "copied_in_part" if expected.data.startswith(seen.data) else "bytes_lost"


def _of_more(seen: Content, expected: Content) -> str:
    """The cause where there are too many bytes: what neither begins alike nor holds all of them is another file's."""
    if seen.data is None or expected.data is None or expected.data in seen.data:
        return "old_bytes_left"
    begins = [data.lstrip(LINE_ENDS)[:BEGIN] for data in (seen.data, expected.data)]
    return "old_bytes_left" if begins[0] == begins[1] else "old_file_kept"


def _is_text(seen: bytes, data: bytes) -> bool:
    """Whether `seen` is what text mode makes of `data`; of a file that is copied by blocks the beginning is enough."""
    texts = _as_text(data)
    if seen in texts or (REPR.match(seen) and not REPR.match(data)):
        return True
    return seen[:BLOCK] != data[:BLOCK] and seen[:BLOCK] in [text[:BLOCK] for text in texts]


def _as_text(data: bytes) -> list[bytes]:
    """What becomes of bytes that are read as text and written again, or only written so."""
    errors = ("ignore", "replace", "surrogateescape", "backslashreplace")
    texts = [data.decode("utf-8", error).encode("utf-8", "surrogateescape") for error in errors] + [data]
    texts.append(data.decode("latin-1").encode("utf-8"))
    unix = [text.replace(b"\r\n", b"\n") for text in texts]
    return texts + unix + [text.replace(b"\r", b"\n") for text in unix]


def _of_names(seen: Any, expected: Any, source: str) -> Likely | None:
    if more := sorted(set(seen) - set(expected)):
        return "too_much_copied", {"names": ", ".join(map(repr, more[:5]))}
    if missing := sorted(set(expected) - set(seen)):
        return "files_missing", {"names": ", ".join(map(repr, missing[:5]))}
    return None


def _of_files(seen: Any, expected: Any, source: str) -> Likely | None:
    if likely := _of_names(seen, expected, source):
        return likely
    other = [name for name in seen if seen[name] != expected[name]]
    return _of_content(seen[other[0]], expected[other[0]], source) if other else None


def _of_ending(seen: str, source: str) -> Likely:
    if seen == "RuntimeError" and GENERATOR.search(source) and STOPS.search(source):
        return "stop_in_generator", {}
    return ("did_not_raise", {}) if seen == "returned" else ("other_exception", {"type": seen})


def _of_exists(seen: Any, expected: Any, source: str) -> Likely | None:
    return ("made_too_early", {}) if seen else ("folder_not_made", {})


def _of_report(seen: Any, cause: str) -> str:
    """Of one argument of report: where it is all of them in one, none of them has its place."""
    whole = any(type(getattr(each, "value", each)) in (tuple, list) for each in seen)
    return "report_arguments" if whole else cause


BY_NAME: dict[str, Any] = {
    "holds": _of_content,
    "names": _of_names,
    "files": _of_files,
    "ending": lambda seen, expected, source: _of_ending(seen, source),
    "exists": _of_exists,
    "is_folder": lambda seen, expected, source: ("folder_not_made", {}),
    "grown_mb": lambda seen, expected, source: ("whole_in_memory", {"got": str(seen)}),
    "opened_by_main": lambda seen, expected, source: ("opened_here", {}),
    "by_main": lambda seen, expected, source: ("reported_elsewhere", {}),
    "named": lambda seen, expected, source: ("wrong_names", {}),
    "counts": lambda seen, expected, source: (_of_report(seen, "wrong_counts"), {}),
    "totals": lambda seen, expected, source: (_of_report(seen, "wrong_totals"), {}),
    "early": lambda seen, expected, source: ("reported_early", {}),
}
