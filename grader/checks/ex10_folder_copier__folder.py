"""Checks of exercise 10, second part: copy_folder, where a folder is copied by a pool, not by who asked for it.

Who copies is seen while the files are held: whoever opens a held file waits, so that 'five at a time' is five processes
that wait at once, and 'it waits for the copies' is a fact.

copy_folder will mostly build on copy_work. Where a check has found fault with that, ours stands in its place: what is
wrong with one file is told of copy_work alone.
"""

import pytest


@pytest.fixture
def copier(submission, inside):
    """The submission, for copy_folder."""
    submission.prop(copy_work=inside.a_copy_work)
    return submission


def check_folder_makes_the_new_folder(copier, files):
    source, dest = files.folder(), files.nowhere()
    source.fill(1)
    copier.copy_folder(source.path, dest.path, 2)

    assert dest.is_folder is True


def check_folder_copies_every_file(copier, files):
    source, dest = files.folder(), files.nowhere()
    contents = source.fill(7)
    copier.copy_folder(source.path, dest.path, 2)

    assert dest.files() == contents
    assert source.files() == contents


def check_folder_keeps_every_byte(copier, files, fresh):
    source, dest, name = files.folder(), files.nowhere(), f"{fresh.word()}.txt"
    content = source.make(name, fresh.binary(5_000))
    copier.copy_folder(source.path, dest.path, 2)

    assert dest.holds(name) == content


def check_folder_copies_files_of_every_kind(copier, files, fresh):
    source, dest = files.folder(), files.nowhere()
    kinds = ["README", ".hidden", "上机 作业.txt", "UPPER.TXT", "a.tar.gz", "no_end.", "-rf", "x.tmp", "y.txt~", " z "]
    contents = source.make_all(kinds, fresh.text(1_000)) | {"empty": source.make("empty", b"")}
    copier.copy_folder(source.path, dest.path, 2)

    assert dest.files() == contents


def check_folder_takes_a_folder_of_any_name(copier, files, fresh):
    source, dest = files.folder().make_folder("第 [1] 章 *"), files.nowhere()
    contents = source.fill(2)
    copier.copy_folder(source.path, dest.path, 2)

    assert dest.files() == contents


def check_folder_leaves_out_sub_folders(copier, files, fresh):
    source, dest = files.folder(), files.nowhere()
    contents = source.fill(2)
    source.make_folder("empty")
    source.make_folder("version 1.0").fill(2)
    source.make_folder("version 2.0").make_all(list(contents), fresh.text(1_000))
    copier.copy_folder(source.path, dest.path, 2)

    assert dest.files() == contents


def check_folder_takes_one_that_is_there(copier, files, fresh):
    source, dest, name = files.folder(), files.folder(), fresh.word()
    dest.make(name, fresh.text(5_000))
    contents = source.fill(2) | dest.fill(2) | {name: source.make(name, fresh.text(1_000))}
    copier.copy_folder(source.path, dest.path, 2)

    assert dest.files() == contents


def check_folder_gives_the_number_of_files(copier, files):
    source, dest = files.folder(), files.nowhere()
    source.fill(4)
    result = copier.copy_folder(source.path, dest.path, 2)

    assert result == 4


def check_folder_counts_no_sub_folders(copier, files, fresh):
    source, dest = files.folder(), files.nowhere()
    contents = source.fill(2)
    source.make_folder("version 1.0").fill(3)
    source.make_folder("version 2.0").make_all(list(contents), fresh.text(1_000))
    result = copier.copy_folder(source.path, dest.path, 2)

    assert result == 2


def check_folder_counts_what_it_copied(copier, files, fresh):
    source, dest, name = files.folder(), files.folder(), fresh.word()
    dest.fill(3)
    source.fill(2)
    dest.make(name, fresh.text(5_000))
    source.make(name, fresh.text(1_000))
    result = copier.copy_folder(source.path, dest.path, 2)

    assert result == 3


def check_folder_counts_anew_in_each_call(copier, files):
    source, dest, other = files.folder(), files.nowhere(), files.nowhere()
    source.fill(2)
    copier.copy_folder(source.path, dest.path, 2)
    result = copier.copy_folder(source.path, other.path, 2)

    assert result == 2


def check_folder_without_files(copier, files):
    source, dest = files.folder(), files.nowhere()
    result = copier.copy_folder(source.path, dest.path, 2)

    assert result == 0
    assert dest.is_folder is True


def check_folder_takes_relative_folders(copier, files):
    source, dest = files.folder(), files.nowhere()
    contents = source.fill(2)
    copier.copy_folder(source.relative_path, dest.relative_path, 2)

    assert dest.files() == contents


def check_folder_has_workers_open_the_files(copier, files):
    source, dest = files.folder(), files.nowhere()
    source.fill(1)
    held = source.hold()
    copier.begin.copy_folder(source.path, dest.path, 2)
    held.next()

    assert held.opened_by_main() is False


def check_folder_keeps_all_workers_busy(copier, files):
    source, dest = files.folder(), files.nowhere()
    source.fill(25)  # so many that each worker has its part, also where they are given out by fives
    held = source.hold()
    copier.begin.copy_folder(source.path, dest.path, 5)
    busy = held.take(5)

    assert len(busy) == 5


def check_folder_has_no_more_workers_than_asked(copier, files):
    source, dest = files.folder(), files.nowhere()
    source.fill(5)
    held = source.hold()
    copier.begin.copy_folder(source.path, dest.path, 1)
    held.next()

    assert held.workers() <= 1


def check_folder_has_three_workers_unless_told(copier, files):
    source, dest = files.folder(), files.nowhere()
    source.fill(15)
    held = source.hold()
    copier.begin.copy_folder(source.path, dest.path)
    held.take(3)

    assert held.workers() == 3


def check_folder_waits_for_the_copies(copier, files):
    source, dest = files.folder(), files.nowhere()
    contents = source.fill(3)
    held = source.hold()
    call = copier.begin.copy_folder(source.path, dest.path, 2)
    held.next()

    assert call.state() == "waits"

    held.let_go()
    call.result()

    assert dest.files() == contents


def check_folder_leaves_no_process(copier, files, processes):
    source, dest = files.folder(), files.nowhere()
    source.fill(3)
    copier.copy_folder(source.path, dest.path, 2)
    copier.begin.copy_folder(files.folder().path, files.nowhere().path, 2).ending()

    assert processes.left() == []


def check_missing_source_is_an_error(copier, files):
    source, dest = files.nowhere(), files.nowhere()
    ending = copier.begin.copy_folder(source.path, dest.path, 2).ending()

    assert ending == "FileNotFoundError"


def check_missing_source_makes_nothing(copier, files, processes):
    source, dest = files.nowhere(), files.nowhere()
    copier.begin.copy_folder(source.path, dest.path, 2).ending()

    assert dest.exists is False
    assert source.exists is False
    assert processes.left() == []


def check_error_of_a_copy_reaches_the_caller(copier, files):
    source, dest, alike = files.folder(), files.folder(), files.folder()
    source.fill(5)
    name = source.inner_name()
    dest.link_to_itself(name)
    alike.link_to_itself(name)
    ending = copier.begin.copy_folder(source.path, dest.path, 2).ending()
    own = copier.begin.copy_work(source.path, alike.path, name).ending()

    assert ending in dest.endings_for(name, own)


def check_error_of_any_kind_reaches_the_caller(copier, files):
    source, dest, alike = files.folder(), files.folder(), files.folder()
    (name,) = source.fill(1)
    dest.make_folder(name).link_to_itself(name)  # a copy into that folder would fail, too
    alike.make_folder(name).link_to_itself(name)
    ending = copier.begin.copy_folder(source.path, dest.path, 2).ending()
    own = copier.begin.copy_work(source.path, alike.path, name).ending()

    assert ending in dest.endings_for(name, own)

    source, dest, alike = files.folder(), files.folder(), files.folder()
    (name,) = source.fill(1)
    dest.link_to_nowhere(name)
    alike.link_to_nowhere(name)
    ending = copier.begin.copy_folder(source.path, dest.path, 2).ending()
    own = copier.begin.copy_work(source.path, alike.path, name).ending()

    assert ending in dest.endings_for(name, own)


def check_error_of_a_copy_leaves_no_process(copier, files, processes):
    source, dest = files.folder(), files.folder()
    source.fill(5)
    dest.link_to_itself(source.inner_name())
    copier.begin.copy_folder(source.path, dest.path, 2).ending()

    assert processes.left() == []
