# fails: check_class_has_iter
# cause: -


def is_iterable(obj):
    return hasattr(obj, "__iter__")


class MyClass:
    def __init__(self, items):
        self.items = items

    def __getitem__(self, index):
        return self.items[index]
