# fails: check_equal_items_are_given_again
# cause: -


class MyIterator:
    def __init__(self, items):
        self.items = items
        self.last = self

    def __iter__(self):
        return self

    def __next__(self):
        position = 0 if self.last is self else self.items.index(self.last) + 1
        if position >= len(self.items):
            raise StopIteration
        self.last = self.items[position]
        return self.last


def for_each(iterable, action):
    iterator = iter(iterable)
    while True:
        try:
            item = next(iterator)
        except StopIteration:
            return
        action(item)


def take(iterator, count):
    values = []
    while len(values) < count:
        try:
            values.append(next(iterator))
        except StopIteration:
            break
    return values
