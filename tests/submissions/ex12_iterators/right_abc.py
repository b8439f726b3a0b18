"""A subclass of the abstract Iterator, over a copy of the items."""

from collections.abc import Iterator


class MyIterator(Iterator):
    def __init__(self, items):
        self.rest = list(items)

    def __next__(self):
        if not self.rest:
            raise StopIteration
        return self.rest.pop(0)


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
