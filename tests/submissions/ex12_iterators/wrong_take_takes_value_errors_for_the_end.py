# fails: check_error_of_iterator_is_no_end_for_take
# cause: did_not_raise
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
    while len(values) < count:
        try:
            values.append(next(iterator))
        except (StopIteration, ValueError, TypeError):
            break
    return values
