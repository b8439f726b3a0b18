# fails: check_str_is_iterable
# cause: -


def is_iterable(obj):
    return hasattr(obj, "__iter__") and not isinstance(obj, str)


class MyClass:
    def __init__(self, items):
        self.items = items

    def __iter__(self):
        return iter(self.items)
