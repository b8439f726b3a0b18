# fails: check_take_gives_the_next_values check_take_gives_fewer_at_the_end check_take_takes_no_more_than_asked check_take_goes_on_where_it_stopped check_take_of_zero_takes_nothing check_take_values_may_count_as_false check_error_of_iterator_is_no_end_for_take
# cause: return_in_loop


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
    while True:
        try:
            item = next(iterator)
        except StopIteration:
            return
        action(item)


def take(iterator, count):
    values = []
    for _ in range(count):
        values.append(next(iterator, None))
        return values
    return values
