# fails: check_for_each_goes_through_what_has_only_getitem check_for_each_of_what_is_no_iterable_is_an_error
# cause: raised


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
    iterator = iterable.__iter__()
    while True:
        try:
            item = iterator.__next__()
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
