"""Checks of exercise 9: two tasks of a pool, and between them a queue that a manager keeps.

The two parts are tried with a manager's queue of ours. For the whole, a value goes along that tells of its way: in each
process but the first it calls a probe when it is sent on. So it is known who wrote and who read, however the student's
code goes about it. The writing is held up until all else stands still: who does not wait for it goes on meanwhile, and
that on every machine.

The two parts are the student's, too. Where a check has found fault with one of them, ours stands in its place, so that
pool_transfer is not blamed for it.
"""

import pytest


@pytest.fixture
def whole(submission, inside):
    """The submission, for pool_transfer."""
    submission.prop(write_queue=inside.writer)
    submission.prop(read_queue=inside.reader)
    return submission


def in_main_process(stops):
    return [stop.in_main_process for stop in stops]


def check_import_starts_no_process(submission, processes):
    begun = processes.begun_at_import()

    assert begun == []


def check_write_puts_each_value_in_order(submission, inside, fresh):
    values = [fresh.word(), fresh.integers(2), fresh.integer(), fresh.word()]
    queue = inside.managed_queue(5, [])
    submission.write_queue(queue, values)
    contents = inside.manager_contents(queue)

    assert contents == values


def check_write_values_may_count_as_false(submission, inside):
    values = [0, None, "", False, []]
    queue = inside.managed_queue(5, [])
    submission.write_queue(queue, values)
    contents = inside.manager_contents(queue)

    assert contents == values


def check_write_puts_nothing_without_values(submission, inside):
    queue = inside.managed_queue(5, [])
    submission.write_queue(queue, [])
    contents = inside.manager_contents(queue)

    assert contents == []


def check_write_puts_any_number_of_values(submission, inside, fresh):
    values = fresh.integers(9)
    queue = inside.managed_queue(0, [])
    submission.write_queue(queue, values)
    contents = inside.manager_contents(queue)

    assert contents == values


def check_write_waits_for_room(submission, inside, fresh):
    queue = inside.managed_queue(2, [])
    call = submission.begin.write_queue(queue, fresh.integers(3))

    assert call.state() != "returned"


def check_read_gives_all_values_in_order(submission, inside, fresh):
    values = [*fresh.words(4), fresh.integers(2), *fresh.words(2)]
    submission.read_queue(inside.managed_queue(5, fresh.words(2)))
    queue = inside.managed_queue(7, values)

    assert submission.read_queue(queue) == values


def check_read_values_may_count_as_false(submission, inside):
    values = [0, None, "", False, []]
    queue = inside.managed_queue(5, values)

    assert submission.read_queue(queue) == values


def check_read_of_an_empty_queue_gives_an_empty_list(submission, inside):
    queue = inside.managed_queue(5, [])

    assert submission.read_queue(queue) == []


def check_read_takes_the_values_out(submission, inside, fresh):
    queue = inside.managed_queue(5, fresh.words(3))
    submission.read_queue(queue)
    contents = inside.manager_contents(queue)

    assert contents == []


def check_transfer_gives_the_values_in_order(whole, probes, inside, fresh):
    values = [fresh.word(), fresh.integers(2), fresh.integer(), fresh.word()]
    call = whole.begin.pool_transfer([inside.traced(probes.hold, probes.note), *values])
    writing = probes.next()
    call.state()
    writing.goes_on()

    assert call.result()[1:] == values


def check_transfer_values_may_count_as_false(whole, probes, inside):
    values = [0, None, "", False]
    call = whole.begin.pool_transfer([inside.traced(probes.hold, probes.note), *values])
    writing = probes.next()
    call.state()
    writing.goes_on()

    assert call.result()[1:] == values


def check_transfer_leaves_both_parts_to_the_pool(whole, probes, inside):
    call = whole.begin.pool_transfer([inside.traced(probes.hold, probes.note)])
    writing = probes.next()
    call.state()
    writing.goes_on()
    call.result()
    route = [writing.args, *probes.arguments()]

    assert route[:3] == [("worker",), ("manager",), ("worker",)]
    assert True not in in_main_process(probes.seen)


def check_transfer_gives_what_was_read(whole, probes, inside, fresh):
    word = fresh.word()
    call = whole.begin.pool_transfer([inside.becoming(word, probes.hold)])
    writing = probes.next()
    call.state()
    writing.goes_on()

    assert call.result() == [word]


def check_transfer_gives_the_values_of_each_call(whole, probes, inside, fresh):
    one, other = fresh.words(2), fresh.integers(3)
    whole.pool_transfer(one)
    call = whole.begin.pool_transfer([inside.traced(probes.hold, probes.note), *other])
    writing = probes.next()
    call.state()
    writing.goes_on()

    assert call.result()[1:] == other


def check_transfer_of_no_values_gives_an_empty_list(whole):
    assert whole.pool_transfer([]) == []


def check_transfer_has_all_written_before_it_reads(whole, probes, inside):
    first, second = inside.traced(probes.hold, probes.note), inside.traced(probes.hold, probes.note)
    call = whole.begin.pool_transfer([first, second])
    probes.next().goes_on()
    writing = probes.next()
    sent_on = probes.arguments()

    assert sent_on == []
    assert call.state() == "waits"

    writing.goes_on()
    sent_on = probes.arguments()

    assert sent_on[:1] == [("manager",)]


def check_transfer_makes_a_queue_of_size_five(whole, probes, inside):
    call = whole.begin.pool_transfer([inside.sized(probes.hold, probes.note)])
    writing = probes.next()
    call.state()
    writing.goes_on()
    call.result()
    sizes = probes.arguments()

    assert sizes[:1] == [(5,)]


def check_transfer_leaves_no_process(whole, probes, processes, inside):
    whole.pool_transfer([inside.delaying(probes.note, probes.note)])
    left = processes.left()

    assert left == []
