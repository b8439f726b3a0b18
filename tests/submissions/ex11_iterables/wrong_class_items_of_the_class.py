# fails: check_two_objects_have_items_of_their_own
# cause: -


def is_iterable(obj):
    return hasattr(obj, "__iter__")


class MyClass:
    items = []

    def __init__(self, items):
        MyClass.items = items

    def __iter__(self):
        return iter(MyClass.items)
