# fails: check_nothing_is_taken_from_a_generator check_nothing_is_taken_from_a_file
# cause: closed_it


def is_iterable(obj):
    if hasattr(obj, "close"):
        obj.close()
    return hasattr(obj, "__iter__")


class MyClass:
    def __init__(self, items):
        self.items = items

    def __iter__(self):
        return iter(self.items)
