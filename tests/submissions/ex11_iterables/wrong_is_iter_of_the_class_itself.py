# fails: check_object_with_iter_is_iterable
# cause: -
from collections.abc import Iterable
import io


def is_iterable(obj):
    return "__iter__" in vars(type(obj)) or isinstance(obj, io.IOBase)


class MyClass:
    def __init__(self, items):
        self.items = items

    def __iter__(self):
        return iter(self.items)
