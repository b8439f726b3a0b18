"""Lets the index find the end."""


class MyIterator:
    def __init__(self, items):
        self.items = items
        self.position = -1

    def __iter__(self):
        return self

    def __next__(self):
        try:
            self.position += 1
            return self.items[self.position]
        except IndexError:
            raise StopIteration from None


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
