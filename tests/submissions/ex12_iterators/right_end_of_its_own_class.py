"""The end has a class of its own."""


class End(Exception):
    pass


class MyIterator:
    def __init__(self, items):
        self.items, self.at = items, 0

    def one(self):
        if self.at >= len(self.items):
            raise End
        self.at += 1
        return self.items[self.at - 1]

    def __iter__(self):
        return self

    def __next__(self):
        try:
            return self.one()
        except End:
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
