# fails: check_for_each_contains_no_loop_form
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


class Runner:
    def __init__(self, action):
        self.action = action

    def run(self, iterable):
        for item in iterable:
            self.action(item)


def for_each(iterable, action):
    Runner(action).run(iterable)


def take(iterator, count):
    values = []
    while len(values) < count:
        try:
            values.append(next(iterator))
        except StopIteration:
            break
    return values
