# fails: check_two_iterators_do_not_disturb
# cause: -


class MyIterator:
    items = []

    def __init__(self, items):
        MyIterator.items = items
        self.position = 0

    def __iter__(self):
        return self

    def __next__(self):
        if self.position >= len(MyIterator.items):
            raise StopIteration
        self.position += 1
        return MyIterator.items[self.position - 1]


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
