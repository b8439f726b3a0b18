# fails: check_loop_items_may_count_as_false
# cause: -


def is_iterable(obj):
    return hasattr(obj, "__iter__")


class MyClass:
    def __init__(self, items):
        self.items = items

    def __iter__(self):
        for item in self.items:
            if not item:
                return
            yield item
