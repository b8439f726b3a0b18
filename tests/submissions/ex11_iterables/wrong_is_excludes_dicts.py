# fails: check_dict_and_set_are_iterable
# cause: -


def is_iterable(obj):
    if isinstance(obj, (dict, set)):
        return False
    return hasattr(obj, "__iter__")


class MyClass:
    def __init__(self, items):
        self.items = items

    def __iter__(self):
        return iter(self.items)
