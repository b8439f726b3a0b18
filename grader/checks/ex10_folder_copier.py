"""Checks of exercise 10: a file arrives byte for byte, and a folder is copied by a pool, not by who asked for it.

The folders and files are made by the check, with contents made up for each run, and what has arrived is read outside;
no check asks the student's code. Who copies is seen while the files are held: whoever opens a held file waits, so that
'five at a time' is five processes that wait at once, and 'it waits for the copies' is a fact.

copy_folder will mostly build on copy_work. Where a check has found fault with that, ours stands in its place: what is
wrong with one file is told of copy_work alone.
"""

import pytest


@pytest.fixture
def copier(submission, inside):
    """The submission, for copy_folder."""
    submission.prop(copy_work=inside.a_copy_work)
    return submission


def check_import_starts_no_process(submission, processes):
    begun = processes.begun_at_import()

    assert begun == []


def check_work_copies_a_text_file(submission, files, fresh):
    source, dest, name = files.folder(), files.folder(), fresh.word()
    content = source.make(name, fresh.text(300_001))
    submission.copy_work(source.path, dest.path, name)

    assert dest.holds(name) == content


def check_work_keeps_every_byte(submission, files, fresh):
    source, dest, name, long = files.folder(), files.folder(), fresh.word(), fresh.word()
    content = source.make(name, fresh.binary(5_000))
    long_content = source.make(long, fresh.binary(500_000, b"\0 \n"))
    submission.copy_work(source.path, dest.path, name)
    submission.copy_work(source.path, dest.path, long)

    assert dest.holds(name) == content
    assert dest.holds(long) == long_content


def check_work_copies_an_empty_file(submission, files, fresh):
    source, dest, name = files.folder(), files.folder(), fresh.word()
    content = source.make(name, b"")
    submission.copy_work(source.path, dest.path, name)

    assert dest.holds(name) == content


def check_work_copies_a_huge_file_in_blocks(submission, files, processes, fresh):
    source, dest, name = files.folder(), files.folder(), fresh.word()
    content = source.make_large(name, 48)
    memory = processes.peak()
    submission.copy_work(source.path, dest.path, name)

    assert dest.holds(name) == content
    assert memory.grown_mb < 40


def check_work_replaces_an_older_copy(submission, files, fresh):
    source, dest, name, same_size = files.folder(), files.folder(), fresh.word(), fresh.word()
    dest.make(name, fresh.text(5_000))
    dest.make(same_size, fresh.text(1_000))
    content = source.make(name, fresh.text(1_000))
    same_size_content = source.make(same_size, fresh.text(1_000))
    submission.copy_work(source.path, dest.path, name)
    submission.copy_work(source.path, dest.path, same_size)

    assert dest.holds(name) == content
    assert dest.holds(same_size) == same_size_content


def check_work_leaves_the_source_alone(submission, files, fresh):
    source, dest, name = files.folder(), files.folder(), fresh.word()
    content = source.make(name, fresh.text(1_000))
    submission.copy_work(source.path, dest.path, name)

    assert source.holds(name) == content


def check_work_copies_that_file_alone(submission, files, fresh):
    source, dest, name = files.folder(), files.folder(), fresh.word()
    source.fill(2)
    source.make(name, fresh.text(1_000))
    submission.copy_work(source.path, dest.path, name)

    assert dest.names() == [name]


def check_work_takes_names_with_spaces_and_chinese(submission, files, fresh):
    source, dest, name = files.folder(), files.folder(), f"-rf 第 2 章 {fresh.word()} .txt "
    content = source.make(name, fresh.text(1_000))
    submission.copy_work(source.path, dest.path, name)

    assert dest.holds(name) == content


def check_work_takes_any_name(submission, files, fresh):
    source, dest = files.folder(), files.folder()
    quoted, foreign, long = f"A'b\"C\\d;$(e)*\n{fresh.word()}", f"caf\udce9{fresh.word()}", "长" * 85
    quoted_content = source.make(quoted, fresh.text(1_000))
    foreign_content = source.make(foreign, fresh.text(1_000))
    long_content = source.make(long, fresh.text(1_000))
    submission.copy_work(source.path, dest.path, quoted)
    submission.copy_work(source.path, dest.path, foreign)
    submission.copy_work(source.path, dest.path, long)

    assert dest.files() == {quoted: quoted_content, foreign: foreign_content, long: long_content}


def check_work_takes_relative_folders(submission, files, fresh):
    source, dest = files.folder(), files.folder()
    name = f"{source.relative_path}.txt"
    content = source.make(name, fresh.text(1_000))
    submission.copy_work(source.relative_path, dest.relative_path, name)

    assert dest.holds(name) == content


def check_work_lets_an_error_through(submission, files, fresh):
    source, dest, missing, blocked = files.folder(), files.folder(), fresh.word(), fresh.word()
    ending = submission.begin.copy_work(source.path, dest.path, missing).ending()

    assert ending in source.endings_for(missing, ending)

    source.make(blocked, fresh.text(1_000))
    dest.link_to_itself(blocked)
    ending = submission.begin.copy_work(source.path, dest.path, blocked).ending()

    assert ending in dest.endings_for(blocked, ending)


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
