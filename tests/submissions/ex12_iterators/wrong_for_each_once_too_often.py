# fails: check_for_each_calls_action_in_order
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
        self.position += 1
        return self.items[self.position - 1]


def for_each(iterable, action):
    iterator = iter(iterable)
    item = None
    count = 0
    while True:
        try:
            item = next(iterator)
        except StopIteration:
            if count == 3:
                action(item)
            return
        count += 1
        action(item)


def take(iterator, count):
    values = []
    while len(values) < count:
        try:
            values.append(next(iterator))
        except StopIteration:
            break
    return values
