"""Names that hold the forbidden forms, and a local one called map."""


class MyIterator:
    def __init__(self, items):
        self.items = items
        self.position = 0

    def __iter__(self):
        return self

    def __next__(self):
        if self.position == len(self.items):
            raise StopIteration
        self.position += 1
        return self.items[self.position - 1]


def for_each(iterable, action):
    map = iter(iterable)
    before, format_of_it = object(), "for item in iterable"
    while (mapped := next(map, before)) is not before:
        action(mapped)


def take(iterator, count):
    values = []
    while len(values) < count:
        try:
            values.append(next(iterator))
        except StopIteration:
            break
    return values
