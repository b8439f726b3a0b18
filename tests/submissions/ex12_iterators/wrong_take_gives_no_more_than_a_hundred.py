# fails: check_take_gives_the_next_values
# cause: stopped_midway
class MyIterator:
    def __init__(self, items):
        self.items = items
        self.position = 0

    def __iter__(self):
        return self

    def __next__(self):
        if self.position == len(self.items):
            raise StopIteration
        item = self.items[self.position]
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
    while len(values) < min(count, 100):
        try:
            values.append(next(iterator))
        except StopIteration:
            break
    return values
