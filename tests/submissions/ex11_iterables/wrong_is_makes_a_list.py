# fails: check_nothing_is_taken_from_a_generator check_nothing_is_taken_from_an_iterator check_nothing_is_taken_from_a_file
# cause: took_values


def is_iterable(obj):
    try:
        list(obj)
        return True
    except TypeError:
        return False


class MyClass:
    def __init__(self, items):
        self.items = items

    def __iter__(self):
        return iter(self.items)
