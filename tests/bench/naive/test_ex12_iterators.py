"""Exercise 12 as a teacher would test it in plain pytest."""

import inspect
import itertools
import multiprocessing

import ex12_iterators as module
import pytest


class OnlyNext:
    def __init__(self, items):
        self.items, self.taken = items, 0

    def __iter__(self):
        return self

    def __next__(self):
        if self.taken >= len(self.items):
            raise StopIteration
        self.taken += 1
        return self.items[self.taken - 1]


class OnlyGetitem:
    def __getitem__(self, index):
        return [1, 2][index]


def called(iterable):
    calls = []
    module.for_each(iterable, calls.append)
    return calls


def fail(item):
    raise ValueError(item)


def stop(item):
    raise StopIteration(item)


def failing():
    yield 1
    raise KeyError


def test_import_starts_no_process():
    assert multiprocessing.active_children() == []


def test_iter_gives_the_iterator_itself():
    iterator = module.MyIterator([1])
    assert iter(iterator) is iterator


def test_next_gives_the_items_in_order():
    iterator = module.MyIterator([1, 2])
    assert [next(iterator), next(iterator)] == [1, 2]


def test_equal_items_are_given_again():
    iterator = module.MyIterator([1, 2, 1, 1])
    assert [next(iterator), next(iterator), next(iterator), next(iterator)] == [1, 2, 1, 1]


def test_next_works_for_a_tuple():
    assert next(module.MyIterator((1, 2))) == 1


def test_items_may_count_as_false():
    assert list(module.MyIterator([0, None, ""])) == [0, None, ""]


def test_stop_iteration_comes_at_the_end():
    iterator = module.MyIterator([1])
    next(iterator)
    with pytest.raises(StopIteration):
        next(iterator)


def test_stop_iteration_comes_again():
    iterator = module.MyIterator([1])
    list(iterator)
    with pytest.raises(StopIteration):
        next(iterator)


def test_no_items_end_at_once():
    assert list(module.MyIterator([])) == []


def test_loop_goes_on_after_next():
    iterator = module.MyIterator([1, 2, 3])
    next(iterator)
    assert list(iterator) == [2, 3]


def test_next_goes_on_after_a_loop():
    iterator = module.MyIterator([1, 2, 3])
    for _ in iterator:
        break
    assert next(iterator) == 2


def test_two_iterators_do_not_disturb():
    one, two = module.MyIterator([1, 2]), module.MyIterator([1, 2])
    assert [next(one), next(two), next(one)] == [1, 1, 2]


def test_next_gives_many_items():
    assert list(module.MyIterator(list(range(300, 0, -1)))) == list(range(300, 0, -1))


def test_for_each_calls_action_in_order():
    assert called([1, 2, 3]) == [1, 2, 3]


def test_for_each_needs_nothing_but_iter_and_next():
    assert called(OnlyNext([1, 2])) == [1, 2]


def test_for_each_goes_through_a_generator():
    assert called(item for item in [1, 2]) == [1, 2]


def test_for_each_goes_through_what_has_only_getitem():
    assert called(OnlyGetitem()) == [1, 2]


def test_for_each_goes_through_what_has_no_end():
    calls = []
    with pytest.raises(ValueError):
        module.for_each(itertools.count(1), lambda item: calls.append(item) if item < 3 else fail(item))
    assert calls == [1, 2]


def test_for_each_items_may_count_as_false():
    assert called([0, None, "", -1, "END"]) == [0, None, "", -1, "END"]


def test_for_each_does_nothing_without_items():
    assert called([]) == []


def test_for_each_takes_one_item_at_a_time():
    iterator, seen = OnlyNext([1, 2, 3]), []
    module.for_each(iterator, lambda item: seen.append(iterator.taken))
    assert seen == [1, 2, 3]


def test_error_of_action_reaches_the_caller():
    with pytest.raises(ValueError):
        module.for_each([1], fail)


def test_result_of_action_does_not_matter():
    calls = []
    module.for_each([1, 2, 3], lambda item: calls.append(item) or item == 1)
    assert calls == [1, 2, 3]


def test_error_of_iterator_reaches_the_caller():
    with pytest.raises(KeyError):
        module.for_each(failing(), print)


def test_for_each_of_what_is_no_iterable_is_an_error():
    with pytest.raises(TypeError):
        module.for_each(5, print)


def test_for_each_contains_no_loop_form():
    assert "for item" not in inspect.getsource(module.for_each)


def test_stop_iteration_of_action_reaches_the_caller():
    with pytest.raises(StopIteration):
        module.for_each([1], stop)


def test_take_gives_the_next_values():
    assert module.take(iter([1, 2, 3]), 2) == [1, 2]


def test_take_gives_fewer_at_the_end():
    iterator = iter([1])
    assert [module.take(iterator, 2), module.take(iterator, 2)] == [[1], []]


def test_take_goes_on_where_it_stopped():
    iterator = iter([1, 2, 3])
    module.take(iterator, 2)
    assert module.take(iterator, 2) == [3]


def test_error_of_iterator_is_no_end_for_take():
    with pytest.raises(KeyError):
        module.take(failing(), 5)


def test_take_takes_no_more_than_asked():
    iterator = OnlyNext([1, 2, 3])
    module.take(iterator, 2)
    assert iterator.taken == 2


def test_take_of_zero_takes_nothing():
    assert module.take(iter([1]), 0) == []


def test_take_values_may_count_as_false():
    assert module.take(iter([0, None]), 2) == [0, None]
