"""A fresh map for every loop."""


def is_iterable(obj):
    return hasattr(obj, "__iter__")


class MyClass:
    def __init__(self, items):
        self.items = items

    def __iter__(self):
        return map(self.items.__getitem__, range(len(self.items)))
