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
        item = self.items[self.position]
        self.position += 1
        return item


def for_each(iterable, action):
    exec("for item in iterable: action(item)")


def take(iterator, count):
    values = []
    while len(values) < count:
        try:
            values.append(next(iterator))
        except StopIteration:
            break
    return values
