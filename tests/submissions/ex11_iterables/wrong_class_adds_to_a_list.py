# fails: check_loop_works_for_a_tuple
# cause: raised


def is_iterable(obj):
    return hasattr(obj, "__iter__")


class MyClass:
    def __init__(self, items):
        self.items = [] + items

    def __iter__(self):
        return iter(self.items)
