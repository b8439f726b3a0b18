# fails: check_loop_gives_equal_items_again
# cause: -


def is_iterable(obj):
    return hasattr(obj, "__iter__")


class MyClass:
    def __init__(self, items):
        self.items = dict.fromkeys(items)

    def __iter__(self):
        return iter(self.items)
