"""Intake: the form of a download is recognised, each file belongs to its student, and nothing is dropped unsaid."""

from __future__ import annotations

import os
import sys
import unicodedata
from pathlib import Path

import pytest
from downloads import EX01, EX02, EXERCISES, made, packed, zipped
from world import Texts, written

from grader.intake import archives, intake, patterns, snapshot
from grader.intake.intake import Intake, NothingHandedIn
from grader.intake.rosters import NotRead
from grader.misuse import Misuse

pytestmark = pytest.mark.outside
both = pytest.mark.parametrize("as_zip", [False, True], ids=["folder", "zip"])


def taken(*sources: Path, roster: Path | None = None, name_regex: str | None = None) -> Intake:
    return intake.read(list(sources), EXERCISES, roster, name_regex)


def who(found: Intake) -> dict[str, list[str]]:
    """The names of the parts of each, by id."""
    return {each.id: sorted(part.name or part.piece.name for part in each.parts) for each in found.handed}


@both
def test_folder_of_folders(tmp_path: Path, as_zip: bool) -> None:
    files = {f"ada/{EX01}": "", f"bob/exercises/{EX01}": "", "eve.zip": packed({EX01: ""}), "notes.txt": "hello"}
    found = taken(made(tmp_path / "class", files, as_zip))
    assert who(found) == {"ada": ["ada"], "bob": ["bob"], "eve": ["eve.zip"]}
    assert [line.partition(": ")[0].rpartition("/")[2] for line in found.rest] == ["notes.txt"]


@both
def test_canvas(tmp_path: Path, as_zip: bool) -> None:
    files = {
        f"doejane_LATE_1234_98765_{EX01}": "1", f"doejane_LATE_1234_98770_{EX02}": "", f"roeada_77_5_{EX01}": "",
        f"anon_Xk3_6_{EX01}": "", f"LATE_anon_q9Z_6_{EX01}": "", "leebob_12_text.html": "", "grades.docx": "",
    }  # fmt: skip
    found = taken(made(tmp_path / "submissions", files, as_zip))
    assert who(found) == {
        "doejane_1234": [EX01, EX02], "roeada_77": [EX01], "anon_Xk3": [EX01], "anon_q9Z": [EX01], "leebob_12": [],
    }  # fmt: skip
    late = {each.id: each.late for each in found.handed}
    assert late == {
        "doejane_1234": True, "roeada_77": False, "anon_Xk3": False, "anon_q9Z": True, "leebob_12": False,
    }  # fmt: skip
    assert {each.student_id for each in found.handed} == {"1234", "77", "Xk3", "q9Z", "12"}
    assert "grades.docx" in found.rest[0]


@both
def test_moodle_by_folders_and_two_of_one_name(tmp_path: Path, as_zip: bool) -> None:
    files = {
        f"Ada Lovelace_11_assignsubmission_file/{EX01}": "", f"Ada Lovelace_12_assignsubmission_file_/{EX01}": "",
        "Ada Lovelace_12_assignsubmission_onlinetext/onlinetext.html": "", f"小 明_9_assignsubmission_file/{EX01}": "",
    }  # fmt: skip
    found = taken(made(tmp_path / "CS1-Homework-42", files, as_zip))
    assert {each.id: each.name for each in found.handed} == {
        "Ada_Lovelace_11": "Ada Lovelace", "Ada_Lovelace_12": "Ada Lovelace", "小_明_9": "小 明",
    }  # fmt: skip
    assert any("onlinetext" in note for each in found.handed for note in each.notes)


@both
def test_moodle_flat_and_blind(tmp_path: Path, as_zip: bool) -> None:
    files = {f"Participant_7_assignsubmission_file_{EX01}": "", f"Participant_7_assignsubmission_file_{EX02}": ""}
    found = taken(made(tmp_path / "download", files, as_zip))
    assert who(found) == {"Participant_7": [EX01, EX02]}


GRADESCOPE = """
submission_1:
  :submitters:
  - :name: Ada Lovelace
    :sid: '007'
    :email: ada@example.org
  :created_at: 2026-01-05 10:20:30.123456789 Z
  :score: 0.0
submission_2:
  :submitters:
  - :name: Bob
    :sid: 8
    :email: b@example.org
  - :name: Cy
    :sid: 9
    :email: c@example.org
submission_3:
  :submitters: []
"""


@both
def test_gradescope(tmp_path: Path, as_zip: bool) -> None:
    whole = "assignment_5_export/"
    files = {f"{whole}submission_{number}/{EX01}": "" for number in (1, 2)}
    found = taken(made(tmp_path / "export", {**files, f"{whole}submission_metadata.yml": GRADESCOPE}, as_zip))
    known = [(each.name, each.student_id, each.email, each.submitted_at) for each in found.handed]
    assert known == [
        ("Ada Lovelace", "007", "ada@example.org", "2026-01-05T10:20:30.123456+00:00"),
        ("Bob", "8", "b@example.org", None),
        ("Cy", "9", "c@example.org", None),
    ]
    assert found.rest == ["submission_metadata.yml: submission_3 is not in the download"]


@pytest.mark.parametrize(
    "said", ["", " [1, 2]", " text", "\n  :submitters: 5", "\n  :submitters: [x, [y]]\n  :created_at: [z]"]
)
def test_gradescope_that_says_nothing_of_a_folder(tmp_path: Path, said: str) -> None:
    files = {f"export/submission_1/{EX01}": "", "export/submission_metadata.yml": f"submission_1:{said}\n"}
    found = taken(written(tmp_path, files) / "export")
    assert [(each.id, each.name, each.submitted_at) for each in found.handed] == [("submission_1", "", None)]


def test_github_classroom(tmp_path: Path) -> None:
    files = {f"hw1-{name}/{path}": "" for name in ("ada", "adam-b") for path in (EX01, ".git/HEAD")}
    csv = "github_username,student_repository_name,submission_timestamp\nada,hw1-ada,2026-01-05 10:20:30 UTC\n"
    found = taken(written(tmp_path / "hw1-submissions", {**files, "grades.csv": csv}))
    assert [(each.id, each.submitted_at) for each in found.handed] == [
        ("ada", "2026-01-05T10:20:30+00:00"), ("adam-b", None),
    ]  # fmt: skip


def test_classroom50(tmp_path: Path) -> None:
    files = {f"cs50-hw1-{name}/{path}": "" for name in ("ada", "bob") for path in (EX01, ".git/HEAD")}
    scores = "username,first_name,last_name,email,datetime\nbob,Bob,Roe,b@example.org,2026-01-05T10:20:30Z\n"
    found = taken(written(tmp_path / "clones", {**files, "scores.csv": scores}))
    assert {each.id: (each.name, each.email) for each in found.handed} == {
        "ada": ("ada", ""), "bob": ("Bob Roe", "b@example.org"),
    }  # fmt: skip


def test_pattern_with_named_groups(tmp_path: Path) -> None:
    files = {f"s1-{EX01}": "", f"s1-{EX02}": "", f"deep/s2-{EX01}": "", "odd.py": ""}
    found = taken(written(tmp_path / "class", files), name_regex=r"(?P<student_id>s\d)-(?P<file_id>\w+)")
    assert who(found) == {"s1": [EX01, EX02], "s2": [EX01]}
    assert len(found.rest) == 1 and "odd.py" in found.rest[0]


@pytest.mark.parametrize("pattern", ["(", "s\\d"])
def test_pattern_that_cannot_be_used(tmp_path: Path, pattern: str) -> None:
    with pytest.raises(NotRead, match="--name-regex"):
        taken(written(tmp_path, {f"s1-{EX01}": ""}), name_regex=pattern)


def test_pattern_that_comes_to_no_end_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patterns, "SEARCH_S", 0.05)
    with pytest.raises(Misuse, match=r"--name-regex comes to no end with a{60}!\.py"):
        taken(written(tmp_path, {f"{'a' * 60}!.py": ""}), name_regex=r"(?P<student_id>(a+)+)$")


def test_several_sources_that_are_a_submission_each(tmp_path: Path) -> None:
    ada = zipped(tmp_path / "ada.zip", {f"homework/{EX01}": ""})
    bob = written(tmp_path / "bob", {EX01: ""})
    broken = tmp_path / "cy.zip"
    broken.write_bytes(b"PK no zip")
    assert set(who(taken(ada, bob, broken))) == {"ada", "bob", "cy"}


@pytest.mark.parametrize("files", [{EX01: ""}, {"ex01/a.py": "", "ex02/b.py": ""}])
def test_a_source_that_is_one_submission(tmp_path: Path, files: Texts) -> None:
    assert set(who(taken(written(tmp_path / "ada", files)))) == {"ada"}


@both
def test_an_exercise_file_that_strayed_into_a_class_makes_it_no_submission(tmp_path: Path, as_zip: bool) -> None:
    files = {f"ada/{EX01}": "", f"bob/exercises/{EX01}": "", "cy.zip": "", "eve/notes.txt": "", EX02: ""}
    for wrapper in ("", "class/"):
        source = made(
            tmp_path / f"in{len(wrapper)}", {f"{wrapper}{name}": text for name, text in files.items()}, as_zip
        )
        found = taken(source)
        assert set(who(found)) == {"ada", "bob", "cy", "eve"}
        assert [EX02 in line for line in found.rest] == [True]


def test_exercise_files_that_strayed_among_archives_canvas_names_or_into_two_classes(tmp_path: Path) -> None:
    archived = written(tmp_path / "a", {"ada.zip": packed({EX01: ""}), "bob.tar.gz": b"", EX01: ""})
    canvas = written(tmp_path / "c", {f"doejane_1_2_{EX01}": "", f"roeada_3_4_{EX01}": "", EX01: ""})
    assert set(who(taken(archived))) == {"ada", "bob"}
    assert set(who(taken(canvas))) == {"doejane_1", "roeada_3"}
    assert set(who(taken(archived, canvas))) == {"ada", "bob", "doejane_1", "roeada_3"}


@pytest.mark.parametrize("files", [{f"old/{EX01}": ""}, {"old.zip": b""}, {f"exercises/{EX01}": "", f"old/{EX01}": ""}])
def test_older_work_beside_the_exercise_files_is_the_same_students(tmp_path: Path, files: Texts) -> None:
    source = written(tmp_path / "class", {f"ada/{EX01}": "", **{f"ada/{name}": text for name, text in files.items()}})
    assert [set(who(taken(each))) for each in (source, source / "ada")] == [{"ada"}] * 2


def test_a_student_with_two_older_folders_among_others_is_one(tmp_path: Path) -> None:
    ada = written(tmp_path / "ada", {EX01: "", f"old/{EX01}": "", f"older/{EX01}": ""})
    assert set(who(taken(ada, written(tmp_path / "bob", {EX01: ""})))) == {"ada", "bob"}


def test_nothing_handed_in(tmp_path: Path) -> None:
    for source in (tmp_path / "none", written(tmp_path / "empty", {"a.txt": ""}), zipped(tmp_path / "e.zip", {})):
        with pytest.raises(NothingHandedIn):
            taken(source)
    six = written(tmp_path / "six", {f"{name}.txt": "" for name in "abcdef"})
    with pytest.raises(NothingHandedIn, match=r"^no submission is in \S+ \(\S+a\.txt: .*; .*d\.txt: .*, and 2 more\)$"):
        taken(six)


ROSTER = "﻿Student ID;Name;E-Mail\n1;José Pérez;jose@example.org\n2;Ada Lovelace;ada@example.org\n3;Bob;bob@x.org\n"


def test_roster_says_who_is_missing_and_who_is_unknown(tmp_path: Path) -> None:
    (tmp_path / "roster.csv").write_text(ROSTER, "utf-8")
    files = {f"{unicodedata.normalize('NFD', 'José Pérez')}/{EX01}": "", f"2/{EX01}": "", f"eve/{EX01}": ""}
    found = taken(written(tmp_path / "class", files), roster=tmp_path / "roster.csv")
    known = {each.name: (each.on_roster, each.email) for each in found.handed}
    assert known == {
        "José Pérez": (True, "jose@example.org"), "Ada Lovelace": (True, "ada@example.org"), "eve": (False, ""),
    }  # fmt: skip
    assert [each.name for each in found.missing] == ["Bob"]


def test_roster_knows_canvas_names_and_logins(tmp_path: Path) -> None:
    roster = (
        written(tmp_path, {"r.csv": "first name,last name,email\nJane,Doe,jd7@x.org\nAda,Roe,ar@x.org\n"}) / "r.csv"
    )
    canvas = taken(written(tmp_path / "canvas", {f"doejane_1_2_{EX01}": ""}), roster=roster)
    logins = taken(written(tmp_path / "class", {f"jd7/{EX01}": ""}), roster=roster)
    assert [found.handed[0].name for found in (canvas, logins)] == ["Jane Doe", "Jane Doe"]


def test_an_id_goes_before_the_login_of_another(tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text("id,name,email\nalice2,Alice,bob@x.edu\nbob,Bob,b@x.edu\ncy,Cy,dee@x\n,Dee,cy@x\n")
    found = taken(written(tmp_path / "class", {f"{n}/{EX01}": "" for n in ("bob", "cy@x")}), roster=tmp_path / "r.csv")
    assert {each.id: each.name for each in found.handed} == {"bob": "Bob", "cy_x": "Dee"}
    assert [each.name for each in found.missing] == ["Alice", "Cy"]


def test_a_login_that_two_have_is_not_guessed(tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text("name,email\nAda Roe,ada@x\nAda Lee,ada@y\nBob,bob@x\n")
    files = {f"{name}/{EX01}": "" for name in ("ada", "ada@y", "bob")}
    found = taken(written(tmp_path / "class", files), roster=tmp_path / "r.csv")
    assert {each.stem: (each.on_roster, each.name) for each in found.handed} == {
        "ada": (False, "ada"), "ada@y": (True, "Ada Lee"), "bob": (True, "Bob"),
    }  # fmt: skip
    notes = [note for each in found.handed for note in each.notes]
    assert notes == ["2 on the roster fit ada: which of them it is, is not known by that"]
    assert [each.name for each in found.missing] == ["Ada Roe"]


def test_roster_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "roster.csv").write_text("a,b\n1,2\n")
    with pytest.raises(NotRead, match="roster"):
        taken(written(tmp_path / "class", {f"ada/{EX01}": ""}), roster=tmp_path / "roster.csv")


@pytest.mark.parametrize(
    ("name", "encoding"),
    [("王小明", "gbk"), ("王小明", "utf-16"), ("王小明", "utf-8-sig"), ("José", "cp1252"), ("欧阳娜娜", "gb18030")],
)
def test_roster_is_read_as_it_was_written(tmp_path: Path, name: str, encoding: str) -> None:
    (tmp_path / "roster.csv").write_bytes(f"id,name,email\n1,{name},x@example.org\n".encode(encoding))
    found = taken(
        written(tmp_path / "class", {f"{name}/{EX01}": "", f"eve/{EX01}": ""}), roster=tmp_path / "roster.csv"
    )
    assert {each.name: each.on_roster for each in found.handed} == {name: True, "eve": False}


@pytest.mark.parametrize(
    "text", ["sep=;\r\nid;name\r\nada;A\r\nbob;B\r\n", "\n\nid,name\nada,A\nbob,B\n", "id|name\nada|A\nbob|B"]
)
def test_roster_is_read_as_exports_are(tmp_path: Path, text: str) -> None:
    (tmp_path / "roster.csv").write_text(text, newline="")
    found = taken(written(tmp_path / "class", {f"ada/{EX01}": ""}), roster=tmp_path / "roster.csv")
    assert [each.id for each in found.missing] == ["bob"]


@pytest.mark.parametrize(
    "text",
    [
        "学号,姓名,邮箱\n2024001,王小明,x@example.org\n2024002,李雷,y@example.org\n",
        "学号,姓,名\n2024001,王,小明\n2024002,李,雷\n",
        "Matrikelnummer;Vorname;Nachname\n2024001;王;小明\n2024002;Lei;Li\n",
    ],
)
def test_roster_whose_header_is_in_another_language(tmp_path: Path, text: str) -> None:
    (tmp_path / "roster.csv").write_text(text)
    found = taken(written(tmp_path / "class", {f"2024001/{EX01}": ""}), roster=tmp_path / "roster.csv")
    assert [each.on_roster for each in found.handed] == [True]
    assert [(each.id, each.name) for each in found.missing] in ([("2024002", "李雷")], [("2024002", "Lei Li")])


def test_student_who_stands_in_a_roster_twice_alike_is_one(tmp_path: Path) -> None:
    (tmp_path / "roster.csv").write_text("id,name,section\nada,Ada,1\nada,Ada,2\nbob,Bob,1\n")
    found = taken(written(tmp_path / "class", {f"ada/{EX01}": ""}), roster=tmp_path / "roster.csv")
    assert [each.id for each in found.missing] == ["bob"]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"id,name\n1,\xff\xff\x81\n", "encoding.*UTF-8"),
        (b"PK\x03\x04\x00", "it is a workbook: save it as CSV"),
        (b'id,name\nada,"Ada\nbob,Bob\ncy,Cy\n', "its quoting is broken"),
        (b'id;name\nada;"Ada\nbob;Bob\n', "its quoting is broken"),
        (b'id\tname\nada\tAda\nbob\t"Bob\n', "its quoting is broken"),
        (b"\n\n", "it has no header"),
        (b"id,name\nada,Ada\nbob,Bob\nADA,Again\n", "the id ada stands in it 2 times"),
    ],
)
def test_roster_that_cannot_be_relied_on(tmp_path: Path, content: bytes, why: str) -> None:
    (tmp_path / "roster.csv").write_bytes(content)
    with pytest.raises(NotRead, match=why):
        taken(written(tmp_path / "class", {f"ada/{EX01}": ""}), roster=tmp_path / "roster.csv")


def test_metadata_of_gradescope_that_is_broken_is_told_in_one_line(tmp_path: Path) -> None:
    files = {f"export/submission_1/{EX01}": "", "export/submission_metadata.yml": "submission_1:\n  :created_at: [\n"}
    with pytest.raises(NotRead, match=r"cannot be read: it is no YAML: while parsing .*, line 3, column 1$") as caught:
        taken(written(tmp_path, files) / "export")
    assert len(str(caught.value).splitlines()) == 1


@pytest.mark.parametrize(("folder", "name"), [("-1+1", "=1+1"), ("11", "=1+1"), ("1-1", "1 1"), ("-a", "+a")])
def test_a_name_that_is_hardly_one_has_to_be_the_same(tmp_path: Path, folder: str, name: str) -> None:
    (tmp_path / "roster.csv").write_text(f"id,name\nx,{name}\n", "utf-8")
    source = written(tmp_path / "class", {f"{folder}/{EX01}": "", f"{name}/{EX01}": ""})
    found = taken(source, roster=tmp_path / "roster.csv")
    assert {each.name: each.on_roster for each in found.handed} == {folder: False, name: True}


def test_list_of_a_classroom_that_cannot_be_read_is_listed(tmp_path: Path) -> None:
    files = {f"hw1-ada/{EX01}": "", "hw1-ada/.git/HEAD": "", "odd.csv": b"a,b\n\xff\xff\x81,\n"}
    found = taken(written(tmp_path / "hw1-submissions", files))
    assert [line.rpartition("/")[2] for line in found.rest] == [
        "odd.csv: its encoding is not known: save it as CSV in UTF-8"
    ]


def test_ids_are_safe_and_unique_whatever_the_case(tmp_path: Path) -> None:
    names = ["Ada", "ada", "..", "con", "a b", "-rf", "x" * 250]
    files = {f"{name}/{EX01}": "" for name in names if name != ".."}
    ids = list(who(taken(written(tmp_path / "class", files))))
    assert len({name.casefold() for name in ids}) == len(files)
    assert {"Ada", "ada-2", "_con", "a_b", "rf", "x" * 100} == set(ids)
    assert intake.safe_id("../..") == "_"


def test_id_of_a_million_signs_is_cut_at_once() -> None:
    assert intake.safe_id("é" * 1_000_000) == "é" * 50


def test_zip_with_names_that_leave_it_still_gives_the_others(tmp_path: Path) -> None:
    source = zipped(
        tmp_path / "class.zip", {f"ada/{EX01}": "", "mallory/../../evil": "", "/abs": "", f"bob/{EX01}": ""}
    )
    found = taken(source)
    assert set(who(found)) == {"ada", "mallory", "bob"}
    assert any("/abs" in line for line in found.rest)


@pytest.mark.parametrize(
    ("name", "encoding"),
    [("张三", "gbk"), ("李喆", "gbk"), ("张三", "utf-8"), ("Müller", "utf-8"), ("Müller", "cp437"), ("Ada", "ascii")],
)
def test_names_in_a_zip_are_those_that_were_meant(tmp_path: Path, name: str, encoding: str) -> None:
    said = name.encode(encoding)
    place = "Q" * len(said)
    content = packed({f"{place}/{EX01}": "", f"bob/{EX01}": ""}).replace(place.encode(), said)
    (tmp_path / "class.zip").write_bytes(content)
    found = taken(tmp_path / "class.zip")
    assert [each.name for each in found.handed] == sorted([name, "bob"])
    (tmp_path / "nested").mkdir()
    archives.unpack(tmp_path / "class.zip", tmp_path / "nested", archives.Room())
    assert (tmp_path / "nested" / name / EX01).is_file()


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a name is text")
@pytest.mark.parametrize(("name", "encoding"), [("张三", "gbk"), ("李喆", "gbk"), ("Müller", "utf-8")])
def test_names_on_the_disk_are_those_that_were_meant(tmp_path: Path, name: str, encoding: str) -> None:
    source = written(tmp_path / "class", {f"{os.fsdecode(name.encode(encoding))}/{EX01}": "", f"bob/{EX01}": ""})
    found = taken(source)
    assert set(who(found)) == {name, "bob"}
    (work := tmp_path / "work").mkdir()
    handed = next(each for each in found.handed if each.name == name)
    assert (snapshot.take(handed, work, EXERCISES).folder / EX01).is_file()


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a name is text")
def test_two_names_on_the_disk_that_are_meant_alike_are_two(tmp_path: Path) -> None:
    names = ["张三", os.fsdecode("张三".encode("gbk")), os.fsdecode(b"Jos\xe9")]
    found = taken(written(tmp_path / "class", {f"{name}/{EX01}": "" for name in names}))
    assert len(found.handed) == 3


def test_what_lies_beside_the_folder_of_a_class_is_listed(tmp_path: Path) -> None:
    files = {f"./class/ada/{EX01}": "", f"./class/bob/{EX01}": "", "./class/../evil": "", "../evil": "", "/abs": ""}
    found = taken(zipped(tmp_path / "class.zip", files))
    assert set(who(found)) == {"ada", "bob"}
    assert all(any(repr(name) in line for line in found.rest) for name in ("./class/../evil", "../evil", "/abs"))
    source = written(tmp_path / "outer", {f"class/ada/{EX01}": "", f"class/bob/{EX01}": ""})
    (source / "link").symlink_to("/etc")
    assert any("link" in line for line in taken(source).rest)


def test_links_in_a_folder_are_not_followed(tmp_path: Path) -> None:
    source = written(tmp_path / "class", {f"ada/{EX01}": ""})
    (source / "link").symlink_to("/etc")
    found = taken(source)
    assert set(who(found)) == {"ada"}
    assert any("link" in line for line in found.rest)
