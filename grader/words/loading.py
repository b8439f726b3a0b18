"""What to do about a file that cannot be loaded: for each kind of reason the words that say it.

Who uses it: explain and the ladder of hints. In goes why the file could not be loaded, as the result holds it; out
comes the key of a word, with the facts that fill it. What is wrong with a text is told by Python's phrases, and by the
line that they are about. Nothing that a student imports is imported here.
"""

from __future__ import annotations

import difflib
import keyword
import re
import sys
from collections.abc import Iterable

from grader.result import Excerpt, LoadError
from grader.words.usual import READ_ONLY

Advice = tuple[str, dict[str, str]]

NULL = "null bytes"
SYNTAX = ("SyntaxError", "IndentationError", "TabError")
NOT_UTF_8 = ("codec can't decode", "Non-UTF-8 code", "unknown encoding", "encoding problem")
BY_TYPE = {
    "stuck": "load_unguarded",
    "crashed": "load_unguarded",
    "SystemExit": "load_exits",
    "EOFError": "load_reads_input",
    "ModuleNotFoundError": "load_module",
    "ImportError": "load_module",
    "IndentationError": "load_indentation",
    "TabError": "load_indentation",
    "SyntaxError": "load_syntax",
    "UnicodeDecodeError": "load_encoding",
}
CURLY = "\u2018\u2019\u201c\u201d"
OF_INPUT_METHOD = f"[{CURLY}\u3000-\u3011\uff01-\uff60\uffe5]"  # what a Chinese keyboard types
FULL_WIDTH = [  # what Python says, and in which part of its text or of the line the sign stands
    (re.compile(rf"invalid character '({OF_INPUT_METHOD})'"), None),
    (re.compile(r"invalid decimal literal"), re.compile(rf"\d({OF_INPUT_METHOD})")),
    (re.compile(r"unterminated string literal"), re.compile(f"([{CURLY}])")),
]
UNSEEN = re.compile(r"invalid non-printable character (U\+[0-9A-F]{4,6})")
SPACES = {"U+3000": "load_wide_space", "U+00A0": "load_no_break_space"}
NO_CODE = [  # how a line begins that another program has put there
    ("load_merge", re.compile(r"(?:<{7}|={7}|>{7}|\|{7})(?: |$)")),
    ("load_prompt", re.compile(r">>>(?: |$)|\.\.\. \S|In \[\d*\]:")),
    ("load_fence", re.compile(r"```|~~~")),
    ("load_numbered", re.compile(r"\d{1,4}[.:|]?\s+(?:(?:async\s+)?def|class|import|from|@\w|\"{3}|'{3})")),
]
KEYWORD_LIKE = re.compile(r"\s*([A-Za-z]{2,20})(?=\s+[\w\"'(\[{]|\s*:)")
NO_MODULE = re.compile(r"No module named '(\w{1,60})[.']")
CIRCLE = re.compile(r".{0,80}\bpartially initialized module '(?P<module>[\w.]{1,60})'.*circular import")
NO_NAME = re.compile(r"cannot import name '(?P<name>\w{1,60})' from '(?P<module>[\w.]{1,60})'")


def advice(error: LoadError) -> Advice:
    """The key of the word that says what to do next, and its facts."""
    if error.type in ("SyntaxError", "ValueError") and NULL in error.text:
        return "load_null", {"file": error.file or ""} if error.line is None else {}
    if error.type in ("SyntaxError", "ValueError") and any(phrase in error.text for phrase in NOT_UTF_8):
        return "load_encoding", {"file": error.file or ""} if error.type == "SyntaxError" else {}
    if error.type in SYNTAX and (key := _no_code(error.source or "")):
        return key, {}
    if error.type == "SyntaxError":
        return _of_syntax(error.text, error.source or "")
    if re.match(READ_ONLY, f"{error.type}: {error.text}"):
        return "load_read_only", {}
    if found := CIRCLE.match(error.text):
        return _of_circle(found.group("module"), error.file or "")
    if error.called:
        return "load_called", _of_call(error, error.called)
    if error.type in ("ModuleNotFoundError", "ImportError"):
        return _of_import(error.text)
    if error.type == "UnicodeDecodeError" and error.line is not None:
        return "load_decodes", {}
    return BY_TYPE.get(error.type, "load_raised"), {}


def is_graded_only(error: LoadError) -> bool:
    """Whether it may go well where the student runs the file alone."""
    return advice(error)[0] in ("load_read_only", "load_called")


def _no_code(source: str) -> str | None:
    return next((key for key, begins in NO_CODE if begins.match(source.strip())), None)


def _of_syntax(text: str, source: str) -> Advice:
    if unseen := UNSEEN.match(text):
        return SPACES.get(unseen.group(1), "load_unseen"), {"sign": unseen.group(1)}
    for says, stands in FULL_WIDTH:
        if (said := says.match(text)) and (sign := stands.search(source) if stands else said):
            wide_space = sign.group(1) == "\u3000"
            return "load_wide_space" if wide_space else "load_input_method", {"sign": sign.group(1)}
    if "Maybe you meant '=='" in text:
        return "load_compared", {}
    found = KEYWORD_LIKE.match(source) if text.startswith("invalid syntax") else None
    if found and (meant := _meant(found.group(1), keyword.kwlist)):
        return "load_keyword", {"name": found.group(1), "near": meant}
    return "load_syntax", {}


def _of_call(error: LoadError, called: Excerpt) -> dict[str, str]:
    source = "".join(called.lines).strip()
    return {"line": str(error.line), "function": called.of or "", "at": str(called.first), "source": source}


def _of_circle(module: str, file: str) -> Advice:
    own = file in (f"{module.replace('.', '/')}.py", f"{module}/__init__.py")
    return "load_itself" if own else "load_circle", {"module": module, "file": file}


def _of_import(text: str) -> Advice:
    if found := NO_NAME.match(text):
        return "load_import_name", found.groupdict()
    public = [name for name in sys.stdlib_module_names if not name.startswith("_")]
    if (found := NO_MODULE.match(text)) and (meant := _meant(found.group(1), public)):
        return "load_module_like", {"name": found.group(1), "near": meant}
    return "load_module", {}


def _meant(word: str, known: Iterable[str]) -> str | None:
    """What of the `known` the word may be a slip of: the same letters in another order, or nearly all of them."""
    plain, others = word.casefold(), sorted(set(known) - {word})
    turned = [name for name in others if sorted(name.casefold()) == sorted(plain)]
    return next(iter([*turned, *difflib.get_close_matches(plain, others, 1, 0.85)]), None)
