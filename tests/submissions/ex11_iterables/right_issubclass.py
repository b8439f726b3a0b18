"""Asks whether the class is one of the iterable ones."""

from typing import Iterable


def is_iterable(obj):
    return issubclass(type(obj), Iterable)


class MyClass:
    def __init__(self, items):
        self.items = items

    def __iter__(self):
        return iter(self.items)
