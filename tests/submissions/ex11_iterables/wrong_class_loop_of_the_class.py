# fails: check_two_objects_have_items_of_their_own
# cause: -


def is_iterable(obj):
    return hasattr(obj, "__iter__")


class MyClass:
    items = []

    def __init__(self, items):
        self.own = items

    def __iter__(self):
        MyClass.items = self.own
        position = 0
        while position < len(MyClass.items):
            yield MyClass.items[position]
            position += 1
