# fails: check_two_iterators_do_not_disturb
# cause: -
positions = {}


class MyIterator:
    def __init__(self, items):
        self.items = items
        positions.setdefault(id(items), 0)

    def __iter__(self):
        return self

    def __next__(self):
        position = positions[id(self.items)]
        if position == len(self.items):
            raise StopIteration
        positions[id(self.items)] = position + 1
        return self.items[position]


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
