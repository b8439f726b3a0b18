# fails: check_loop_over_no_items_is_over_at_once
# cause: -


def is_iterable(obj):
    return hasattr(obj, "__iter__")


class MyClass:
    def __init__(self, items):
        self.items = items or [1, 2, 3]

    def __iter__(self):
        return iter(self.items)
