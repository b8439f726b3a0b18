# fails: check_two_iterators_do_not_disturb
# cause: -


class MyIterator:
    position = 0

    def __init__(self, items):
        self.items = items

    def __iter__(self):
        return self

    def __next__(self):
        if MyIterator.position >= len(self.items):
            raise StopIteration
        MyIterator.position += 1
        return self.items[MyIterator.position - 1]


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
