# fails: check_loop_over_no_items_is_over_at_once
# cause: raised


def is_iterable(obj):
    return hasattr(obj, "__iter__")


class MyClass:
    def __init__(self, items):
        self.items = items

    def __iter__(self):
        index = 0
        while True:
            yield self.items[index]
            index += 1
            if index == len(self.items):
                break
