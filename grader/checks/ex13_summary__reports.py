"""Checks of exercise 13, third part: what copy_with_progress tells while it copies.

While one file is held, the others have to be reported, and while all of them are, none. Who reports is the kernel's
word. The student's Progress has a stand-in as in ex13_summary__copies.py.
"""

import pytest


@pytest.fixture
def copier(submission, inside):
    """The submission, for copy_with_progress."""
    submission.prop_first(Progress=inside.a_progress)
    return submission


def check_reports_come_from_the_calling_process(copier, probes, files):
    source, dest = files.folder(), files.nowhere()
    source.fill(1)
    copier.copy_with_progress(source.path, dest.path, 2, probes.note)
    by_main = probes.next().in_main_process

    assert by_main is True


def check_reports_count_from_one(copier, probes, files):
    source, dest = files.folder(), files.nowhere()
    source.fill(3)
    copier.copy_with_progress(source.path, dest.path, 2, probes.note)
    one, two, three = probes.take(3)
    counts = [one.args[0], two.args[0], three.args[0]]

    assert counts == [1, 2, 3]


def check_reports_count_anew_in_each_call(copier, probes, files):
    source, dest, other = files.folder(), files.nowhere(), files.nowhere()
    source.fill(2)
    copier.copy_with_progress(source.path, dest.path, 2, probes.note)
    probes.take(2)
    copier.copy_with_progress(source.path, other.path, 2, probes.note)
    one, two = probes.take(2)
    counts = [one.args[0], two.args[0]]

    assert counts == [1, 2]


def check_reports_know_how_many_there_are(copier, probes, files):
    source, dest = files.folder(), files.nowhere()
    source.fill(2)
    source.make_folder("version 1.0").fill(2)
    copier.copy_with_progress(source.path, dest.path, 2, probes.note)
    one, two = probes.take(2)
    totals = [one.args[1], two.args[1]]

    assert totals == [2, 2]


def check_reports_name_every_file_once(copier, probes, files, fresh):
    source, dest = files.folder(), files.nowhere()
    a, b = f" {fresh.word()}.txt", f"{fresh.word()}.tar.gz"
    source.make_all([a, b], fresh.text(1_000))
    copier.copy_with_progress(source.path, dest.path, 2, probes.note)
    one, two = probes.take(2)
    named = [one.args[2], two.args[2]]

    assert named in [[a, b], [b, a]]
    assert probes.none_more()


def check_report_is_called_with_three_arguments(copier, probes, files):
    source, dest = files.folder(), files.nowhere()
    (name,) = source.fill(1)
    copier.copy_with_progress(source.path, dest.path, 2, probes.note)
    report = probes.next()
    told = [report.args, report.kwargs]

    assert told == [(1, 1, name), {}]


def check_reports_wait_for_the_copy(copier, probes, files, fresh):
    source, dest = files.folder(), files.folder()
    dest.make_all(list(source.fill(3)), fresh.text(100))  # older ones, which say nothing of the copies
    held = source.hold()
    copier.begin.copy_with_progress(source.path, dest.path, 2, probes.note)
    held.next()
    early = probes.arguments()

    assert early == []


def check_reports_come_as_files_finish(copier, probes, files, fresh):
    source, dest, other = files.folder(), files.nowhere(), files.nowhere()
    source.make_all(sorted(fresh.words(4)), fresh.text(1_000))
    held = source.hold()
    call = copier.begin.copy_with_progress(source.path, dest.path, 3, probes.note)
    slow, _, _ = held.take(3)
    held.let_go_all_but(slow.file_name)
    one, two = probes.take(2)
    reported = [one.args[2], two.args[2]]

    assert slow.file_name not in reported

    held.let_go()
    three, four = probes.take(2)
    counts = [one.args[0], two.args[0], three.args[0], four.args[0]]
    call.result()

    assert counts == [1, 2, 3, 4]

    held = source.hold()
    copier.begin.copy_with_progress(source.path, other.path, 3, probes.note)
    _, _, slow = held.take(3)
    held.let_go_all_but(slow.file_name)
    one, two = probes.take(2)
    reported = [one.args[2], two.args[2]]

    assert slow.file_name not in reported


def check_copier_without_files_reports_nothing(copier, probes, files):
    source, dest = files.folder(), files.nowhere()
    copier.copy_with_progress(source.path, dest.path, 2, probes.note)

    assert probes.none_more()


def check_copier_waits_for_the_reports(copier, probes, files):
    source, dest = files.folder(), files.nowhere()
    source.fill(1)
    call = copier.begin.copy_with_progress(source.path, dest.path, 2, probes.hold)
    report = probes.next()

    assert call.state() == "waits"

    report.goes_on()
    call.result()
