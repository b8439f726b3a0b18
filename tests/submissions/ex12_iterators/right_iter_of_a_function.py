"""iter() with a function and an end."""


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
    end = object()
    iterator = iter(iterable)
    following = iter(lambda: next(iterator, end), end)
    while (item := next(following, end)) is not end:
        action(item)


def take(iterator, count):
    end = object()
    values = [next(iterator, end) for _ in range(count)]
    return [value for value in values if value is not end]
