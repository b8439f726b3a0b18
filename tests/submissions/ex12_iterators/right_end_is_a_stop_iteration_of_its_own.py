"""What ends the loop is a class of its own, made from StopIteration; what `for_each` gets is a TypeError of its own."""


class NoMoreItems(StopIteration):
    """All items have been given."""


class NotIterable(TypeError):
    """Nothing that a loop could go through."""


class MyIterator:
    def __init__(self, items):
        self.items, self.at = items, 0

    def __iter__(self):
        return self

    def __next__(self):
        if self.at >= len(self.items):
            raise NoMoreItems("no more items")
        self.at += 1
        return self.items[self.at - 1]


def for_each(iterable, action):
    try:
        iterator = iter(iterable)
    except TypeError as error:
        raise NotIterable(str(error)) from error
    while True:
        try:
            item = next(iterator)
        except StopIteration:
            return
        action(item)


def take(iterator, count):
    taken = []
    while len(taken) < count:
        try:
            taken.append(next(iterator))
        except StopIteration:
            break
    return taken
