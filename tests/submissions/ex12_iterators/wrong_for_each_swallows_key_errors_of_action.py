# fails: check_for_each_takes_one_item_at_a_time
# cause: extra_call
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
        try:
            action(item)
        except (KeyError, RuntimeError):
            pass


def take(iterator, count):
    values = []
    while len(values) < count:
        try:
            values.append(next(iterator))
        except StopIteration:
            break
    return values
