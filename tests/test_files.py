"""The scratch folder from outside: files that are held, and what is left open where not all of them can be."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator

import pytest
from world import TIERS, Scene, linux, nothing_left, sandbox_with, scene

from grader.finding import Broken, Finding
from grader.handles import files, leases
from grader.handles.files import Files, Folder

pytestmark = linux


@pytest.fixture
def at() -> Iterator[Scene]:
    with sandbox_with(TIERS[0], {"work.py": ""}) as sandbox, scene(sandbox) as made:
        yield made


@pytest.fixture
def folder(at: Scene) -> Folder:
    """A folder of three files."""
    made = Files(at.stage).folder()
    made.fill(3)
    return made


def test_nothing_is_left_open_where_a_lease_is_not_to_be_had(
    at: Scene, folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[int] = []

    def lease(number: int) -> None:
        if given:
            raise Broken("no lease")
        given.append(number)

    monkeypatch.setattr(leases, "_lease", lease)
    with nothing_left(), pytest.raises(Broken) as failed:
        folder.hold()
    assert failed.tb is not None  # what it keeps alive closes nothing
    assert at.stage.holds == []


def test_nothing_is_left_open_where_a_file_cannot_be_opened(at: Scene, folder: Folder) -> None:
    with folder._opened() as number:
        os.unlink(folder._made[-1], dir_fd=number)
    with nothing_left(), pytest.raises(Finding) as failed:
        folder.hold()
    assert failed.tb is not None
    assert (failed.value.cause, failed.value.facts) == ("files_disturbed", {"text": "No such file or directory"})
    assert at.stage.holds == []


@pytest.mark.parametrize("in_place_of_one", [False, True])
def test_what_somebody_inside_has_put_among_the_files_cannot_be_held(
    at: Scene, folder: Folder, in_place_of_one: bool
) -> None:
    with folder._opened() as number:
        os.mkfifo("pipe", dir_fd=number)
        if in_place_of_one:
            os.rename("pipe", folder._made[-1], src_dir_fd=number, dst_dir_fd=number)
    with nothing_left(), pytest.raises(Finding) as failed:
        folder.hold()
    assert (failed.value.cause, failed.value.facts) == ("files_disturbed", {"text": "File exists"})
    assert at.stage.holds == []


def test_file_that_somebody_inside_has_open_cannot_be_held(folder: Folder) -> None:
    with folder._opened() as number, open(os.open(folder.names()[0], os.O_RDONLY, dir_fd=number)):
        with nothing_left(), pytest.raises(Finding) as failed:
            folder.hold()
        assert failed.value.cause == "files_disturbed"


def test_disk_that_is_full_is_the_submissions_where_it_has_it_for_itself(
    at: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    for tier, kind in (("bubblewrap", Finding), ("landlock", OSError)):
        monkeypatch.setattr(at.stage.sandbox, "tier", tier)
        with pytest.raises(kind), files.undisturbed(at.stage):
            raise OSError(errno.ENOSPC, "no room")


def test_judge_that_can_open_no_more_files_is_not_the_submissions_fault(at: Scene) -> None:
    with pytest.raises(OSError, match="too many"), files.undisturbed(at.stage):
        raise OSError(errno.EMFILE, "too many")


def test_files_that_are_held_are_let_go_by_name_or_all_at_once(at: Scene, folder: Folder) -> None:
    with nothing_left():
        hold = folder.hold()
        hold.let_go_all_but(folder.names()[0])
        assert not hold.is_closed
        hold.let_go()
    assert hold.is_closed


def test_files_of_a_folder_are_read_up_to_one_bound_for_all(at: Scene) -> None:
    folder, third = Files(at.stage).folder(), files.READ_MOST_BYTES // 3
    with folder._opened() as number:
        for name in ("1", "2", "3", "4"):
            with open(os.open(name, os.O_WRONLY | os.O_CREAT, dir_fd=number), "wb") as sparse:
                sparse.truncate(third)
    folder.make("small", b"content")
    found = folder.files()
    assert [getattr(found[name], "size", None) for name in ("1", "2", "3", "4", "small")] == [third] * 3 + [None, None]
    assert repr(found["4"]) == "<a file that is far too large>"
