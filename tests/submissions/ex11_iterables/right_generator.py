"""__iter__ is a generator function."""


def is_iterable(obj):
    return hasattr(obj, "__iter__")


class MyClass:
    def __init__(self, items):
        self.items = items

    def __iter__(self):
        for item in self.items:
            yield item
