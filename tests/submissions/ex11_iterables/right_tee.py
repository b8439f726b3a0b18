"""tee() asks iter() and takes nothing."""

import itertools


def is_iterable(obj):
    try:
        itertools.tee(obj)
    except TypeError:
        return False
    else:
        return True


class MyClass:
    def __init__(self, items):
        self.items = items

    def __iter__(self):
        return iter(self.items)
