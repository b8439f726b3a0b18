"""A generator within keeps the position."""


class MyIterator:
    def __init__(self, items):
        self.generator = self.walk(items)

    @staticmethod
    def walk(items):
        for item in items:
            yield item

    def __iter__(self):
        return self

    def __next__(self):
        return next(self.generator)


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
