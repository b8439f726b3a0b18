"""A list with another name."""


def is_iterable(obj):
    return hasattr(obj, "__iter__")


class MyClass(list):
    pass
