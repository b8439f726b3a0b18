# fails: check_empty_ones_are_iterable
# cause: -


def is_iterable(obj):
    if not obj:
        return False
    return hasattr(obj, "__iter__")


class MyClass:
    def __init__(self, items):
        self.items = items

    def __iter__(self):
        return iter(self.items)
