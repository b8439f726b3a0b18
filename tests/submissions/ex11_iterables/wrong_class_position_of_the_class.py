# fails: check_loop_within_a_loop check_two_loops_take_turns check_two_objects_have_items_of_their_own
# cause: loops_share


def is_iterable(obj):
    return hasattr(obj, "__iter__")


class MyClass:
    index = 0

    def __init__(self, items):
        self.items = items

    def __iter__(self):
        MyClass.index = 0
        while MyClass.index < len(self.items):
            MyClass.index += 1
            yield self.items[MyClass.index - 1]
