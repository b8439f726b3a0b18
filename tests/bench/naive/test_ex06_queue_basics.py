"""Exercise 6 as a teacher would test it in plain pytest."""

import multiprocessing
import multiprocessing.queues
import queue
import time

import ex06_queue_basics as module
import pytest
from targets import contents, filled, orphan, queue_of

ERRORS = (FileNotFoundError, ConnectionRefusedError)


def room(made):
    for count in range(25):
        try:
            made.put_nowait(count)
        except queue.Full:
            return count
    return 25


def is_quick(function, *args):
    begun = time.monotonic()
    function(*args)
    return time.monotonic() - begun < 1


def test_import_starts_no_process():
    assert multiprocessing.active_children() == []


def test_make_gives_a_multiprocessing_queue():
    assert isinstance(module.make_queue(4), multiprocessing.queues.Queue)


def test_queue_works_between_processes():
    assert contents(filled(module.make_queue(3), [1, 2])) == [1, 2]


def test_queue_holds_size_values():
    assert [room(module.make_queue(4)), room(module.make_queue(14))] == [4, 14]


def test_make_gives_a_queue_of_its_own_each_time():
    made, other = module.make_queue(4), module.make_queue(4)
    filled(made, [1, 2])
    assert contents(other) == []


def test_put_gives_true_where_there_is_room():
    assert module.try_put(queue_of(2, [1]), 2) is True


def test_put_adds_the_value_at_the_end():
    made = queue_of(5, [1])
    module.try_put(made, 2)
    assert contents(made) == [1, 2]


def test_put_gives_false_where_full():
    assert module.try_put(queue_of(2, [1, 2]), 3) is False


def test_put_leaves_a_full_queue_as_it_is():
    made = queue_of(3, [1, 2, 3])
    module.try_put(made, 4)
    assert contents(made) == [1, 2, 3]


def test_put_values_may_count_as_false():
    made = queue_of(3, [])
    assert [module.try_put(made, value) for value in (None, 0, False)] == [True, True, True]
    assert contents(made) == [None, 0, False]


def test_put_does_not_wait():
    assert is_quick(module.try_put, queue_of(1, [1]), 2)


def test_put_error_reaches_the_caller():
    with pytest.raises(ERRORS):
        module.try_put(orphan(), 1)


def test_get_gives_the_next_value():
    assert module.try_get(queue_of(5, [1, 2, 3])) == 1


def test_get_takes_one_value_alone():
    made = queue_of(3, [1, 2, 3])
    module.try_get(made)
    assert contents(made) == [2, 3]


def test_get_values_may_count_as_false():
    made = queue_of(0, [None, 0, False])
    assert [module.try_get(made, "none"), module.try_get(made, "none"), module.try_get(made, "none")] == [
        None,
        0,
        False,
    ]


def test_get_gives_the_default_where_empty():
    made = queue_of(2, [])
    assert [module.try_get(made, "none"), module.try_get(made, 0)] == ["none", 0]


def test_get_gives_none_without_a_default():
    assert module.try_get(queue_of(2, [])) is None


def test_get_does_not_wait():
    assert is_quick(module.try_get, queue_of(2, []))


def test_get_error_reaches_the_caller():
    with pytest.raises(ERRORS):
        module.try_get(orphan(), 1)


def test_status_of_an_empty_queue():
    assert module.queue_status(queue_of(3, [])) == {"full": False, "empty": True, "size": 0}


def test_status_of_a_queue_with_room():
    assert module.queue_status(queue_of(5, [1, 2, 3, 4])) == {"full": False, "empty": False, "size": 4}


def test_status_of_a_full_queue():
    assert module.queue_status(queue_of(4, [1, 2, 3, 4])) == {"full": True, "empty": False, "size": 4}


def test_status_takes_nothing():
    made = queue_of(3, [1, 2])
    module.queue_status(made)
    assert contents(made) == [1, 2]


def test_status_error_reaches_the_caller():
    with pytest.raises(ERRORS):
        module.queue_status(orphan())


def test_drain_gives_all_in_order():
    assert module.drain(queue_of(3, [1, 2, 3])) == [1, 2, 3]


def test_drain_values_may_count_as_false():
    assert module.drain(queue_of(0, [0, "", None, False, "END", -1, None])) == [0, "", None, False, "END", -1, None]


def test_drain_gives_no_values_of_an_empty_queue():
    assert module.drain(queue_of(2, [])) == []


def test_drain_takes_many():
    assert module.drain(queue_of(0, list(range(200)))) == list(range(200))


def test_drain_leaves_the_queue_empty():
    made = queue_of(4, [1, 2, 3, 4])
    module.drain(made)
    assert contents(made) == []


def test_drain_leaves_the_queue_usable():
    made = queue_of(4, [1, 2, 3])
    module.drain(made)
    module.drain(made)
    assert module.drain(filled(made, [4, 5])) == [4, 5]


def test_drain_does_not_wait():
    assert is_quick(module.drain, queue_of(5, [1, 2]))


def test_drain_error_reaches_the_caller():
    with pytest.raises(ERRORS):
        module.drain(orphan())
