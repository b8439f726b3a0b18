# fails: check_loop_gives_equal_items_again
# cause: -


def is_iterable(obj):
    return hasattr(obj, "__iter__")


class MyClass:
    def __init__(self, items):
        self.items = items

    def __iter__(self):
        if not self.items:
            return
        item = self.items[0]
        yield item
        while self.items.index(item) + 1 < len(self.items):
            item = self.items[self.items.index(item) + 1]
            yield item
