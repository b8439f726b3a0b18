# fails: check_dict_and_set_are_iterable check_file_is_iterable check_generator_is_iterable check_object_with_iter_is_iterable
# cause: -


def is_iterable(obj):
    try:
        obj[0:0]
    except (TypeError, KeyError):
        return False
    return True


class MyClass:
    def __init__(self, items):
        self.items = items

    def __iter__(self):
        return iter(self.items)
