# fails: check_object_with_iter_is_iterable
# cause: -


import io
import types

KNOWN = (list, tuple, dict, str, set, types.GeneratorType, io.TextIOWrapper)


def is_iterable(obj):
    return type(obj) in KNOWN


class MyClass:
    def __init__(self, items):
        self.items = items

    def __iter__(self):
        return iter(self.items)
