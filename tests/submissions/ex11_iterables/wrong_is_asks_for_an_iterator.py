# fails: check_list_and_tuple_are_iterable check_empty_ones_are_iterable check_str_is_iterable check_dict_and_set_are_iterable check_object_with_iter_is_iterable
# cause: -

from collections.abc import Iterator


def is_iterable(obj):
    return isinstance(obj, Iterator)


class MyClass:
    def __init__(self, items):
        self.items = items

    def __iter__(self):
        return iter(self.items)
