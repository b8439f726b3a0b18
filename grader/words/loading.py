"""What to do about a file that cannot be loaded: for each kind of reason the words that say it.

Who uses it: terminal, report and formats. In goes why the file could not be loaded, as the result holds it; out comes
the key of a word. What Python says of a text that is no UTF-8 is told by its phrases.
"""

from __future__ import annotations

from grader.result import LoadError

NOT_UTF_8 = ("null bytes", "codec can't decode", "Non-UTF-8 code", "unknown encoding", "encoding problem")
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


def advice(error: LoadError) -> str:
    """The key of the word that says what to do next."""
    if error.type in ("SyntaxError", "ValueError") and any(phrase in error.text for phrase in NOT_UTF_8):
        return "load_encoding"
    return BY_TYPE.get(error.type, "load_raised")
