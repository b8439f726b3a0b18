# fails: check_loop_goes_on_after_next check_next_goes_on_after_a_loop check_iter_gives_the_iterator_itself check_next_gives_many_items check_two_iterators_do_not_disturb
# cause: not_iterable


class MyIterator:
    def __init__(self, items):
        self.items = items
        self.position = 0

    def __next__(self):
        if self.position == len(self.items):
            raise StopIteration
        self.position += 1
        return self.items[self.position - 1]


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
