"""Exercise 10 as a teacher would test it in plain pytest."""

import multiprocessing
import os

import ex10_folder_copier as module
import pytest
from targets import all_told, as_str, files, fill, folders, watched

TEXT = b"some text\n" * 100
BINARY = b"\r\n\n\r\0\x1a" + bytes(range(256)) * 20


def copied(name, content):
    with folders() as (source, dest):
        dest.mkdir()
        (source / name).write_bytes(content)
        module.copy_work(*as_str(source, dest), name)
        return (dest / name).read_bytes()


def same(name, content):
    assert copied(name, content) == content


def copy(source, dest, workers=2):
    return module.copy_folder(*as_str(source, dest), workers)


def test_import_starts_no_process():
    assert multiprocessing.active_children() == []


def test_work_copies_a_text_file():
    same("a.txt", TEXT * 300)


def test_work_keeps_every_byte():
    same("a", BINARY)


def test_work_copies_an_empty_file():
    same("a", b"")


def test_work_copies_a_huge_file_in_blocks():
    same("a", os.urandom(1 << 20) * 48)


def test_work_replaces_an_older_copy():
    with folders(1) as (source, dest):
        dest.mkdir()
        (dest / "0.txt").write_bytes(TEXT * 9)
        module.copy_work(*as_str(source, dest), "0.txt")
        assert files(dest) == files(source)


def test_work_leaves_the_source_alone():
    with folders(1) as (source, dest):
        dest.mkdir()
        before = files(source)
        module.copy_work(*as_str(source, dest), "0.txt")
        assert files(source) == before


def test_work_copies_that_file_alone():
    with folders(3) as (source, dest):
        dest.mkdir()
        module.copy_work(*as_str(source, dest), "1.txt")
        assert list(files(dest)) == ["1.txt"]


def test_work_takes_names_with_spaces_and_chinese():
    same("-rf 第 2 章 a .txt", TEXT)


def test_work_takes_any_name():
    for name in ("a'b\"c\\d;$(e)*\n", "caf\udce9", "长" * 85):
        same(name, TEXT)


def test_work_takes_relative_folders():
    with folders(1) as (source, dest):
        dest.mkdir()
        module.copy_work(os.path.relpath(source), os.path.relpath(dest), "0.txt")
        assert files(dest) == files(source)


def test_work_lets_an_error_through():
    with folders(1) as (source, dest):
        with pytest.raises(OSError):
            module.copy_work(*as_str(source, dest), "missing")
        with pytest.raises(OSError):
            module.copy_work(*as_str(source, dest), "0.txt")


def test_folder_copies_every_file():
    with folders(7) as (source, dest):
        copy(source, dest)
        assert files(dest) == files(source)


def test_folder_keeps_every_byte():
    with folders() as (source, dest):
        (source / "a.txt").write_bytes(BINARY)
        copy(source, dest)
        assert files(dest) == files(source)


def test_folder_copies_files_of_every_kind():
    with folders() as (source, dest):
        for name in ("README", ".hidden", "上机作业.txt", "UPPER.TXT", "archive.tar.gz", "no_end."):
            (source / name).write_bytes(TEXT)
        copy(source, dest)
        assert files(dest) == files(source)


def test_folder_takes_a_folder_of_any_name():
    with folders() as (above, dest):
        source = above / "第 [1] 章 *"
        source.mkdir()
        fill(source, 2)
        copy(source, dest)
        assert files(dest) == files(source)


def test_folder_leaves_out_sub_folders():
    with folders(2) as (source, dest):
        (source / "empty").mkdir()
        (source / "version 1.0").mkdir()
        fill(source / "version 1.0", 2)
        copy(source, dest)
        assert sorted(path.name for path in dest.iterdir()) == ["0.txt", "1.txt"]


def test_folder_gives_the_number_of_files():
    with folders(4) as (source, dest):
        assert copy(source, dest) == 4


def test_folder_counts_what_it_copied():
    with folders(2) as (source, dest):
        dest.mkdir()
        (dest / "old").write_bytes(TEXT)
        assert copy(source, dest) == 2


def test_folder_counts_anew_in_each_call():
    with folders(2) as (source, dest):
        copy(source, dest)
        assert copy(source, dest) == 2


def test_folder_makes_the_new_folder():
    with folders(1) as (source, dest):
        copy(source, dest)
        assert dest.is_dir()


def test_folder_takes_one_that_is_there():
    with folders(2) as (source, dest):
        dest.mkdir()
        (dest / "old").write_bytes(TEXT)
        copy(source, dest)
        assert files(dest) == {**files(source), "old": TEXT}


def test_folder_takes_relative_folders():
    with folders(2) as (source, dest):
        copy(os.path.relpath(source), os.path.relpath(dest))
        assert files(dest) == files(source)


def test_folder_without_files():
    with folders() as (source, dest):
        assert copy(source, dest) == 0
        assert dest.is_dir()


def test_folder_has_workers_open_the_files():
    with watched(module, "copy_work"), folders(2) as (source, dest):
        copy(source, dest)
        assert os.getpid() not in [pid for pid, _ in all_told()]


def test_folder_keeps_all_workers_busy():
    with watched(module, "copy_work"), folders(7) as (source, dest):
        copy(source, dest, 5)
        assert len({pid for pid, _ in all_told()}) > 1


def test_folder_has_no_more_workers_than_asked():
    with watched(module, "copy_work"), folders(5) as (source, dest):
        copy(source, dest)
        assert len({pid for pid, _ in all_told()}) <= 2


def test_folder_waits_for_the_copies():
    with watched(module, "copy_work"), folders(3) as (source, dest):
        copy(source, dest)
        assert files(dest) == files(source)
        assert len(all_told()) == 3


def test_folder_leaves_no_process():
    with folders(3) as (source, dest):
        copy(source, dest)
        assert multiprocessing.active_children() == []


def test_missing_source_is_an_error():
    with folders() as (source, dest), pytest.raises(FileNotFoundError):
        copy(source / "missing", dest)


def test_missing_source_makes_nothing():
    with folders() as (source, dest):
        with pytest.raises(FileNotFoundError):
            copy(source / "missing", dest)
        assert not dest.exists()


def test_error_of_a_copy_reaches_the_caller():
    with folders(5) as (source, dest):
        dest.mkdir()
        os.symlink("2.txt", dest / "2.txt")
        with pytest.raises(OSError):
            copy(source, dest)


def test_error_of_any_kind_reaches_the_caller():
    with folders(1) as (source, dest):
        dest.mkdir()
        (dest / "0.txt").mkdir()
        with pytest.raises(IsADirectoryError):
            copy(source, dest)


def test_error_of_a_copy_leaves_no_process():
    with folders(5) as (source, dest):
        dest.mkdir()
        os.symlink("2.txt", dest / "2.txt")
        with pytest.raises(OSError):
            copy(source, dest)
        assert multiprocessing.active_children() == []


def test_folder_counts_no_sub_folders():
    with folders(2) as (source, dest):
        (source / "version 1.0").mkdir()
        fill(source / "version 1.0", 3)
        assert copy(source, dest) == 2


def test_folder_has_three_workers_unless_told():
    with watched(module, "copy_work"), folders(5) as (source, dest):
        module.copy_folder(*as_str(source, dest))
        assert len({pid for pid, _ in all_told()}) <= 3
