"""iter() with a function and an end marker."""


def is_iterable(obj):
    return hasattr(obj, "__iter__")


class MyClass:
    def __init__(self, items):
        self.items = items

    def __iter__(self):
        end = object()
        rest = [end, *reversed(self.items)]
        return iter(rest.pop, end)
