# fails: check_empty_ones_are_iterable check_none_is_not_iterable
# cause: wrong_type


def is_iterable(obj):
    return obj and hasattr(obj, "__iter__")


class MyClass:
    def __init__(self, items):
        self.items = items

    def __iter__(self):
        return iter(self.items)
