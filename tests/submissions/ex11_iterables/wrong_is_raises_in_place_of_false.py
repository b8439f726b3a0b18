# fails: check_number_is_not_iterable check_none_is_not_iterable check_plain_object_is_not_iterable check_next_alone_makes_nothing_iterable
# cause: raised


def is_iterable(obj):
    if hasattr(obj, "__iter__"):
        return True
    raise TypeError(f"{type(obj).__name__} is not iterable")


class MyClass:
    def __init__(self, items):
        self.items = items

    def __iter__(self):
        return iter(self.items)
