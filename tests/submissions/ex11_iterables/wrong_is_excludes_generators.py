# fails: check_generator_is_iterable
# cause: -
import inspect


def is_iterable(obj):
    return hasattr(obj, "__iter__") and not inspect.isgenerator(obj)


class MyClass:
    def __init__(self, items):
        self.items = items

    def __iter__(self):
        return iter(self.items)
