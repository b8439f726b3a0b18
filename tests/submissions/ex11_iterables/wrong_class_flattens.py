# fails: check_loop_gives_the_items_in_order
# cause: -


def is_iterable(obj):
    return hasattr(obj, "__iter__")


class MyClass:
    def __init__(self, items):
        self.items = items

    def __iter__(self):
        for item in self.items:
            if isinstance(item, (list, tuple)):
                yield from item
            else:
                yield item
