# fails: check_nothing_is_taken_from_a_generator check_nothing_is_taken_from_an_iterator check_nothing_is_taken_from_a_file check_plain_object_is_not_iterable
# cause: took_values


def is_iterable(obj):
    try:
        object() in obj
    except TypeError as error:
        return "requires string" in str(error)
    return True


class MyClass:
    def __init__(self, items):
        self.items = items

    def __iter__(self):
        return iter(self.items)
