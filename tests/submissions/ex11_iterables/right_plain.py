"""As the unit shows it: hasattr."""


def is_iterable(obj):
    return hasattr(obj, "__iter__")


class MyClass:
    def __init__(self, items):
        self.items = items

    def __iter__(self):
        return iter(self.items)
