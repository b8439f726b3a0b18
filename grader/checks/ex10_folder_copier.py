"""Checks of exercise 10: copy_work, by which one file arrives byte for byte.

The folders and files are made by the check, with contents made up for each run, and what has arrived is read outside;
no check asks the student's code. ex10_folder_copier__folder.py goes on with copy_folder.
"""


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
