# fails: check_file_is_iterable check_generator_is_iterable check_object_with_iter_is_iterable check_plain_object_is_not_iterable
# cause: -


def is_iterable(obj):
    try:
        len(obj)
        return True
    except TypeError:
        return False


class MyClass:
    def __init__(self, items):
        self.items = items

    def __iter__(self):
        return iter(self.items)
