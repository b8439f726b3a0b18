"""__iter__ yields from the items."""


def is_iterable(obj):
    return hasattr(obj, "__iter__")


class MyClass:
    def __init__(self, items):
        self._items = list(items)

    def __iter__(self):
        yield from self._items
