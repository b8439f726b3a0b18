"""Checks of exercise 13: an iterator that waits for what happens, and a copier that tells how far it has come.

Progress is given queues of the check's own. For the copier, files are held, so that whoever opens one waits: while one
of them is held, the others have to be reported, and while all of them are, none. Who reports, who copies, and how many
do so at the same time is the kernel's word; what has arrived is read outside.

copy_with_progress will mostly build on Progress. Where a check has found fault with that, ours stands in its place; but
the two may agree on something else, so a check that fails with ours is asked once more with the student's own.
"""

import pytest


@pytest.fixture
def copier(submission, inside):
    """The submission, for copy_with_progress."""
    submission.prop_first(Progress=inside.a_progress)
    return submission


def check_import_starts_no_process(submission, processes):
    begun = processes.begun_at_import()

    assert begun == []


def check_progress_counts_from_one(submission, inside, fresh):
    one, two, three = f" {fresh.word()}.txt", f"{fresh.word()}.tar.gz ", fresh.word()
    progress = submission.Progress(inside.name_queue([one, two, three]), 3)
    seen = [inside.next(progress), inside.next(progress), inside.next(progress)]

    assert seen == [(1, 3, one), (2, 3, two), (3, 3, three)]


def check_progress_ends_after_the_last(submission, inside, fresh):
    one, two = fresh.words(2)
    queue = inside.name_queue([one])
    progress = submission.Progress(queue, 1)
    inside.next(progress)
    ending = inside.begin.next(progress).ending()

    assert ending == "StopIteration"

    inside.put_in_a_child(queue, [two])
    ending = inside.begin.next(progress).ending()

    assert ending == "StopIteration"
    assert inside.names_left(queue) == [two]


def check_progress_of_nothing_ends_at_once(submission, inside):
    progress = submission.Progress(inside.name_queue([]), 0)
    ending = inside.begin.next(progress).ending()

    assert ending == "StopIteration"


def check_progress_works_in_a_loop(submission, inside, fresh):
    one, two = fresh.words(2)
    progress = submission.Progress(inside.name_queue([one, two]), 2)

    assert inside.loop(progress, 9) == [(1, 2, one), (2, 2, two)]


def check_progress_is_its_own_iterator(submission, inside, fresh):
    one, two = fresh.words(2)
    progress = submission.Progress(inside.name_queue([one, two]), 2)
    inside.next(progress)

    assert inside.loop(progress, 9) == [(2, 2, two)]


def check_progress_waits_for_a_name(submission, probes, inside, fresh):
    name = fresh.word()
    queue = inside.name_queue([])
    progress = submission.Progress(queue, 1)
    inside.name_giver(queue, probes.hold)
    giver = probes.next()
    call = inside.begin.next(progress)

    assert call.state() == "waits"

    giver.returns(name)

    assert call.result() == (1, 1, name)


def check_progress_waits_for_one_name_at_a_time(submission, inside, fresh):
    one = fresh.word()
    progress = submission.Progress(inside.name_queue([one]), 2)

    assert inside.next(progress) == (1, 2, one)


def check_progress_leaves_what_is_not_its_own(submission, inside, fresh):
    one, two, three = fresh.words(3)
    queue = inside.name_queue([one, two, three])
    inside.loop(submission.Progress(queue, 2), 9)

    assert inside.names_left(queue) == [three]


def check_two_progresses_do_not_disturb(submission, inside, fresh):
    one, two, three, four = fresh.words(4)
    first = submission.Progress(inside.name_queue([one, two]), 2)
    second = submission.Progress(inside.name_queue([three, four]), 3)
    seen = [inside.next(first), inside.next(second), inside.next(first), inside.next(second)]

    assert seen == [(1, 2, one), (1, 3, three), (2, 2, two), (2, 3, four)]


def check_progress_counts_to_many(submission, inside, fresh):
    names = fresh.words(300)
    progress = submission.Progress(inside.name_queue(names), 300)

    assert inside.loop(progress, 310) == [(done, 300, name) for done, name in enumerate(names, 1)]


def check_copier_makes_the_new_folder(copier, probes, files):
    source, dest = files.folder(), files.nowhere()
    source.fill(1)
    copier.copy_with_progress(source.path, dest.path, 2, probes.note)

    assert dest.exists is True


def check_copier_copies_every_file(copier, probes, files):
    source, dest = files.folder(), files.nowhere()
    made = source.fill(7)
    copier.copy_with_progress(source.path, dest.path, 2, probes.note)

    assert dest.files() == made


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


def check_copier_has_workers_open_the_files(copier, probes, files):
    source, dest = files.folder(), files.nowhere()
    source.fill(1)
    held = source.hold()
    copier.begin.copy_with_progress(source.path, dest.path, 2, probes.note)
    held.next()

    assert held.opened_by_main() is False


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


def check_copier_without_files_gives_zero(copier, probes, files):
    source, dest = files.folder(), files.nowhere()
    result = copier.copy_with_progress(source.path, dest.path, 2, probes.note)

    assert result == 0
    assert dest.exists is True


def check_copier_without_files_reports_nothing(copier, probes, files):
    source, dest = files.folder(), files.nowhere()
    copier.copy_with_progress(source.path, dest.path, 2, probes.note)

    assert probes.none_more()


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


def check_copier_waits_for_the_reports(copier, probes, files):
    source, dest = files.folder(), files.nowhere()
    source.fill(1)
    call = copier.begin.copy_with_progress(source.path, dest.path, 2, probes.hold)
    report = probes.next()

    assert call.state() == "waits"

    report.goes_on()
    call.result()


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
