# fails: check_for_each_goes_through_what_has_no_end check_for_each_takes_one_item_at_a_time
# cause: took_values no_call_before_the_end


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
    items = list(iterable)
    while items:
        action(items.pop(0))


def take(iterator, count):
    values = []
    while len(values) < count:
        try:
            values.append(next(iterator))
        except StopIteration:
            break
    return values
