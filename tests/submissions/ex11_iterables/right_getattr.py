"""Looks at the class, where Python looks."""


def is_iterable(obj):
    return getattr(type(obj), "__iter__", None) is not None


class MyClass:
    def __init__(self, items):
        self.items = items

    def __iter__(self):
        return iter(self.items)
