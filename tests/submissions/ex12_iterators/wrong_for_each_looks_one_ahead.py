# fails: check_for_each_takes_one_item_at_a_time
# cause: took_values


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
    end = object()
    iterator = iter(iterable)
    item = next(iterator, end)
    while item is not end:
        following = next(iterator, end)
        action(item)
        item = following


def take(iterator, count):
    values = []
    while len(values) < count:
        try:
            values.append(next(iterator))
        except StopIteration:
            break
    return values
