"""The forms that are not allowed stand in comments and docstrings only."""


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
    """Like `for item in iterable: action(item)`."""
    iterator = iter(iterable)  # no for, no map(...), no [x for x in y]
    going = True
    while going:
        try:
            item = next(iterator)
        except StopIteration:
            going = False
        else:
            action(item)


def take(iterator, count):
    values = []
    while len(values) < count:
        try:
            values.append(next(iterator))
        except StopIteration:
            break
    return values
