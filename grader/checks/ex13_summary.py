"""Checks of exercise 13, first part: an iterator that waits for what happens.

Progress is given queues of the check's own. What copy_with_progress does is asked in the other parts: what it copies in
ex13_summary__copies.py, what it tells meanwhile in ex13_summary__reports.py.
"""


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
