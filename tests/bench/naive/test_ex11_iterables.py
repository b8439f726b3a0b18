"""Exercise 11 as a teacher would test it in plain pytest."""

import multiprocessing
import tempfile

import ex11_iterables as module


class Shelf:
    def __init__(self, values):
        self.values = values

    def __iter__(self):
        return iter(self.values)


class OnlyNext:
    taken = 0

    def __next__(self):
        self.taken += 1
        return self.taken


class Whole(OnlyNext):
    def __iter__(self):
        return self


def generator():
    yield from [1, 2, 3]


def file_of_lines():
    file = tempfile.TemporaryFile("w+")  # noqa: SIM115
    file.write("a\nb\nc\n")
    file.seek(0)
    return file


def items(values):
    return list(module.MyClass(values))


def test_import_starts_no_process():
    assert multiprocessing.active_children() == []


def test_list_and_tuple_are_iterable():
    assert module.is_iterable([1]) is module.is_iterable((1,)) is True


def test_empty_ones_are_iterable():
    assert module.is_iterable([]) is module.is_iterable(()) is True


def test_str_is_iterable():
    assert module.is_iterable("abc") is True


def test_dict_and_set_are_iterable():
    assert module.is_iterable({1: 2}) is module.is_iterable({1, 2}) is True


def test_file_is_iterable():
    with file_of_lines() as file:
        assert module.is_iterable(file) is True


def test_generator_is_iterable():
    assert module.is_iterable(generator()) is True


def test_object_with_iter_is_iterable():
    assert module.is_iterable(Shelf([1])) is True


def test_number_is_not_iterable():
    assert module.is_iterable(100) is module.is_iterable(7) is False


def test_none_is_not_iterable():
    assert module.is_iterable(None) is False


def test_plain_object_is_not_iterable():
    assert module.is_iterable(object()) is False


def test_next_alone_makes_nothing_iterable():
    assert module.is_iterable(OnlyNext()) is False


def test_nothing_is_taken_from_a_generator():
    made = generator()
    module.is_iterable(made)
    assert list(made) == [1, 2, 3]


def test_nothing_is_taken_from_an_iterator():
    iterator = Whole()
    module.is_iterable(iterator)
    assert iterator.taken == 0


def test_nothing_is_taken_from_a_file():
    with file_of_lines() as file:
        next(file)
        module.is_iterable(file)
        assert list(file) == ["b\n", "c\n"]


def test_class_has_iter():
    assert hasattr(type(module.MyClass([1])), "__iter__")


def test_loop_gives_the_items_in_order():
    assert items([4, 3, 2, 1]) == [4, 3, 2, 1]


def test_loop_works_for_a_tuple():
    assert items((3, 2, 1)) == [3, 2, 1]


def test_loop_items_may_count_as_false():
    assert items([0, None, "", 7]) == [0, None, "", 7]


def test_loop_gives_equal_items_again():
    assert items([1, 2, 1, 1]) == [1, 2, 1, 1]


def test_loop_over_no_items_is_over_at_once():
    assert items([]) == []


def test_every_loop_starts_afresh():
    thing = module.MyClass([1, 2, 3])
    assert [list(thing), list(thing)] == [[1, 2, 3], [1, 2, 3]]


def test_loop_starts_afresh_after_a_break():
    thing = module.MyClass([1, 2, 3])
    for _ in thing:
        break
    assert list(thing) == [1, 2, 3]


def test_loop_within_a_loop():
    thing = module.MyClass([1, 2])
    assert [(one, other) for one in thing for other in thing] == [(1, 1), (1, 2), (2, 1), (2, 2)]


def test_two_loops_take_turns():
    thing = module.MyClass([1, 2, 3])
    one, other = iter(thing), iter(thing)
    assert [next(one), next(other), next(one), next(other)] == [1, 1, 2, 2]


def test_two_objects_have_items_of_their_own():
    thing = module.MyClass([1, 2])
    module.MyClass([3, 4])
    assert list(thing) == [1, 2]


def test_loop_gives_many_items():
    assert items(list(range(300, 0, -1))) == list(range(300, 0, -1))
