# fails: check_file_is_iterable check_generator_is_iterable check_object_with_iter_is_iterable
# cause: -

from collections.abc import Collection


def is_iterable(obj):
    return isinstance(obj, Collection)


class MyClass:
    def __init__(self, items):
        self.items = items

    def __iter__(self):
        return iter(self.items)
