"""Graded classes, made up, for the tests of what comes out of a batch.

Who uses it: test_fill, test_sheets, test_export, test_classpage, test_similar. `entry` is one submission; `crowd` is a
class of any size whose results have causes in them; `lay` writes a folder as `grade batch` does.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from grader import gradebook
from grader.gradebook import Entry, EntryState, Gradebook


def entry(name: str, **fields: Any) -> Entry:
    """A submission that was graded, with 61 of 70 points; its id is the name without blanks where none is given."""
    known = {
        "id": name.replace(" ", "_").lower(), "name": name, "state": EntryState.GRADED, "score": 61, "max_score": 70,
        "result": "submissions/x/result.json", "verdicts": {"passed": 40, "failed": 5},
    }  # fmt: skip
    return Entry(**{**known, **fields})


def book(*entries: Entry) -> Gradebook:
    """A gradebook of these."""
    return Gradebook(course="python-processes", kit="1.0.0", entries=list(entries))


def lay(folder: Path, made: Gradebook) -> Path:
    """`folder`, with the gradebook in it."""
    folder.mkdir(exist_ok=True)
    (folder / gradebook.SUMMARY).write_bytes(gradebook.to_json(made))
    return folder
