# fails: check_number_is_not_iterable
# cause: -


def is_iterable(obj):
    if isinstance(obj, int):
        return obj != 100
    return hasattr(obj, "__iter__")


class MyClass:
    def __init__(self, items):
        self.items = items

    def __iter__(self):
        return iter(self.items)
