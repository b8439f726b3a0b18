"""What cannot be seen in a text, or steers whatever shows it, made visible.

Who uses it: explain, for all that a submission could have had a say in; result, gradebook and the formats, for JSON;
the sheets of a class. It knows characters alone, of no place where they are read.
"""

from __future__ import annotations

import re

# Control characters, what is invisible, what turns the direction of writing, and lone surrogates.
UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0e\ufeff\uffa0\ufff0-\uffff\ud800-\udfff\U000e0000-\U000e0fff]"
)


def visible(text: str) -> str:
    """`text` with a visible escape in place of each of them."""
    if text.isascii() and text.isprintable():
        return text
    return UNSAFE.sub(lambda found: _escape(found.group()), text)


def in_json(content: bytes) -> bytes:
    """The same JSON: outside of its strings there is none of them, and inside, JSON has an escape for each.

    Most results, and of the others most lines, are seen at once to have none.
    """
    return content if _has_none(content) else b"\n".join(map(_line_in_json, content.split(b"\n")))


def _has_none(content: bytes) -> bool:
    return content.isascii() and b"\x7f" not in content


def _line_in_json(line: bytes) -> bytes:
    if _has_none(line):
        return line
    return UNSAFE.sub(lambda found: _json_escape(found.group()), line.decode("utf-8")).encode("utf-8")


def _escape(char: str) -> str:
    code = ord(char)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _json_escape(char: str) -> str:
    """As RFC 8259, 7 has it: of what UTF-16 writes as two, both."""
    return re.sub("....", r"\\u\g<0>", char.encode("utf-16-be").hex())
