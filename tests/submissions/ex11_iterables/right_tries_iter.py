"""Asks iter() and catches the refusal."""


def is_iterable(obj):
    try:
        iter(obj)
    except TypeError:
        return False
    return True


class MyClass:
    def __init__(self, items):
        self.items = items

    def __iter__(self):
        return iter(self.items)
