"""A subclass of the abstract Iterable."""

from collections import abc


def is_iterable(obj):
    return isinstance(obj, abc.Iterable)


class MyClass(abc.Iterable):
    def __init__(self, items):
        self.__items = tuple(items)

    def __iter__(self):
        return self.__items.__iter__()
