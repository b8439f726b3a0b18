# fails: check_next_gives_the_items_in_order check_next_works_for_a_tuple check_items_may_count_as_false check_equal_items_are_given_again check_stop_iteration_comes_at_the_end check_stop_iteration_comes_again check_loop_goes_on_after_next check_next_goes_on_after_a_loop check_two_iterators_do_not_disturb check_next_gives_many_items
# cause: never_moves


class MyIterator:
    def __init__(self, items):
        self.items = items
        self.position = 0

    def __iter__(self):
        return self

    def __next__(self):
        if self.position == len(self.items):
            raise StopIteration
        return self.items[self.position]
        self.position += 1


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
