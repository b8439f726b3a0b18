# fails: check_two_objects_have_items_of_their_own
# cause: -


def is_iterable(obj):
    return hasattr(obj, "__iter__")


class MyClass:
    known = {}

    def __init__(self, items):
        self.items = items

    def __iter__(self):
        return iter(MyClass.known.setdefault(len(self.items), self).items)
