"""Exercise 13 as a teacher would test it in plain pytest."""

import multiprocessing
import os
import threading

import ex13_summary as module
import pytest
from targets import all_told, as_str, contents, files, fill, filled, folders, pause, watched

TEXT = b"some text\n" * 100
BINARY = b"\r\n\n\r\0\x1a" + bytes(range(256)) * 20


def names(values):
    return filled(multiprocessing.JoinableQueue(), values)


def copy(source, dest, workers=2, report=print):
    return module.copy_with_progress(*as_str(source, dest), workers, report)


def reports(source, dest):
    calls = []
    copy(source, dest, 2, lambda *args: calls.append(args))
    return calls


def test_import_starts_no_process():
    assert multiprocessing.active_children() == []


def test_progress_counts_from_one():
    progress = module.Progress(names(["a", "b", "c"]), 3)
    assert [next(progress), next(progress), next(progress)] == [(1, 3, "a"), (2, 3, "b"), (3, 3, "c")]


def test_progress_ends_after_the_last():
    progress = module.Progress(names(["a"]), 1)
    next(progress)
    with pytest.raises(StopIteration):
        next(progress)


def test_progress_of_nothing_ends_at_once():
    with pytest.raises(StopIteration):
        next(module.Progress(names([]), 0))


def test_progress_works_in_a_loop():
    assert list(module.Progress(names(["a", "b"]), 2)) == [(1, 2, "a"), (2, 2, "b")]


def test_progress_is_its_own_iterator():
    progress = module.Progress(names(["a", "b"]), 2)
    next(progress)
    assert list(progress) == [(2, 2, "b")]


def test_progress_waits_for_a_name():
    queue = names([])
    giver = threading.Thread(target=lambda: (pause(), queue.put("a")))
    giver.start()
    assert next(module.Progress(queue, 1)) == (1, 1, "a")
    giver.join()


def test_progress_waits_for_one_name_at_a_time():
    assert next(module.Progress(names(["a"]), 2)) == (1, 2, "a")


def test_progress_leaves_what_is_not_its_own():
    queue = names(["a", "b", "c"])
    list(module.Progress(queue, 2))
    assert contents(queue) == ["c"]


def test_two_progresses_do_not_disturb():
    one, two = module.Progress(names(["a", "b"]), 2), module.Progress(names(["c", "d"]), 3)
    assert [next(one), next(two), next(one), next(two)] == [(1, 2, "a"), (1, 3, "c"), (2, 2, "b"), (2, 3, "d")]


def test_progress_counts_to_many():
    assert list(module.Progress(names(["a"] * 300), 300)) == [(done, 300, "a") for done in range(1, 301)]


def test_copier_copies_every_file():
    with folders(7) as (source, dest):
        copy(source, dest)
        assert files(dest) == files(source)


def test_copier_keeps_every_byte():
    with folders() as (source, dest):
        (source / "a.txt").write_bytes(BINARY)
        copy(source, dest)
        assert files(dest) == files(source)


def test_copier_copies_files_of_every_kind():
    with folders() as (source, dest):
        for name in ("README", ".hidden", "上机作业.txt", "UPPER.TXT", "archive.tar.gz", "no_end."):
            (source / name).write_bytes(TEXT)
        copy(source, dest)
        assert files(dest) == files(source)


def test_copier_leaves_out_sub_folders():
    with folders(2) as (source, dest):
        (source / "empty").mkdir()
        (source / "version 1.0").mkdir()
        fill(source / "version 1.0", 2)
        copy(source, dest)
        assert sorted(path.name for path in dest.iterdir()) == ["0.txt", "1.txt"]


def test_copier_gives_the_number_of_files():
    with folders(4) as (source, dest):
        assert copy(source, dest) == 4


def test_copier_counts_what_it_copied():
    with folders(2) as (source, dest):
        dest.mkdir()
        (dest / "old").write_bytes(TEXT)
        assert copy(source, dest) == 2


def test_copier_makes_the_new_folder():
    with folders(1) as (source, dest):
        copy(source, dest)
        assert dest.is_dir()


def test_copier_takes_one_that_is_there():
    with folders(2) as (source, dest):
        dest.mkdir()
        (dest / "old").write_bytes(TEXT)
        copy(source, dest)
        assert files(dest) == {**files(source), "old": TEXT}


def test_copier_takes_relative_folders():
    with folders(2) as (source, dest):
        copy(os.path.relpath(source), os.path.relpath(dest))
        assert files(dest) == files(source)


def test_copier_takes_a_folder_of_any_name():
    with folders() as (source, dest):
        inner = source / "第 [1] 章 *"
        inner.mkdir()
        fill(inner, 2)
        copy(inner, dest)
        assert files(dest) == files(inner)


def test_copier_without_files_gives_zero():
    with folders() as (source, dest):
        assert copy(source, dest) == 0
        assert dest.is_dir()


def test_copier_has_workers_open_the_files():
    with watched(module, "copy_work"), folders(2) as (source, dest):
        copy(source, dest)
        assert os.getpid() not in [pid for pid, _ in all_told()]


def test_copier_keeps_all_workers_busy():
    with watched(module, "copy_work"), folders(7) as (source, dest):
        copy(source, dest, 5)
        assert len({pid for pid, _ in all_told()}) > 1


def test_copier_has_no_more_workers_than_asked():
    with watched(module, "copy_work"), folders(5) as (source, dest):
        copy(source, dest)
        assert len({pid for pid, _ in all_told()}) <= 2


def test_copier_waits_for_the_copies():
    with watched(module, "copy_work"), folders(3) as (source, dest):
        copy(source, dest)
        assert files(dest) == files(source)
        assert len(all_told()) == 3


def test_copier_waits_for_the_reports():
    with folders(1) as (source, dest):
        made = []
        copy(source, dest, 2, lambda *args: (pause(), made.append(args)))
        assert len(made) == 1


def test_copier_leaves_no_process():
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
        with pytest.raises(OSError):
            copy(source, dest)


def test_error_of_a_copy_leaves_no_process():
    with folders(5) as (source, dest):
        dest.mkdir()
        os.symlink("2.txt", dest / "2.txt")
        with pytest.raises(OSError):
            copy(source, dest)
        assert multiprocessing.active_children() == []


def test_reports_count_from_one():
    with folders(3) as (source, dest):
        assert [done for done, _, _ in reports(source, dest)] == [1, 2, 3]


def test_reports_count_anew_in_each_call():
    with folders(2) as (source, dest):
        assert [done for done, _, _ in reports(source, dest) + reports(source, dest)] == [1, 2, 1, 2]


def test_reports_know_how_many_there_are():
    with folders(2) as (source, dest):
        (source / "version 1.0").mkdir()
        fill(source / "version 1.0", 2)
        assert [total for _, total, _ in reports(source, dest)] == [2, 2]


def test_reports_name_every_file_once():
    with folders(2) as (source, dest):
        assert sorted(name for _, _, name in reports(source, dest)) == ["0.txt", "1.txt"]


def test_reports_come_from_the_calling_process():
    with folders(1) as (source, dest):
        pids = []
        copy(source, dest, 2, lambda *args: pids.append(os.getpid()))
        assert pids == [os.getpid()]


def test_report_is_called_with_three_arguments():
    with folders(1) as (source, dest):
        assert reports(source, dest) == [(1, 1, "0.txt")]


def test_reports_come_as_files_finish():
    with watched(module, "copy_work"), folders(4) as (source, dest):
        assert len(reports(source, dest)) == 4
        all_told()


def test_reports_wait_for_the_copy():
    with folders(3) as (source, dest):
        there = []
        copy(source, dest, 2, lambda done, total, name: there.append((dest / name).exists()))
        assert there == [True, True, True]


def test_copier_without_files_reports_nothing():
    with folders() as (source, dest):
        assert reports(source, dest) == []
