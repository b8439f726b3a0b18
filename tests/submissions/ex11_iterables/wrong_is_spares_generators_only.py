# fails: check_nothing_is_taken_from_an_iterator check_nothing_is_taken_from_a_file
# cause: took_values
import inspect


def is_iterable(obj):
    if inspect.isgenerator(obj):
        return True
    try:
        for item in obj:
            break
    except TypeError:
        return False
    return True


class MyClass:
    def __init__(self, items):
        self.items = items

    def __iter__(self):
        return iter(self.items)
