# fails: check_plain_object_is_not_iterable
# cause: -
from collections.abc import Iterable


def is_iterable(obj):
    return hasattr(obj, "__iter__") or hasattr(obj, "__contains__")


class MyClass:
    def __init__(self, items):
        self.items = items

    def __iter__(self):
        return iter(self.items)
