# fails: check_str_is_iterable check_object_with_iter_is_iterable
# cause: -

import io
import types


def is_iterable(obj):
    return isinstance(obj, (list, tuple, dict, set, types.GeneratorType, io.IOBase))


class MyClass:
    def __init__(self, items):
        self.items = items

    def __iter__(self):
        return iter(self.items)
