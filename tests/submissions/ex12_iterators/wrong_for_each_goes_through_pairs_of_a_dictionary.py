# fails: check_for_each_goes_through_a_generator
# cause: -


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
    if isinstance(iterable, dict):
        iterable = iterable.items()
    iterator = iter(iterable)
    end = object()
    while (item := next(iterator, end)) is not end:
        action(item)


def take(iterator, count):
    values = []
    while len(values) < count:
        try:
            values.append(next(iterator))
        except StopIteration:
            break
    return values
