"""Goes through the classes one by one."""


def is_iterable(obj):
    for cls in type(obj).__mro__:
        if "__iter__" in vars(cls):
            return True
    return False


class MyClass:
    def __init__(self, items):
        self.items = items

    def __iter__(self):
        return iter(self.items)
