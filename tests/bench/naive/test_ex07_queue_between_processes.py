"""Exercise 7 as a teacher would test it in plain pytest."""

import multiprocessing
import os
import time

import ex07_queue_between_processes as module
from targets import all_told, contents, given, nothing, pause, queue_of, say, tell, told

VALUES = ["a", [1, 2], "b"]
FALSY = [None, 0, "a", "", False, "END", "STOP", -1]


class Telling(str):
    """Says who pickles it; after a while it goes on."""

    def __reduce_ex__(self, protocol):
        pause()
        say(("written", os.getpid(), time.monotonic()))
        return str, (str(self),)


def tell_size(value):
    say(len(value))


def tell_when(value):
    say(("read", os.getpid(), time.monotonic()))


def slowly_taken(queue, count):
    pause()
    for _ in range(count):
        tell(queue.get())


def written(size, values):
    queue = multiprocessing.Queue(size)
    reader = multiprocessing.Process(target=slowly_taken, args=(queue, len(values)))
    reader.start()
    module.write_queue(queue, values)
    reader.join()
    return given(all_told())


def read(values):
    module.read_queue(queue_of(0, values), tell)
    return given(all_told())


def through(function, values, report=tell):
    function(values, report)
    return all_told()


def singly(values):
    return [(value,) for value in values]


def test_import_starts_no_process():
    assert multiprocessing.active_children() == []


def test_write_puts_each_in_order():
    assert written(0, VALUES) == singly(VALUES)


def test_write_values_may_count_as_false():
    assert written(0, FALSY) == singly(FALSY)


def test_write_puts_nothing_without_values():
    assert written(0, []) == []


def test_write_puts_the_values_of_each_call():
    assert [written(0, values) for values in ([1], [2], [1])] == [singly([1]), singly([2]), singly([1])]


def test_write_waits_for_room():
    assert written(2, [1, 2, 3, 4, 5]) == singly([1, 2, 3, 4, 5])


def test_read_reports_each_in_order():
    assert read(VALUES) == singly(VALUES)


def test_read_values_may_count_as_false():
    assert read(FALSY) == singly(FALSY)


def test_read_reports_nothing_of_an_empty_queue():
    assert read([]) == []


def test_read_takes_many():
    assert read(list(range(60))) == singly(range(60))


def test_read_leaves_the_queue_empty():
    queue = queue_of(0, [1, 2, 3, 4])
    module.read_queue(queue, nothing)
    assert contents(queue) == []


def test_transfer_reports_each_in_order():
    assert given(through(module.transfer, VALUES)) == singly(VALUES)


def test_transfer_values_may_count_as_false():
    assert given(through(module.transfer, FALSY)) == singly(FALSY)


def test_transfer_ends_without_values():
    assert through(module.transfer, []) == []


def test_transfer_reports_the_values_of_each_call():
    said = [given(through(module.transfer, values)) for values in (["a"], ["b"], ["a"])]
    assert said == [singly("a"), singly("b"), singly("a")]


def test_transfer_takes_many():
    assert through(module.transfer, ["x" * 320] * 100, tell_size) == [320] * 100


def test_transfer_takes_any_number_of_values():
    module.transfer(list(range(120)), nothing)
    assert multiprocessing.active_children() == []


def test_transfer_writes_in_a_child():
    module.transfer([Telling("a")], nothing)
    assert told()[1] != os.getpid()


def test_transfer_reads_in_a_child():
    assert through(module.transfer, ["a"])[0][1] == os.getpid()


def test_transfer_joins_the_writer_before_reading():
    said = through(module.transfer, ["a", Telling("b")], tell_when)
    assert [kind for kind, *_ in sorted(said, key=lambda each: each[2])] == ["written", "read", "read"]


def test_transfer_joins_the_reader():
    assert len(through(module.transfer, ["a"], slowly_told)) == 1


def slowly_told(value):
    pause()
    tell(value)


def test_transfer_leaves_no_process():
    module.transfer(VALUES, nothing)
    assert multiprocessing.active_children() == []


def test_large_reports_each_in_order():
    assert through(module.transfer_large, ["x" * 60_000] * 15, tell_size) == [60_000] * 15


def test_large_values_may_count_as_false():
    assert given(through(module.transfer_large, FALSY)) == singly(FALSY)


def test_large_ends_without_values():
    assert through(module.transfer_large, []) == []


def test_large_reports_the_values_of_each_call():
    said = [given(through(module.transfer_large, values)) for values in (["a"], ["b"], ["a"])]
    assert said == [singly("a"), singly("b"), singly("a")]


def test_large_writes_in_a_child():
    module.transfer_large([Telling("a")], nothing)
    assert told()[1] != os.getpid()


def test_large_reads_in_a_child():
    assert through(module.transfer_large, ["a"])[0][1] == os.getpid()


def test_large_waits_for_a_slow_writer():
    said = through(module.transfer_large, [Telling("a"), "b"], tell_when)
    assert sorted(kind for kind, *_ in said) == ["read", "read", "written"]


def test_large_runs_both_at_the_same_time():
    said = through(module.transfer_large, [Telling("a"), "b"], tell_when)
    assert len({pid for _, pid, _ in said}) == 2


def test_large_joins_both():
    module.transfer_large(["a"], slowly_told)
    assert multiprocessing.active_children() == []
    all_told()
