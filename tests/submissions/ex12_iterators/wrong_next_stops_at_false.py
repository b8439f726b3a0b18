# fails: check_items_may_count_as_false
# cause: stopped_too_early


class MyIterator:
    def __init__(self, items):
        self.items = list(items) + [None]
        self.position = 0

    def __iter__(self):
        return self

    def __next__(self):
        item = self.items[self.position]
        if not item:
            raise StopIteration
        self.position += 1
        return item


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
