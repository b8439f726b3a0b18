"""Checks of exercise 6: a queue alone, asked for what does not wait.

The queues are of ours, made inside and filled by a child that has ended, so that 'full' and 'empty' are facts. Such a
queue counts how often it was asked to wait and had to (`waits`): a time limit is a wait, too. One without a limit never
comes back, and is told at once. What is in a queue afterwards is read inside, where it is.
"""

import pytest

CLOSED = ("ValueError", "OSError")  # what a queue raises that was closed: at put() and get(), and at empty()
NO_MANAGER = ("FileNotFoundError", "ConnectionRefusedError")  # what a queue raises whose manager has shut down


@pytest.fixture
def drainer(submission, inside):
    """The submission, for drain: it may build on try_get; where a check has found fault with that, ours stands in."""
    submission.prop(try_get=inside.a_try_get)
    return submission


def check_import_starts_no_process(submission, processes):
    begun = processes.begun_at_import()

    assert begun == []


def check_make_gives_a_multiprocessing_queue(submission, inside, fresh):
    queue = submission.make_queue(fresh.size())
    queue_kind = inside.kind(queue).value

    assert queue_kind in ("multiprocessing.Queue", "multiprocessing.JoinableQueue")


def check_queue_works_between_processes(submission, inside, fresh):
    values = fresh.words(2)
    queue = submission.make_queue(3)
    inside.put_in_a_child(queue, values)
    crossed = inside.contents(queue)

    assert crossed == values


def check_make_gives_a_queue_of_its_own_each_time(submission, inside, fresh):
    size = fresh.size()
    queue, other = submission.make_queue(size), submission.make_queue(size)
    inside.put_in_a_child(queue, fresh.words(1))

    assert inside.contents(other) == []


def check_queue_holds_size_values(submission, inside, fresh):
    size = fresh.size()
    small, large = inside.room(submission.make_queue(size), 25), inside.room(submission.make_queue(100), 125)
    room = [inside.room(submission.make_queue(1), 25), small, large]

    assert room == [1, size, 100]


def check_put_gives_true_where_there_is_room(submission, inside, fresh):
    queue = inside.queue(2, fresh.words(1))
    result = submission.try_put(queue, fresh.word())

    assert result == True


def check_put_adds_the_value_at_the_end(submission, inside, fresh):
    first, last, pair = fresh.word(), fresh.word(), fresh.words(2)
    queue = inside.queue(5, [first])
    submission.try_put(queue, last)
    submission.try_put(queue, pair)

    assert inside.contents(queue) == [first, last, pair]


def check_put_gives_false_where_full(submission, inside, fresh):
    queue = inside.queue(2, fresh.words(2))
    result = submission.try_put(queue, fresh.word())

    assert result == False


def check_put_leaves_a_full_queue_as_it_is(submission, inside, fresh):
    values = fresh.words(3)
    queue = inside.queue(3, values)
    submission.try_put(queue, fresh.word())

    assert inside.contents(queue) == values


def check_put_values_may_count_as_false(submission, inside):
    queue = inside.queue(3, [])
    results = [submission.try_put(queue, None), submission.try_put(queue, 0), submission.try_put(queue, False)]

    assert results == [True, True, True]
    assert inside.contents(queue) == [None, 0, False]


def check_put_does_not_wait(submission, inside, fresh):
    queue = inside.queue(1, fresh.words(1))
    submission.try_put(queue, fresh.word())

    assert queue.waits == 0


def check_put_error_reaches_the_caller(submission, inside, fresh):
    closed = inside.queue(3, fresh.words(1))
    closed.close()
    error = submission.begin.try_put(inside.orphan(), fresh.word()).error()
    of_closed = submission.begin.try_put(closed, fresh.word()).error()

    assert error.type in NO_MANAGER
    assert of_closed.type in CLOSED


def check_get_gives_the_next_value(submission, inside, fresh):
    values = fresh.words(3)
    queue = inside.queue(5, values)

    assert submission.try_get(queue) == values[0]


def check_get_takes_one_value_alone(submission, inside, fresh):
    values = fresh.words(3)
    queue = inside.queue(3, values)
    submission.try_get(queue)

    assert inside.contents(queue) == values[1:]


def check_get_values_may_count_as_false(submission, inside, fresh):
    queue = inside.queue(0, [None, 0, False])
    default = fresh.word()
    seen = [submission.try_get(queue, default), submission.try_get(queue, default), submission.try_get(queue, default)]

    assert seen == [None, 0, False]


def check_get_gives_the_default_where_empty(submission, inside, fresh):
    queue = inside.queue(2, [])
    default = fresh.word()
    defaults = [submission.try_get(queue, default), submission.try_get(queue, 0)]
    back = inside.type_name(submission.try_get(queue, inside.nothing()))

    assert defaults == [default, 0]
    assert back == "function"


def check_get_gives_none_without_a_default(submission, inside):
    queue = inside.queue(2, [])

    assert submission.try_get(queue) == None


def check_get_does_not_wait(submission, inside):
    queue = inside.queue(2, [])
    submission.try_get(queue)

    assert queue.waits == 0


def check_get_error_reaches_the_caller(submission, inside, fresh):
    closed = inside.queue(3, fresh.words(1))
    closed.close()
    error = submission.begin.try_get(inside.orphan(), fresh.word()).error()
    of_closed = submission.begin.try_get(closed, fresh.word()).error()

    assert error.type in NO_MANAGER
    assert of_closed.type in CLOSED


def check_status_of_an_empty_queue(submission, inside):
    queue = inside.queue(3, [])

    assert submission.queue_status(queue) == {"full": False, "empty": True, "size": 0}


def check_status_of_a_queue_with_room(submission, inside, fresh):
    size = fresh.size()
    queue = inside.queue(size + 1, fresh.words(size))

    assert submission.queue_status(queue) == {"full": False, "empty": False, "size": size}


def check_status_takes_nothing(submission, inside, fresh):
    values = fresh.words(2)
    queue = inside.queue(3, values)
    submission.queue_status(queue)

    assert inside.contents(queue) == values


def check_status_of_a_full_queue(submission, inside, fresh):
    size = fresh.size()
    queue = inside.queue(size, fresh.words(size - 1))
    submission.queue_status(queue)
    inside.put_in_a_child(queue, fresh.words(1))

    assert submission.queue_status(queue) == {"full": True, "empty": False, "size": size}
    assert submission.queue_status(inside.queue(1, [0])) == {"full": True, "empty": False, "size": 1}


def check_status_error_reaches_the_caller(submission, inside):
    error = submission.begin.queue_status(inside.orphan()).error()

    assert error.type in NO_MANAGER


def check_drain_gives_all_in_order(drainer, inside, fresh):
    earlier, values = fresh.words(2), fresh.words(3)
    drainer.drain(inside.queue(3, earlier))
    queue = inside.queue(3, values)

    assert drainer.drain(queue) == values


def check_drain_values_may_count_as_false(drainer, inside, fresh):
    values = [0, fresh.word(), None, False, [], fresh.words(2), "", "END", -1, None]
    queue = inside.queue(0, values)

    assert drainer.drain(queue) == values


def check_drain_gives_no_values_of_an_empty_queue(drainer, inside):
    queue = inside.queue(2, [])

    assert drainer.drain(queue) == []


def check_drain_takes_many(drainer, inside, fresh):
    values = fresh.integers(200)
    queue = inside.queue(0, values)

    assert drainer.drain(queue) == values


def check_drain_leaves_the_queue_empty(drainer, inside, fresh):
    queue = inside.queue(4, fresh.words(4))
    drainer.drain(queue)

    assert inside.contents(queue) == []


def check_drain_leaves_the_queue_usable(drainer, inside, fresh):
    values = fresh.words(2)
    queue = inside.queue(0, fresh.words(3))
    drainer.drain(queue)
    drainer.drain(queue)
    inside.put_in_a_child(queue, values)

    assert drainer.drain(queue) == values


def check_drain_does_not_wait(drainer, inside, fresh):
    queue = inside.queue(5, fresh.words(2))
    drainer.drain(queue)

    assert queue.waits == 0


def check_drain_error_reaches_the_caller(drainer, inside, fresh):
    closed = inside.queue(3, fresh.words(1))
    closed.close()
    error = drainer.begin.drain(inside.orphan()).error()
    of_closed = drainer.begin.drain(closed).error()

    assert error.type in NO_MANAGER
    assert of_closed.type in CLOSED
