"""Every loop goes through a copy."""


def is_iterable(obj):
    return hasattr(obj, "__iter__")


import copy


class MyClass:
    def __init__(self, items):
        self.items = copy.copy(items)

    def __iter__(self):
        return iter(self.items[:])
