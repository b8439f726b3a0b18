# fails: check_stop_iteration_comes_at_the_end check_stop_iteration_comes_again check_no_items_end_at_once check_loop_goes_on_after_next check_next_goes_on_after_a_loop check_next_gives_many_items check_two_iterators_do_not_disturb
# cause: other_exception raised
class MyIterator:

    def __init__(self, items):
        self.items = items
        self.position = 0

    def __iter__(self):
        return self

    def __next__(self):
        if self.position == len(self.items):
            raise ValueError('no more items')
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
        except StopIteration:
            break
    return values
