# fails: check_nothing_is_taken_from_a_file
# cause: took_values


def is_iterable(obj):
    if hasattr(obj, "readline"):
        return len(obj.readline()) > 0
    return hasattr(obj, "__iter__")


class MyClass:
    def __init__(self, items):
        self.items = items

    def __iter__(self):
        return iter(self.items)
