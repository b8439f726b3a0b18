"""Checks of exercise 7: what goes through a queue, and in which order those at its two ends come and go.

The reader shows itself: it calls report, a probe. So does the writer, where the student's code lends a hand to neither:
a value may be a string that calls a probe where it is pickled, and that is where it is put into the queue. While it is
held there, the writer cannot end; what the others do meanwhile, and who is there, is the kernel's word.

The functions that transfer is built on are the student's, too. Where a check has found fault with one of them, ours
stands in its place, so that transfer is not blamed for it.
"""

import pytest


@pytest.fixture
def small(submission, inside):
    """The submission, for transfer."""
    submission.prop(write_queue=inside.a_write_queue)
    submission.prop(read_queue=inside.a_read_queue)
    return submission


@pytest.fixture
def large(submission, inside):
    """The submission, for transfer_large."""
    submission.prop(write_queue=inside.a_write_queue, read_queue=inside.a_read_queue)
    return submission


def calls(values):
    """The arguments of a call for each of `values`."""
    return [(value,) for value in values]


def check_import_starts_no_process(submission, processes):
    begun = processes.begun_at_import()

    assert begun == []


def check_write_puts_each_in_order(submission, probes, inside, fresh):
    word = fresh.word()
    values = [word, word, fresh.integers(2), tuple(fresh.words(2)), {fresh.word(): fresh.integer()}, word]
    queue = inside.empty_queue(0)
    inside.echo(queue, probes.note)
    submission.write_queue(queue, values)

    assert probes.arguments() == calls(values)


def check_write_values_may_count_as_false(submission, probes, inside, fresh):
    values = [None, 0, fresh.word(), "", False]
    queue = inside.empty_queue(0)
    inside.echo(queue, probes.note)
    submission.write_queue(queue, values)

    assert probes.arguments() == calls(values)


def check_write_puts_nothing_without_values(submission, probes, inside):
    queue = inside.empty_queue(0)
    inside.echo(queue, probes.note)
    submission.write_queue(queue, [])

    assert probes.arguments() == []


def check_write_puts_the_values_of_each_call(submission, probes, inside, fresh):
    values, others = fresh.words(1), fresh.words(2)
    queue, other = inside.empty_queue(0), inside.empty_queue(0)
    inside.echo(queue, probes.note)
    inside.echo(other, probes.note)
    submission.write_queue(queue, values)
    first = probes.arguments()
    submission.write_queue(other, others)
    arguments = first + probes.arguments()

    assert arguments == calls(values + others)


def check_write_waits_for_room(submission, probes, inside, fresh):
    values = fresh.words(5)
    queue = inside.empty_queue(2)
    inside.echo(queue, probes.note, probes.hold)
    reader = probes.next()
    call = submission.begin.write_queue(queue, values)
    call.state()  # by now it waits, or has given up
    reader.goes_on()
    call.result()

    assert probes.arguments() == calls(values)


def check_read_reports_each_in_order(submission, probes, inside, fresh):
    word = fresh.word()
    values = [word, word, fresh.integers(2), tuple(fresh.words(2)), {fresh.word(): fresh.integer()}, word]
    submission.read_queue(inside.queue(0, values), probes.note)

    assert probes.arguments() == calls(values)


def check_read_values_may_count_as_false(submission, probes, inside, fresh):
    values = [0, fresh.word(), None, "", False, "END", "STOP", -1, fresh.word()]
    submission.read_queue(inside.queue(0, values), probes.note)

    assert probes.arguments() == calls(values)


def check_read_reports_nothing_of_an_empty_queue(submission, probes, inside):
    submission.read_queue(inside.queue(0, []), probes.note)

    assert probes.arguments() == []


def check_read_takes_many(submission, probes, inside, fresh):
    values = fresh.words(120)
    submission.read_queue(inside.queue(120, values), probes.note)

    assert probes.arguments() == calls(values)


def check_read_leaves_the_queue_empty(submission, probes, inside, fresh):
    queue = inside.queue(0, fresh.words(4))
    submission.read_queue(queue, probes.note)

    assert inside.contents(queue) == []


def check_transfer_joins_the_writer_before_reading(small, probes, processes, inside, fresh):
    values = [fresh.word(), inside.telling(fresh.word(), probes.hold)]
    call = small.begin.transfer(values, probes.hold)
    writer = probes.next()

    assert call.state() == "waits"
    assert probes.waiting() == []

    before = processes.pids()
    writer.goes_on()
    reader = probes.next()

    assert reader.pid != writer.pid
    assert writer.state == "gone"
    assert reader.pid not in before


def check_transfer_reports_each_in_order(small, probes, fresh):
    values = [fresh.word(), fresh.integers(2), fresh.word(), fresh.word()]
    small.transfer(values, probes.note)

    assert probes.arguments() == calls(values)


def check_transfer_values_may_count_as_false(small, probes, fresh):
    values = [0, None, fresh.word(), "", False, "END", "STOP", -1, fresh.word()]
    small.transfer(values, probes.note)

    assert probes.arguments() == calls(values)


def check_transfer_ends_without_values(small, probes):
    small.transfer([], probes.note)

    assert probes.arguments() == []


def check_transfer_reports_the_values_of_each_call(small, probes, fresh):
    values, others = fresh.words(1), fresh.words(2)
    small.transfer(values, probes.note)
    first = probes.arguments()
    small.transfer(others, probes.note)
    second = probes.arguments()
    small.transfer(values, probes.note)
    arguments = first + second + probes.arguments()

    assert arguments == calls(values + others + values)


def check_transfer_takes_many(small, probes, fresh):
    values = fresh.texts(100, 320)
    small.transfer(values, probes.note)

    assert probes.arguments() == calls(values)


def check_transfer_takes_any_number_of_values(small, probes, fresh):
    call = small.begin.transfer(fresh.integers(120), probes.note)
    call.result()

    assert call.state() == "returned"


def check_transfer_writes_in_a_child(small, probes, inside, fresh):
    one = inside.telling(fresh.word(), probes.note, probes.note)
    other = inside.telling(fresh.word(), probes.note, probes.note)
    small.transfer([one, other], inside.nothing())
    writer = probes.next(in_main_process=False)

    assert writer.started_by == small.pid

    again = probes.next(in_main_process=False)

    assert again.pid == writer.pid


def check_transfer_reads_in_a_child(small, probes, fresh):
    small.transfer(fresh.words(2), probes.note)
    reader = probes.next()

    assert reader.in_main_process is False
    assert reader.started_by == small.pid

    again = probes.next()

    assert again.pid == reader.pid


def check_transfer_joins_the_reader(small, probes, fresh):
    call = small.begin.transfer(fresh.words(1), probes.hold)
    reader = probes.next(in_main_process=False)

    assert call.state() == "waits"

    reader.goes_on()
    call.result()

    assert reader.state == "gone"


def check_transfer_leaves_no_process(small, probes, processes, fresh):
    small.transfer(fresh.words(3), probes.note)

    assert processes.left() == []


def check_large_reports_each_in_order(large, probes, fresh):
    values = fresh.texts(15, 60_000)
    large.transfer_large(values, probes.note)

    assert probes.arguments() == calls(values)


def check_large_values_may_count_as_false(large, probes, fresh):
    values = [0, None, fresh.word(), "", False, "END", "STOP", -1, fresh.word()]
    large.transfer_large(values, probes.note)

    assert probes.arguments() == calls(values)


def check_large_ends_without_values(large, probes):
    large.transfer_large([], probes.note)

    assert probes.arguments() == []


def check_large_reports_the_values_of_each_call(large, probes, fresh):
    values, others = fresh.words(1), fresh.words(2)
    large.transfer_large(values, probes.note)
    first = probes.arguments()
    large.transfer_large(others, probes.note)
    second = probes.arguments()
    large.transfer_large(values, probes.note)
    arguments = first + second + probes.arguments()

    assert arguments == calls(values + others + values)


def check_large_writes_in_a_child(large, probes, inside, fresh):
    one = inside.telling(fresh.word(), probes.note, probes.note)
    other = inside.telling(fresh.word(), probes.note, probes.note)
    large.transfer_large([one, other], inside.nothing())
    writer = probes.next(in_main_process=False)

    assert writer.started_by == large.pid

    again = probes.next(in_main_process=False)

    assert again.pid == writer.pid


def check_large_reads_in_a_child(large, probes, fresh):
    large.transfer_large(fresh.words(2), probes.note)
    reader = probes.next()

    assert reader.in_main_process is False
    assert reader.started_by == large.pid

    again = probes.next()

    assert again.pid == reader.pid


def check_large_waits_for_a_slow_writer(large, probes, inside, fresh):
    first, second = fresh.words(2)
    call = large.begin.transfer_large([inside.telling(first, probes.hold), second], probes.note)
    writer = probes.next()
    call.state()  # by now whoever is impatient has given up
    writer.goes_on()
    call.result()

    assert probes.arguments() == calls([first, second])


def check_large_runs_both_at_the_same_time(large, probes, processes, inside, fresh):
    values = [inside.telling(fresh.word(), probes.hold), fresh.word()]
    call = large.begin.transfer_large(values, probes.hold)
    writer = probes.next()
    call.state()  # by now whoever is to run meanwhile has been started
    before = processes.pids()
    writer.goes_on()
    reader = probes.next()

    assert reader.pid in before
    assert reader.pid != writer.pid


def check_large_joins_both(large, probes, processes, fresh):
    call = large.begin.transfer_large(fresh.words(1), probes.hold)
    reader = probes.next(in_main_process=False)

    assert call.state() == "waits"

    reader.goes_on()
    call.result()

    assert processes.left() == []
