"""The gradebook: it goes to JSON and back, and knows who is missing and who is unknown."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

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


@pytest.mark.parametrize(
    "name", ["", ".", "..", "../x", "/x", "a/b", "a\\b", "a\0b", "a\nb", "x" * 200, "<b>", "eve", "EVE"]
)
def test_refuses_an_id_that_is_no_name_of_a_folder_or_there_twice(name: str) -> None:
    with pytest.raises(msgspec.ValidationError, match="the id"):
        from_json(to_json(Gradebook(course="c", kit="1", entries=[EVE, replace(ADA, id=name)])))


@pytest.mark.parametrize(
    "path", ["/etc/passwd", "submissions/eve/result.json", "submissions/ada/../eve/result.json", ""]
)
def test_refuses_the_result_of_somebody_else(path: str) -> None:
    with pytest.raises(msgspec.ValidationError, match=r"the result of ada has to be submissions/ada/result\.json"):
        from_json(to_json(Gradebook(course="c", kit="1", entries=[replace(ADA, result=path)])))


@pytest.mark.parametrize("field", ["score", "max_score", "stretch"])
@pytest.mark.parametrize("points", [-1, 10**400])
def test_refuses_points_that_nobody_has(field: str, points: int) -> None:
    text = json.dumps({"course": "c", "kit": "1", "entries": [{"id": "ada", field: points}]})
    with pytest.raises(msgspec.ValidationError, match=rf"entries\[0\]\.{field}"):
        from_json(text.encode())


def test_folder_of_an_entry_bears_its_id() -> None:
    assert folder_of(Path("out"), EVE) == Path("out/submissions/eve")
