# fails: check_for_each_contains_no_loop_form check_stop_iteration_of_action_reaches_the_caller
# cause: loop_form


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
    calls = (action(item) for item in iterable)
    while True:
        try:
            next(calls)
        except StopIteration:
            return


def take(iterator, count):
    values = []
    while len(values) < count:
        try:
            values.append(next(iterator))
        except StopIteration:
            break
    return values
