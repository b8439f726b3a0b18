# fails: check_loop_gives_many_items
# cause: raised
def is_iterable(obj):
    return hasattr(obj, '__iter__')


class MyClass:

    def __init__(self, items):
        self.items = items

    def __iter__(self):
        index = 0
        while index is not len(self.items):
            yield self.items[index]
            index += 1
