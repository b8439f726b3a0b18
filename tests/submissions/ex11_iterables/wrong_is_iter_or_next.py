# fails: check_next_alone_makes_nothing_iterable
# cause: -


def is_iterable(obj):
    return hasattr(obj, "__iter__") or hasattr(obj, "__next__")


class MyClass:
    def __init__(self, items):
        self.items = items

    def __iter__(self):
        return iter(self.items)
