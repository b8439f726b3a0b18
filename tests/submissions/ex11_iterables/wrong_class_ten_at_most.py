# fails: check_loop_gives_many_items
# cause: stopped_midway
import itertools
from collections.abc import Iterable


def is_iterable(obj):
    return isinstance(obj, Iterable)


class MyClass:

    def __init__(self, items):
        self.items = items

    def __iter__(self):
        return itertools.islice(self.items, 10)
