"""A marker that no item can be says that the end is reached."""


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


END = object()


def for_each(iterable, action):
    iterator = iter(iterable)
    while (item := next(iterator, END)) is not END:
        action(item)


def take(iterator, count):
    values = []
    while len(values) < count and (value := next(iterator, END)) is not END:
        values.append(value)
    return values
