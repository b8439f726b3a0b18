"""Snapshots: what is handed in is copied within bounds; what is hostile is refused, and says why; files are found."""

from __future__ import annotations

import os
import tarfile
import unicodedata
import zipfile
from pathlib import Path

import pytest
from downloads import EX01, EX02, EXERCISES, encrypted, linked, packed, tarred, zipped
from world import Texts, written

from grader.intake import archives, intake, snapshot
from grader.intake.archives import Refused
from grader.intake.snapshot import Snapshot
from grader.walls import staging

pytestmark = pytest.mark.outside


def snap(tmp_path: Path, source: Path, student: int = 0) -> Snapshot:
    work = tmp_path / "work"
    work.mkdir()
    return snapshot.take(intake.read([source], EXERCISES).handed[student], work, EXERCISES)


def of_class(tmp_path: Path, files: Texts) -> Snapshot:
    return snap(tmp_path, written(tmp_path / "class", files))


def names(taken: Snapshot) -> list[str]:
    return sorted(path.relative_to(taken.folder).as_posix() for path in taken.folder.rglob("*") if path.is_file())


def archived(tmp_path: Path) -> Path:
    """The folder of a class whose only student hands in what the test puts at ada.*."""
    (tmp_path / "class").mkdir()
    return tmp_path / "class"


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        ([("../../evil.py", "")], "leaves its folder"),
        ([("/etc/evil.py", "")], "leaves its folder"),
        ([("..\\evil.py", "")], "leaves its folder"),
        ([("C:/evil.py", "")], "leaves its folder"),
        ([(EX01, "1"), (EX01, "2")], "twice"),
        ([(EX01, "1"), (EX01.upper(), "2")], "differ in case alone"),
        ([("a/x.py", "1"), ("A/y.py", "2")], "differ in case alone"),
        ([("a", "1"), ("a/y.py", "2")], "twice"),
        ([("a" * 300, "")], "no name|no file can have"),
        ([("a\nb", "")], "no file can have"),
        ([("/".join(["d" * 50] * 30), "")], "too long"),
        ([(f"{number}.py", "") for number in range(staging.FILES + 1)], "more than 2000 files"),
        ([(EX01, b"\0" * (staging.BYTES + 1))], "more than 64 MiB"),
    ],
)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_archive_that_is_refused(tmp_path: Path, files: list[tuple[str, str | bytes]], reason: str) -> None:
    zipped(archived(tmp_path) / "ada.zip", files)
    with pytest.raises(Refused, match=reason):
        snap(tmp_path, tmp_path / "class")
    assert sorted(os.listdir(tmp_path)) == ["class", "work"]


@pytest.mark.parametrize("content", [b"", b"no zip", packed({EX01: "x" * 999})[:-30], packed({EX01: "x = 1"})[20:]])
def test_archive_that_is_broken(tmp_path: Path, content: bytes) -> None:
    (archived(tmp_path) / "ada.zip").write_bytes(content)
    with pytest.raises(Refused, match=r"ada\.zip: it is broken"):
        snap(tmp_path, tmp_path / "class")


def test_archive_whose_content_is_broken(tmp_path: Path) -> None:
    content = bytearray(packed({EX01: os.urandom(5000).hex()}))
    content[100:200] = b"\0" * 100
    (archived(tmp_path) / "ada.zip").write_bytes(content)
    with pytest.raises(Refused, match=r"ada\.zip: it is broken"):
        snap(tmp_path, tmp_path / "class")


def test_archive_that_is_encrypted(tmp_path: Path) -> None:
    encrypted(archived(tmp_path) / "ada.zip")
    with pytest.raises(Refused, match="encrypted"):
        snap(tmp_path, tmp_path / "class")


def test_archive_with_a_list_too_long_to_be_read(tmp_path: Path) -> None:
    path = archived(tmp_path) / "ada.zip"
    with zipfile.ZipFile(path, "w") as made:
        for number in range(45_000):
            made.writestr(f"{'n' * 60}{number}", b"")
    with pytest.raises(Refused, match="more than 2000 files"):
        snap(tmp_path, tmp_path / "class")


@pytest.mark.parametrize("name", ["ada.7z", "ada.rar"])
def test_archive_of_a_kind_that_is_not_read(tmp_path: Path, name: str) -> None:
    (archived(tmp_path) / name).write_bytes(b"7z")
    with pytest.raises(Refused, match="not read"):
        snap(tmp_path, tmp_path / "class")


def test_bomb_in_a_tar(tmp_path: Path) -> None:
    tarred(archived(tmp_path) / "ada.tgz", [(tarfile.TarInfo(EX01), b"\0" * (staging.BYTES * 3))])
    with pytest.raises(Refused, match="more than 64 MiB"):
        snap(tmp_path, tmp_path / "class")


def test_archives_in_archives_come_to_an_end(tmp_path: Path) -> None:
    content = packed({EX01: ""})
    for _ in range(snapshot.DEPTH + 2):
        content = packed({"deeper.zip": content})
    (archived(tmp_path) / "ada.zip").write_bytes(content)
    with pytest.raises(Refused, match="3 deep"):
        snap(tmp_path, tmp_path / "class")


@pytest.mark.parametrize("ending", ["tar", "tar.gz", "tar.bz2", "tar.xz"])
def test_links_and_devices_in_a_tar_stay_behind(tmp_path: Path, ending: str) -> None:
    link, device, hard = tarfile.TarInfo("link.py"), tarfile.TarInfo("pipe"), tarfile.TarInfo("hard.py")
    link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
    hard.type, hard.linkname = tarfile.LNKTYPE, EX01
    device.type = tarfile.FIFOTYPE
    mode = "w" if ending == "tar" else f"w:{ending[4:]}"
    members = [(tarfile.TarInfo(EX01), b"x = 1"), (link, b""), (device, b""), (hard, b"")]
    tarred(archived(tmp_path) / f"ada.{ending}", members, mode)
    taken = snap(tmp_path, tmp_path / "class")
    assert names(taken) == [EX01]
    assert len(taken.notes) == 3


def test_link_in_a_zip_stays_behind(tmp_path: Path) -> None:
    linked(archived(tmp_path) / "ada.zip", "link.py", "/etc/passwd")
    assert names(snap(tmp_path, tmp_path / "class")) == [EX01]


def test_links_and_pipes_in_a_folder_stay_behind(tmp_path: Path) -> None:
    folder = written(tmp_path / "class" / "ada", {EX01: "", "data.txt": ""})
    (folder / "link.py").symlink_to("/etc/passwd")
    os.mkfifo(folder / "pipe")
    taken = snap(tmp_path, tmp_path / "class")
    assert names(taken) == ["data.txt", EX01]
    assert len(taken.notes) == 2


def test_link_in_the_place_of_the_exercise_file_is_named(tmp_path: Path) -> None:
    (written(tmp_path / "class" / "ada", {"data.txt": ""}) / EX01).symlink_to("/etc/passwd")
    with pytest.raises(Refused, match=rf"no exercise file is in it, .*; {EX01}: a link or no regular file, left out"):
        snap(tmp_path, tmp_path / "class")


def test_zip_within_a_zip_and_what_the_mac_adds(tmp_path: Path) -> None:
    inner = packed({f"hw/{EX01}": "x = 1", f"__MACOSX/hw/._{EX01}": "", "hw/.DS_Store": ""})
    assert names(of_class(tmp_path, {"ada.zip": packed({"ada/hw.zip": inner})})) == [EX01]


def test_names_in_an_archive_are_composed(tmp_path: Path) -> None:
    name = "é.py"
    zipped(archived(tmp_path) / "ada.zip", {EX01: "", unicodedata.normalize("NFD", name): ""})
    assert names(snap(tmp_path, tmp_path / "class")) == sorted([EX01, name])


def test_folder_is_taken_as_it_is(tmp_path: Path) -> None:
    taken = of_class(tmp_path, {f"ada/{EX01}": "1", f"ada/old/{EX02}": "2", "ada/bad.zip": "no zip"})
    assert names(taken) == sorted([EX01, f"old/{EX02}", "bad.zip"])
    assert any("old" in note for note in taken.notes)


def test_of_files_handed_in_again_the_last_counts(tmp_path: Path) -> None:
    stem = EX01.removesuffix(".py")
    files = {f"a_1_5_{EX01}": "old", f"a_1_9_{stem}-2.py": "new", f"a_1_7_{stem}-1.py": "middle", f"a_1_6_{EX02}": ""}
    taken = of_class(tmp_path, files)
    assert names(taken) == [EX01, EX02]
    assert (taken.folder / EX01).read_text() == "new"
    assert any("a later" in note for note in taken.notes)


STEM = EX01.removesuffix(".py")


@pytest.mark.parametrize(
    "name",
    ["ex01.py", "EX1.py", f"Copy of {EX01}", f"Copy (2) of {EX01}", f"{STEM} - Copy.py", f"{STEM} - 副本 (2).py"],
)
def test_a_name_that_stands_for_the_file_alone_is_taken_for_it(tmp_path: Path, name: str) -> None:
    taken = of_class(tmp_path, {f"ada/{name}": "1"})
    assert (taken.folder / EX01).read_text() == "1"
    assert taken.notes == [f"{name}: taken for {EX01}"]


@pytest.mark.parametrize("other", [EX01, "ex1.py"])
def test_a_short_name_is_taken_only_where_there_is_no_other(tmp_path: Path, other: str) -> None:
    taken = of_class(tmp_path, {"ada/ex01.py": "short", f"ada/{other}": "other", f"ada/{EX02}": ""})
    assert names(taken) == sorted(["ex01.py", other, EX02])
    assert (taken.folder / other).read_text() == "other"


def test_a_short_name_can_still_be_imported(tmp_path: Path) -> None:
    taken = of_class(tmp_path, {"ada/ex01.py": "1", f"ada/{EX02}": "import ex01"})
    assert names(taken) == sorted([EX01, EX02, "ex01.py"])


@pytest.mark.parametrize(
    "name",
    [f"{EX01}.txt", f"{STEM}.txt", f"{STEM}.ipynb", "ex01.ipynb", f"{STEM}/a.txt", "sub/ex1-first.py", "Ex 1.txt"],
)
def test_what_may_be_meant_by_a_missing_file_is_named(tmp_path: Path, name: str) -> None:
    taken = of_class(tmp_path, {f"ada/{name}": "", f"ada/{EX02}": "", f"bob/{EX02}": ""})
    assert any(name.removesuffix("/a.txt") in note and f"called {EX01}" in note for note in taken.notes)
    (tmp_path / "work").rename(tmp_path / "before")
    (tmp_path / "class/ada" / EX02).unlink()
    with pytest.raises(Refused, match=f"called {EX01}"):
        of_class(tmp_path, {})


def test_a_folder_of_the_files_own_name_is_told_as_one(tmp_path: Path) -> None:
    with pytest.raises(
        Refused, match=f"^{EX01}: not taken, the file of an exercise has to be a file, and this is a fold"
    ):
        of_class(tmp_path, {f"ada/{EX01}/a.txt": "", f"bob/{EX02}": ""})


def test_what_lies_beside_the_file_itself_is_not_named(tmp_path: Path) -> None:
    assert of_class(tmp_path, {f"ada/{EX01}": "", f"ada/{EX01}.txt": "", "ada/ex01_helper.py": ""}).notes == []


def test_loose_file_and_archive_are_put_together(tmp_path: Path) -> None:
    stem = EX02.removesuffix(".py")
    files = {f"a_1_5_{EX01}": "1", "a_1_6_rest.zip": packed({f"rest/{stem} (1).py": "2", "rest/helper.py": ""})}
    taken = of_class(tmp_path, files)
    assert {EX01, EX02, "helper.py"} <= set(names(taken))


def test_broken_archive_beside_a_file_is_left_out(tmp_path: Path) -> None:
    taken = of_class(tmp_path, {f"a_1_5_{EX01}": "1", "a_1_6_rest.zip": b"no zip"})
    assert EX01 in names(taken)
    assert any("broken" in note for note in taken.notes)


def test_archives_that_are_called_alike_are_all_taken(tmp_path: Path) -> None:
    tar = tarred(tmp_path / "made", [(tarfile.TarInfo(EX01), b"2"), (tarfile.TarInfo(EX02), b"2")]).read_bytes()
    taken = of_class(tmp_path, {"a_1_5_work.zip": packed({EX01: "1"}), "a_1_6_work.tar.gz": tar, "a_1_7_archive-1": ""})
    assert names(taken) == [EX01, EX02]
    assert taken.notes == [f"archive-2/{EX01}: left out, {EX01} is there already"]


@pytest.mark.parametrize(
    "beside",
    [{"a.zip.unpacked/x": ""}, {"a.zip.packed": ""}, {"archive-1/x": ""}, {f"{'n' * 248}.zip": packed({EX02: ""})}],
    ids=["unpacked", "packed", "ours", "long"],
)
def test_a_name_beside_an_archive_in_an_archive_makes_no_difference(tmp_path: Path, beside: Texts) -> None:
    taken = of_class(tmp_path, {"ada.zip": packed({"a.zip": packed({EX01: ""}), **beside})})
    assert EX01 in names(taken)


def test_archives_in_folders_in_archives_have_room_for_their_names(tmp_path: Path) -> None:
    deep = "/".join(["d" * 235] * 4)
    content = packed({f"{deep}/{EX01}": ""})
    for _ in range(snapshot.DEPTH):
        content = packed({f"{deep}/deeper.zip": content})
    assert names(of_class(tmp_path / ("long" * 60), {"ada.zip": content})) == [EX01]


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        ("a_1_6_Q: notes.txt", "leaves its folder"),
        ("a_1_6_work.rar", "not read"),
        (f"a_1_6_{unicodedata.normalize('NFD', 'é.py')}", "another file bears the same name"),
    ],
)
def test_a_part_that_is_refused_takes_no_other_along(tmp_path: Path, bad: str, why: str) -> None:
    files = {f"a_1_4_{EX01}": "1", "a_1_5_work.zip": packed({EX02: "2"}), "a_1_5_é.py": "", bad: ""}
    taken = of_class(tmp_path, files)
    assert {EX01, EX02} <= set(names(taken))
    assert [note for note in taken.notes if why in note and note.startswith("left out: ")]


def test_a_broken_archive_in_the_zip_of_a_class_is_not_in_the_way_of_the_next(tmp_path: Path) -> None:
    files = {"a_1_4_work.zip": b"no zip", "a_1_5_more.zip": packed({EX02: ""}), "b_2_6_work.zip": b""}
    assert names(snap(tmp_path, zipped(tmp_path / "class.zip", files))) == [EX02]


def test_digest_is_of_names_and_contents(tmp_path: Path) -> None:
    one, same = written(tmp_path / "a", {EX01: "1", "b/c": "2"}), written(tmp_path / "b", {EX01: "1", "b/c": "2"})
    renamed, changed = (
        written(tmp_path / "c", {EX01: "1", "b/d": "2"}),
        written(tmp_path / "d", {EX01: "1", "b/c": "3"}),
    )
    digests = [snapshot.digest(folder) for folder in (one, same, renamed, changed)]
    assert digests[0] == digests[1]
    assert len(set(digests)) == 3


def test_class_in_one_zip_refuses_the_hostile_alone(tmp_path: Path) -> None:
    files = [
        (f"ada/{EX01}", "1"),
        (f"eve/{EX01}", ""),
        ("eve/../../evil", ""),
        (f"eva/{EX01}", ""),
        (f"eva/{EX01}", ""),
    ]
    with pytest.warns(UserWarning, match="Duplicate"):
        source = zipped(tmp_path / "class.zip", files)
    handed = {each.id: each for each in intake.read([source], EXERCISES).handed}
    for name, reason in (("eve", "leaves its folder"), ("eva", "twice")):
        (work := tmp_path / f"work-{name}").mkdir()
        with pytest.raises(Refused, match=reason):
            snapshot.take(handed[name], work, EXERCISES)
    (work := tmp_path / "work").mkdir()
    assert names(snapshot.take(handed["ada"], work, EXERCISES)) == [EX01]


def test_stem_of_an_archive() -> None:
    assert [archives.stem(name) for name in ("a.tar.gz", "b.TGZ", "c.d.zip")] == ["a", "b", "c.d"]
