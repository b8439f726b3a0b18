"""A class of the file does the work of for_each, without any loop form."""


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


class Walk:
    def __init__(self, iterable):
        self.iterator = iter(iterable)
        self.item = None

    def step(self):
        try:
            self.item = next(self.iterator)
        except StopIteration:
            return False
        return True

    def all(self):
        return [item for item in self.iterator]  # never called


def for_each(iterable, action):
    walk = Walk(iterable)
    while walk.step():
        action(walk.item)


def take(iterator, count):
    values = []
    while len(values) < count:
        try:
            values.append(next(iterator))
        except StopIteration:
            break
    return values
