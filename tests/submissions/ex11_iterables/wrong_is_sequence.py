# fails: check_dict_and_set_are_iterable check_file_is_iterable check_generator_is_iterable check_object_with_iter_is_iterable
# cause: -

from collections.abc import Sequence


def is_iterable(obj):
    return isinstance(obj, Sequence)


class MyClass:
    def __init__(self, items):
        self.items = items

    def __iter__(self):
        return iter(self.items)
