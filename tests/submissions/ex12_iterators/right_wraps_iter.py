"""Hands everything on to the iterator of the items."""


class MyIterator:
    def __init__(self, items):
        self.inner = iter(items)

    def __iter__(self):
        return self

    def __next__(self):
        return next(self.inner)


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
