"""Looks for the name in dir()."""


def is_iterable(obj):
    return "__iter__" in dir(obj)


class MyClass:
    def __init__(self, items):
        self.items = items

    def __iter__(self):
        return iter(self.items)
