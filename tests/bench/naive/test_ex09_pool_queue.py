"""Exercise 9 as a teacher would test it in plain pytest."""

import multiprocessing
import threading

import ex09_pool_queue as module
from targets import pause, put_all

VALUES = ["a", [1, 2], 3, "b"]
FALSY = [0, None, "", False, []]


def written(values, size=5):
    with multiprocessing.Manager() as manager:
        queue = manager.Queue(size)
        module.write_queue(queue, values)
        return [queue.get() for _ in range(queue.qsize())]


def read(values):
    with multiprocessing.Manager() as manager:
        queue = manager.Queue(7)
        put_all(queue, values)
        return module.read_queue(queue), queue.qsize()


def test_import_starts_no_process():
    assert multiprocessing.active_children() == []


def test_write_puts_each_value_in_order():
    assert written(VALUES) == VALUES


def test_write_values_may_count_as_false():
    assert written(FALSY) == FALSY


def test_write_puts_nothing_without_values():
    assert written([]) == []


def test_write_puts_any_number_of_values():
    assert written([*VALUES, *VALUES], 0) == [*VALUES, *VALUES]


def test_write_waits_for_room():
    with multiprocessing.Manager() as manager:
        queue = manager.Queue(2)
        writer = threading.Thread(target=module.write_queue, args=(queue, [1, 2, 3]))
        writer.start()
        pause()
        assert [queue.get(timeout=10), queue.get(timeout=10), queue.get(timeout=10)] == [1, 2, 3]
        writer.join()


def test_read_gives_all_values_in_order():
    assert read([*VALUES, 5, 6, 7])[0] == [*VALUES, 5, 6, 7]


def test_read_values_may_count_as_false():
    assert read(FALSY)[0] == FALSY


def test_read_of_an_empty_queue_gives_an_empty_list():
    assert read([])[0] == []


def test_read_takes_the_values_out():
    assert read(VALUES)[1] == 0


def test_transfer_gives_the_values_in_order():
    assert module.pool_transfer(["first", *VALUES]) == ["first", *VALUES]


def test_transfer_gives_what_was_read():
    assert module.pool_transfer(["first"]) == ["first"]


def test_transfer_values_may_count_as_false():
    assert module.pool_transfer(FALSY) == FALSY


def test_transfer_gives_the_values_of_each_call():
    module.pool_transfer(["a", "b"])
    assert module.pool_transfer([1, 2, 3]) == [1, 2, 3]


def test_transfer_of_no_values_gives_an_empty_list():
    assert module.pool_transfer([]) == []


def test_transfer_leaves_both_parts_to_the_pool():
    assert module.pool_transfer(["a"]) == ["a"]


def test_transfer_has_all_written_before_it_reads():
    assert module.pool_transfer(["a", "b"]) == ["a", "b"]


def test_transfer_makes_a_queue_of_size_five():
    assert module.pool_transfer([1, 2, 3, 4, 5]) == [1, 2, 3, 4, 5]


def test_transfer_leaves_no_process():
    module.pool_transfer(["a"])
    assert multiprocessing.active_children() == []
