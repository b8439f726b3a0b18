"""The gradebook: it goes to JSON and back, and knows who is missing and who is unknown."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from grader.gradebook import Entry, EntryState, Gradebook, folder_of, from_json, to_json

ADA = Entry(id="ada", name="Ada", state=EntryState.GRADED, on_roster=True, score=3, max_score=4, verdicts={"passed": 3})
BOB = Entry(id="bob", name="Bob", state=EntryState.MISSING, on_roster=True)
EVE = Entry(id="eve", name="夏娃", state=EntryState.REFUSED, on_roster=False, reason="it is encrypted")
CLASS = Gradebook(course="c", kit="1", entries=[ADA, BOB, EVE], not_understood=["notes.docx"])


def test_goes_to_json_and_back() -> None:
    assert from_json(to_json(CLASS)) == CLASS


def test_knows_who_is_missing_and_who_is_unknown() -> None:
    assert (CLASS.missing, CLASS.unknown) == ([BOB], [EVE])


def test_refuses_what_it_does_not_know() -> None:
    with pytest.raises(msgspec.ValidationError):
        from_json(to_json(CLASS).replace(b'"not_understood"', b'"something_else"'))


def test_folder_of_an_entry_bears_its_id() -> None:
    assert folder_of(Path("out"), EVE) == Path("out/submissions/eve")
