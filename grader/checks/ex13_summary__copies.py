"""Checks of exercise 13, second part: what copy_with_progress copies, who copies, and what comes of an error.

Files are held, so that whoever opens one waits. Who copies, and how many do so at the same time, is the kernel's word;
what has arrived is read outside.

copy_with_progress will mostly build on Progress. Where a check has found fault with that, ours stands in its place; but
the two may agree on something else, so a check that fails with ours is asked once more with the student's own.
"""

import pytest


@pytest.fixture
def copier(submission, inside):
    """The submission, for copy_with_progress."""
    submission.prop_first(Progress=inside.a_progress)
    return submission


def check_copier_makes_the_new_folder(copier, probes, files):
    source, dest = files.folder(), files.nowhere()
    source.fill(1)
    copier.copy_with_progress(source.path, dest.path, 2, probes.note)

    assert dest.is_folder is True


def check_copier_copies_every_file(copier, probes, files):
    source, dest = files.folder(), files.nowhere()
    made = source.fill(7)
    copier.copy_with_progress(source.path, dest.path, 2, probes.note)

    assert dest.files() == made
    assert source.files() == made


def check_copier_keeps_every_byte(copier, probes, files, fresh):
    source, dest, name = files.folder(), files.nowhere(), f"{fresh.word()}.txt"
    content = source.make(name, fresh.binary(300_001))
    copier.copy_with_progress(source.path, dest.path, 2, probes.note)

    assert dest.holds(name) == content


def check_copier_copies_files_of_every_kind(copier, probes, files, fresh):
    source, dest = files.folder(), files.nowhere()
    kinds = ["README", ".hidden", "上机 作业.txt", "UPPER.TXT", "a.tar.gz", "no_end.", "x.tmp", "y.txt~", " z "]
    made = source.make_all(kinds, fresh.text(1_000)) | {"empty": source.make("empty", b"")}
    copier.copy_with_progress(source.path, dest.path, 2, probes.note)

    assert dest.files() == made


def check_copier_leaves_out_sub_folders(copier, probes, files, fresh):
    source, dest = files.folder(), files.nowhere()
    made = source.fill(2)
    source.make_folder("empty")
    source.make_folder("version 1.0").fill(2)
    source.make_folder("version 2.0").make_all(list(made), fresh.text(1_000))
    copier.copy_with_progress(source.path, dest.path, 2, probes.note)

    assert dest.files() == made


def check_copier_takes_one_that_is_there(copier, probes, files, fresh):
    source, dest, name = files.folder(), files.folder(), fresh.word()
    dest.make(name, fresh.text(5_000))
    made = source.fill(2) | dest.fill(2) | {name: source.make(name, fresh.text(1_000))}
    copier.copy_with_progress(source.path, dest.path, 2, probes.note)

    assert dest.files() == made


def check_copier_takes_relative_folders(copier, probes, files):
    source, dest = files.folder(), files.nowhere()
    made = source.fill(2)
    copier.copy_with_progress(source.relative_path, dest.relative_path, 2, probes.note)

    assert dest.files() == made


def check_copier_takes_a_folder_of_any_name(copier, probes, files):
    source, dest = files.folder().make_folder("第 [1] 章 *"), files.nowhere()
    made = source.fill(2)
    copier.copy_with_progress(source.path, dest.path, 2, probes.note)

    assert dest.files() == made


def check_copier_gives_the_number_of_files(copier, probes, files):
    source, dest = files.folder(), files.nowhere()
    source.fill(4)
    result = copier.copy_with_progress(source.path, dest.path, 2, probes.note)

    assert result == 4


def check_copier_counts_what_it_copied(copier, probes, files, fresh):
    source, dest, name = files.folder(), files.folder(), fresh.word()
    dest.fill(3)
    dest.make(name, fresh.text(5_000))
    made = source.fill(2)
    source.make(name, fresh.text(1_000))
    source.make_folder("version 1.0").fill(3)
    source.make_folder("version 2.0").make_all(list(made), fresh.text(1_000))
    result = copier.copy_with_progress(source.path, dest.path, 2, probes.note)

    assert result == 3


def check_copier_has_workers_open_the_files(copier, probes, files):
    source, dest = files.folder(), files.nowhere()
    source.fill(1)
    held = source.hold()
    copier.begin.copy_with_progress(source.path, dest.path, 2, probes.note)
    held.next()

    assert held.opened_by_main() is False


def check_copier_without_files_gives_zero(copier, probes, files):
    source, dest = files.folder(), files.nowhere()
    result = copier.copy_with_progress(source.path, dest.path, 2, probes.note)

    assert result == 0
    assert dest.is_folder is True


def check_copier_keeps_all_workers_busy(copier, probes, files):
    source, dest = files.folder(), files.nowhere()
    source.fill(7)
    held = source.hold()
    copier.begin.copy_with_progress(source.path, dest.path, 5, probes.note)
    busy = held.take(5)

    assert len(busy) == 5


def check_copier_has_no_more_workers_than_asked(copier, probes, files):
    source, dest = files.folder(), files.nowhere()
    source.fill(5)
    held = source.hold()
    copier.begin.copy_with_progress(source.path, dest.path, 1, probes.note)
    held.next()

    assert held.workers() <= 1


def check_copier_waits_for_the_copies(copier, probes, files):
    source, dest = files.folder(), files.nowhere()
    made = source.fill(3)
    held = source.hold()
    call = copier.begin.copy_with_progress(source.path, dest.path, 2, probes.note)
    held.next()

    assert call.state() == "waits"

    held.let_go()
    call.result()

    assert dest.files() == made


def check_copier_leaves_no_process(copier, probes, files, processes):
    source, dest = files.folder(), files.nowhere()
    source.fill(3)
    copier.copy_with_progress(source.path, dest.path, 2, probes.note)
    copier.begin.copy_with_progress(files.folder().path, files.nowhere().path, 2, probes.note).ending()

    assert processes.left() == []


def check_missing_source_is_an_error(copier, probes, files):
    source, dest = files.nowhere(), files.nowhere()
    ending = copier.begin.copy_with_progress(source.path, dest.path, 2, probes.note).ending()

    assert ending == "FileNotFoundError"


def check_missing_source_makes_nothing(copier, probes, files, processes):
    source, dest = files.nowhere(), files.nowhere()
    copier.begin.copy_with_progress(source.path, dest.path, 2, probes.note).ending()

    assert dest.exists is False
    assert source.exists is False
    assert processes.left() == []


def check_error_of_a_copy_reaches_the_caller(copier, probes, files):
    source, dest = files.folder(), files.folder()
    source.fill(5)
    name = source.inner_name()
    dest.link_to_itself(name)
    ending = copier.begin.copy_with_progress(source.path, dest.path, 2, probes.note).ending()

    assert ending in dest.endings_for(name)

    source, dest = files.folder(), files.folder()
    (name,) = source.fill(1)
    dest.link_to_itself(name)
    held = source.hold()
    call = copier.begin.copy_with_progress(source.path, dest.path, 2, probes.note)
    call.state()  # the file fails only when all others wait already
    held.let_go()
    ending = call.ending()

    assert ending in dest.endings_for(name)


def check_error_of_any_kind_reaches_the_caller(copier, probes, files):
    source, dest = files.folder(), files.folder()
    (name,) = source.fill(1)
    dest.make_folder(name).link_to_itself(name)  # a copy into that folder would fail, too
    ending = copier.begin.copy_with_progress(source.path, dest.path, 2, probes.note).ending()

    assert ending in dest.endings_for(name)

    source, dest = files.folder(), files.folder()
    (name,) = source.fill(1)
    dest.link_to_nowhere(name)
    ending = copier.begin.copy_with_progress(source.path, dest.path, 2, probes.note).ending()

    assert ending in dest.endings_for(name)


def check_error_of_a_copy_leaves_no_process(copier, probes, files, processes):
    source, dest = files.folder(), files.folder()
    source.fill(5)
    dest.link_to_itself(source.inner_name())
    copier.begin.copy_with_progress(source.path, dest.path, 2, probes.note).ending()

    assert processes.left() == []
